"""Gradients of weights: one large product over all rows of a batch."""

import numpy as np

from seqloom.kernels.compile import compiled, inlined
from seqloom.kernels.kernel import WIDE
from seqloom.kernels.layer import Floats, Rows
from seqloom.kernels.memory import get, lanes_of, load, store
from seqloom.kernels.product import FULL, height, panel_product

DEPTH = 256
"""Rows multiplied at a time: what they read stays in the second cache."""

_product = panel_product(WIDE, transposed=True)


@compiled
def weight_gradients(
    total: Floats,
    bias: Floats,
    sums: Floats,
    rows: Rows,
    of_hidden: tuple[int, int],
    of_input: tuple[int, int],
    first: int,
    last: int,
) -> None:
    """Gradients of the weights of some sums, from the gradients of the sums.

    Args:
        total: where to, [F + H, columns of `sums`]: of input weights, below them of recurrent ones.
        bias: of what is added to the sums, [1, columns].
        sums: gradients of the sums, [N, columns].
        rows: of the layer.
        of_hidden: first column fed by recurrent weights, and how many; elsewhere `total` is left as it is.
        of_input: the same for input weights.
        first: first column, a multiple of `WIDE` vectors.
        last: the first column that is not asked for.
    """
    inputs, hidden = rows.x.shape[1], rows.hidden.shape[1] if of_hidden[1] else 0
    span = WIDE * lanes_of(sums)
    out = np.empty((FULL, span), sums.dtype)
    left = np.empty((DEPTH, inputs + hidden + lanes_of(sums)), sums.dtype)
    panel = np.empty((1, DEPTH * span), sums.dtype)
    _clear(total, first, last)
    _clear(bias, first, last)
    t = np.int64(0)  # not 0, a type of its own, for which all would be compiled again
    for begin in range(0, len(sums), DEPTH):
        depth = min(DEPTH, len(sums) - begin)
        t = _gather(left, rows, hidden, begin, depth, t)
        for column in range(first, last, span):
            _panel(panel, bias, sums, begin, depth, column)
            feature = 0 if _meet(of_input, column, span) else inputs
            stop = inputs + hidden if _meet(of_hidden, column, span) else inputs
            while feature < stop:
                many = height(stop - feature)
                _product(many, out, panel, 0, span, left, 0, feature, depth)
                _add(total, feature, column, out, many)
                feature += many


@inlined
def _clear(array: Floats, first: int, last: int) -> None:
    """Zeros in some columns."""
    for row in range(len(array)):
        for column in range(first, last):
            array[row, column] = 0


@inlined
def _meet(part: tuple[int, int], column: int, span: int) -> bool:
    """Whether some columns are of a part."""
    return column < part[0] + part[1] and part[0] < column + span


@inlined
def _gather(left: Floats, rows: Rows, hidden: int, begin: int, depth: int, t: int) -> int:
    """What the weights read at some rows: the input and the hidden vector before, [depth, F + H].

    Args:
        left: where to, with room for a vector behind each row.
        rows: of the layer.
        hidden: units of the hidden vector; zero where no weights read it.
        begin: the first one.
        depth: how many.
        t: a step no later than the first one's.

    Returns:
        The step of the last one.
    """
    inputs, lanes = rows.x.shape[1], lanes_of(left)
    for k in range(depth):
        row = begin + k
        while row >= rows.offsets[t + 1]:
            t += 1
        for feature in range(0, inputs, lanes):
            store(left, k, feature, get(rows.x, row, feature))
        for unit in range(0, hidden, lanes):
            read = get(rows.hidden, rows.before[row], unit)
            if len(rows.kept):
                read = read * get(rows.kept, row - rows.offsets[t], unit)
            store(left, k, inputs + unit, read)
    return t


@inlined
def _panel(panel: Floats, bias: Floats, sums: Floats, begin: int, depth: int, column: int) -> None:
    """Some columns of some rows one after the other, and their sum added to the gradient of the bias."""
    lanes = lanes_of(sums)
    for vector in range(WIDE):
        at = column + vector * lanes
        if at >= sums.shape[1]:
            break
        whole = load(bias, 0, at)
        for k in range(depth):
            value = load(sums, begin + k, at)
            whole = whole + value
            store(panel, 0, (k * WIDE + vector) * lanes, value)
        store(bias, 0, at, whole)


@inlined
def _add(total: Floats, feature: int, column: int, out: Floats, many: int) -> None:
    """Add a product to its place."""
    lanes = lanes_of(out)
    for r in range(many):
        for vector in range(WIDE):
            at = column + vector * lanes
            if at < total.shape[1]:
                store(total, feature + r, at, load(total, feature + r, at) + load(out, r, vector * lanes))
