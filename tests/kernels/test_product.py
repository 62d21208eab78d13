"""Products in registers, against matrix products of NumPy."""

import numba
import numpy as np
import pytest

from seqloom.kernels.kernel import lanes_for
from seqloom.kernels.layer import Form
from seqloom.kernels.product import HEIGHTS, gate_product, height, panel_product

DEPTHS = (0, 1, 3, 4, 5, 17, 64)
FORMS = {
    "one gate, two vectors of units": Form((0,), (0,), 2),
    "four gates": Form((0, 1, 2, 3), (0, 1, 2, 3), 1),
    "three gates with four sums": Form((1, 2, 0), (1, 2, 3), 1),
    "gates that read inputs only": Form((0, 1), (), 2),
}
COLUMN = 3
"""Where sums begin."""
WIDTHS = [(1, False), (2, False), (3, False), (4, False), (1, True), (4, True)]


def tolerance(dtype, depth):
    """Sums of `depth` products of normal numbers: as many roundings, each of a sum of a few units."""
    return {"rtol": 0, "atol": 2 * np.finfo(dtype).eps * (depth + 1)}


def compile_panel_products(vectors, transposed):
    """A compiled function for products of a width."""
    product = panel_product(vectors, transposed=transposed)

    @numba.njit
    def multiply(rows, out, panel, at, step, left, row, column, depth):  # noqa: PLR0913, PLR0917 - compiled, as what it calls
        product(rows, out, panel, at, step, left, row, column, depth)

    return multiply


@pytest.fixture(scope="module", params=WIDTHS, ids=lambda case: f"{case[0]} wide{', transposed' * case[1]}")
def panel_products(request):
    """Compiled products of a width, how wide they are, and whether their left matrix is transposed."""
    return compile_panel_products(*request.param), *request.param


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("rows", HEIGHTS)
def test_a_panel_product_is_a_matrix_product(panel_products, numbers, dtype, rows):
    """A part of the left matrix times a part of a panel gives NumPy's product, and each row the bits it has alone."""
    multiply, vectors, transposed = panel_products
    width = vectors * lanes_for(np.dtype(dtype))
    step, at = width + 3, 5
    for depth in DEPTHS:
        left = numbers.standard_normal((depth + 2, rows + 3) if transposed else (rows + 3, depth + 2)).astype(dtype)
        panel = numbers.standard_normal((1, at + step * (depth + 1))).astype(dtype)
        out = np.full((rows + 1, width), np.nan, dtype)
        multiply(rows, out, panel, at, step, left, *((1, 2) if transposed else (2, 1)), depth)
        part = left.T[2 : 2 + rows, 1 : 1 + depth] if transposed else left[2 : 2 + rows, 1 : 1 + depth]
        matrix = panel[0, at : at + step * depth].reshape(depth, step)[:, :width]
        np.testing.assert_allclose(out[:rows], part.astype(float) @ matrix.astype(float), **tolerance(dtype, depth))
        alone = np.empty((1, width), dtype)
        for row in range(rows):
            multiply(1, alone, panel, at, step, left, *((1, 2 + row) if transposed else (2 + row, 1)), depth)
            np.testing.assert_array_equal(alone[0], out[row])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_panel_product_writes_only_its_own_rows(panel_products, dtype):
    """Rows of the result below the product's height keep what they held."""
    multiply, vectors, _ = panel_products
    width = vectors * lanes_for(np.dtype(dtype))
    for rows in HEIGHTS:
        out = np.full((rows + 1, width), -7, dtype)
        multiply(rows, out, np.ones((1, 8 * width), dtype), 0, width, np.ones((8, 8), dtype), 0, 0, 8)
        np.testing.assert_array_equal(out[rows], -7)


def compile_gate_products(form):
    """A compiled function for the products of a cell."""
    product = gate_product(form)

    @numba.njit
    def multiply(rows, out, panels, block, x, x_row, h, h_row):
        product(rows, out, COLUMN, panels, block, x, x_row, h, h_row)

    return multiply


@pytest.fixture(scope="module", params=FORMS)
def gates(request):
    """The compiled products of a form, and the form."""
    return compile_gate_products(FORMS[request.param]), FORMS[request.param]


def split_block(panel, sizes):
    """Biases, input weights and recurrent weights of a block, in the order in which they lie there."""
    form, inputs, hidden, span = sizes
    gates, recurrent = len(form.from_input), len(form.from_hidden)
    first, second = span * form.sums, span * (form.sums + gates * inputs)
    return (
        panel[:first].reshape(form.sums, span),
        panel[first:second].reshape(inputs, gates, span),
        panel[second:].reshape(hidden, recurrent, span),
    )


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("rows", HEIGHTS)
@pytest.mark.parametrize(("inputs", "hidden"), [(1, 3), (17, 5), (4, 64)])
def test_a_gate_product_adds_each_gate_to_its_sums(gates, numbers, dtype, rows, inputs, hidden):
    """Sums are their bias and what the gates that feed them have from the inputs and from the hidden vectors."""
    multiply, form = gates
    span = form.units * lanes_for(np.dtype(dtype))
    count = span * (form.sums + len(form.from_input) * inputs + len(form.from_hidden) * hidden)
    panels = numbers.standard_normal((2, count)).astype(dtype)
    x, h = (numbers.standard_normal((rows + 3, depth)).astype(dtype) for depth in (inputs, hidden))
    out = np.full((rows, COLUMN + form.sums * span), np.nan, dtype)
    multiply(rows, out, panels, 1, x, 2, h, 1)
    bias, weights, recurrent = split_block(panels[1].astype(float), (form, inputs, hidden, span))
    expected = np.repeat(bias[None], rows, axis=0)  # [rows, sums, span]
    for gate, part in enumerate(form.from_input):
        expected[:, part] += x[2 : 2 + rows] @ weights[:, gate]
    for gate, part in enumerate(form.from_hidden):
        expected[:, part] += h[1 : 1 + rows] @ recurrent[:, gate]
    assert np.isnan(out[:, :COLUMN]).all()
    np.testing.assert_allclose(out[:, COLUMN:], expected.reshape(rows, -1), **tolerance(dtype, inputs + hidden))


def test_heights_add_up_to_any_number_of_rows():
    """Taking the next height until none are left uses each row once, in products as high as they can be."""
    for rows in range(1, 50):
        left, taken = rows, []
        while left:
            taken.append(height(left))
            left -= taken[-1]
        assert sum(taken) == rows
        assert taken == sorted(taken, reverse=True)
