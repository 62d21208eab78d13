"""Arithmetic on vectors: each lane gets what NumPy gives one number."""

import os
import platform
import subprocess
import sys

import numba
import numpy as np
import pytest
from numba.core.errors import TypingError

from seqloom.kernels import GRU, Weights, run, run_back
from seqloom.kernels.memory import lanes_of, load, store
from seqloom.kernels.vector import (
    REGISTERS,
    VECTOR_BYTES,
    Vector,
    first,
    fma,
    maximum,
    minimum,
    nearest,
    positive,
    power_of_two,
    root,
    swap,
    total,
)

PRECISIONS = (np.float32, np.float64)
SPECIAL = (0.0, 1.0, -1.0, 0.5, -2.5, 3.5, 1e-30, -1e30, np.inf, -np.inf, np.nan)
PAIRS = [(x, y) for x in SPECIAL for y in SPECIAL]
NUMBER, WHOLE = 1.5, 3
"""Exact in either precision: what stands beside a vector."""


@numba.njit
def compute(out, x, y, number, whole):
    """Each row of `out` is one operation on the vectors of `x` and `y`."""
    for at in range(0, x.shape[1], lanes_of(x)):
        a, b = load(x, 0, at), load(y, 0, at)
        store(out, 0, at, a + b)
        store(out, 1, at, a - b)
        store(out, 2, at, a * b)
        store(out, 3, at, a / b)
        store(out, 4, at, number - a)
        store(out, 5, at, a / number)
        store(out, 6, at, whole * a)
        store(out, 7, at, a + whole)
        store(out, 8, at, minimum(a, b))
        store(out, 9, at, maximum(a, b))
        store(out, 10, at, maximum(a, 0.0))
        store(out, 11, at, nearest(a))
        store(out, 12, at, positive(a))
        store(out, 13, at, root(a))
        store(out, 14, at, swap(a))


LAWS = {
    "sum": (0, lambda x, y: x + y),
    "difference": (1, lambda x, y: x - y),
    "product": (2, lambda x, y: x * y),
    "quotient": (3, lambda x, y: x / y),
    "a number less a vector": (4, lambda x, _: x.dtype.type(NUMBER) - x),
    "a vector by a number": (5, lambda x, _: x / x.dtype.type(NUMBER)),
    "a whole number times a vector": (6, lambda x, _: x.dtype.type(WHOLE) * x),
    "a vector and a whole number": (7, lambda x, _: x + x.dtype.type(WHOLE)),
    "minimum, NaN where the first is": (8, lambda x, y: np.where(y < x, y, x)),
    "maximum, NaN where the first is": (9, lambda x, y: np.where(y > x, y, x)),
    "maximum of a vector and a number": (10, lambda x, _: np.where(x < 0, x.dtype.type(0), x)),
    "nearest whole number, even of two": (11, lambda x, _: np.rint(x)),
    "one above zero, else zero": (12, lambda x, _: (x > 0).astype(x.dtype)),
    "square root": (13, lambda x, _: np.sqrt(x)),
    "neighbours changed for each other": (14, lambda x, _: np.append(x, 0).reshape(-1, 2)[:, ::-1].ravel()[: len(x)]),
}


def padded(values, dtype):
    """One row of numbers, and zeros after it up to the end of its last vector."""
    row = np.zeros((1, -(-len(values) // 16) * 16), dtype)
    row[0, : len(values)] = values
    return row


@pytest.fixture(scope="module", params=PRECISIONS, ids=lambda dtype: dtype.__name__)
def computed(request):
    """All pairs of special numbers, and the results of all operations on them."""
    x, y = (np.array(PAIRS, request.param).T[side] for side in (0, 1))
    left, right = padded(x, request.param), padded(y, request.param)
    out = np.zeros((len(LAWS), left.shape[1]), request.param)
    compute(out, left, right, NUMBER, WHOLE)
    return x, y, out[:, : len(PAIRS)]


@pytest.mark.parametrize("name", LAWS)
def test_each_lane_gets_what_numpy_gives(computed, name):
    """Operations on finite numbers, infinities and NaN give the very bits of NumPy's."""
    (x, y, out), (row, law) = computed, LAWS[name]
    with np.errstate(all="ignore"):
        expected = law(x, y)
    np.testing.assert_array_equal(out[row], expected)


@numba.njit
def less_one(out, x, y):
    """`x y - 1`."""
    store(out, 0, 0, fma(load(x, 0, 0), load(y, 0, 0), -1.0))


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_a_product_and_a_sum_are_rounded_once(dtype):
    """(1 + ε) (1 - ε) - 1 is -ε²; a product rounded before the sum would give zero."""
    small = np.finfo(dtype).eps
    x, y = np.full((2, 1, 16), 1, dtype)
    out = np.zeros_like(x)
    less_one(out, x + small, y - small)
    assert out[0, 0] == -(small * small)


@numba.njit
def raise_two(out, x):
    """2 to the power of `x`."""
    for at in range(0, x.shape[1], lanes_of(x)):
        store(out, 0, at, power_of_two(load(x, 0, at)))


@pytest.mark.parametrize(("dtype", "least", "most"), [(np.float32, -126, 127), (np.float64, -1022, 1023)])
def test_powers_of_two_are_exact_over_all_normal_exponents(dtype, least, most):
    """Every whole number from the least to the largest exponent gives its power of two."""
    exponents = padded(np.arange(least, most + 1), dtype)
    out = np.zeros_like(exponents)
    raise_two(out, exponents)
    count = most - least + 1
    np.testing.assert_array_equal(out[0, :count], np.ldexp(dtype(1), np.arange(least, most + 1)))


@pytest.mark.parametrize("element", [numba.float32, numba.float64])
def test_a_vector_fills_a_register(element):
    """As many lanes as a register of this machine has room for."""
    assert Vector(element).lanes * Vector(element).bytes == VECTOR_BYTES


def test_registers_are_those_of_the_vectors_width():
    """AVX2 has sixteen registers, AVX-512 and NEON have thirty-two."""
    assert (VECTOR_BYTES, REGISTERS) in {(64, 32), (32, 16), (16, 32)}


@pytest.mark.parametrize(
    "code",
    [
        lambda single, double: load(single, 0, 0) + load(double, 0, 0),
        lambda single, double: minimum(load(single, 0, 0), load(double, 0, 0)),
        lambda *_: fma(1.0, 2.0, 3.0),
        lambda *_: positive(1.0),
        lambda *_: power_of_two(1.0),
    ],
    ids=["sum of precisions", "minimum of precisions", "fma of numbers", "positive of a number", "power of a number"],
)
def test_what_makes_no_vector_is_not_compiled(code):
    """Vectors of two precisions, or no vector at all, are refused when the code is compiled."""
    single, double = (np.zeros((1, 16), dtype) for dtype in PRECISIONS)
    with pytest.raises(TypingError):
        numba.njit(code)(single, double)


NARROW = {
    "AVX2": (32, "haswell", "+avx2,+fma,+avx,+sse4.2,+sse4.1,+ssse3,+sse3,+sse2,+bmi,+bmi2,+popcnt"),
    "SSE": (16, "nehalem", "+sse4.2,+sse4.1,+ssse3,+sse3,+sse2,+popcnt"),
}
"""Bytes of a vector, and how numba is told of such a machine."""

CHILD = """
import runpy, sys
import numpy as np
np.savez(sys.argv[2], *runpy.run_path(sys.argv[1])["train"]())
"""


def train():
    """The bytes of a vector, then outputs and gradients of a small GRU on ragged sequences, by two threads."""
    numbers = np.random.default_rng(11)
    sizes, hidden, inputs = np.array([7, 4, 4, 1]), 21, 5
    shapes = ((3 * hidden, inputs), (3 * hidden, hidden), (3 * hidden,), (3 * hidden,), (0, hidden))
    given = ((16, inputs), (7, hidden))
    *weights, x, state = (numbers.uniform(-0.3, 0.3, shape).astype(np.float32) for shape in shapes + given)
    passed = run(GRU, Weights(*weights), x, (state,), sizes, threads=2)
    outputs = passed.outputs.copy()
    changes = run_back(passed, np.ones_like(outputs), (np.zeros_like(state),), threads=2)
    return np.array(VECTOR_BYTES), outputs, *changes.weights, changes.x, *changes.state


@numba.njit
def summed(out, x):
    """The sum of a vector in every lane, and its first number."""
    store(out, 0, 0, total(load(x, 0, 0)))
    return first(load(x, 0, 0))


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_a_vector_is_summed_up_and_its_first_number_taken_out(dtype):
    """Every lane gets the sum of all; powers of two add up without rounding."""
    x = (2.0 ** np.arange(VECTOR_BYTES // np.dtype(dtype).itemsize)).astype(dtype)[None]
    out = np.zeros_like(x)
    assert summed(out, x) == 1.0
    np.testing.assert_array_equal(out, x.sum())


@pytest.mark.slow
@pytest.mark.skipif(platform.machine() not in {"x86_64", "AMD64"}, reason="these are registers of x86")
@pytest.mark.parametrize("name", NARROW)
def test_narrower_registers_give_the_same_numbers(tmp_path, name):
    """Compiled for a machine with shorter vectors, fewer registers or no fused product, a layer trains alike."""
    width, processor, features = NARROW[name]
    environment = os.environ | {"NUMBA_CPU_NAME": processor, "NUMBA_CPU_FEATURES": features}
    path = tmp_path / "trained.npz"
    subprocess.run([sys.executable, "-c", CHILD, __file__, str(path)], env=environment, check=True, timeout=300)
    with np.load(path) as held:
        bytes_of, *came = held.values()
    _, *expected = train()
    assert bytes_of == width
    for part, other in zip(came, expected, strict=True):
        np.testing.assert_allclose(part, other, rtol=0, atol=1e-5)  # float32: sums of some ten terms in another order
