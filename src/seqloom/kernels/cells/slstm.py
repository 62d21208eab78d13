"""Compiled sLSTM: its equations, one vector of hidden units at a time.

i, f, z~, o~ = W x + b + U h + c      z  = tanh(z~)      o = sigmoid(o~)
m' = max(ln sigmoid(f) + m, i)        i' = exp(i - m')      f' = exp(ln sigmoid(f) + m - m')
s' = f' s + i' z                      n' = f' n + i'        h' = o s' / n'
"""

from typing import Any, NamedTuple

from seqloom.kernels.activation import exp, log_sigmoid, sigmoid, tanh
from seqloom.kernels.blocks import by_blocks
from seqloom.kernels.cell import advance, of, retreat
from seqloom.kernels.kernel import Kernel
from seqloom.kernels.layer import Floats, Form, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import lanes_of, load, load_four, splat, store, store_four
from seqloom.kernels.room import kept
from seqloom.kernels.vector import fma, maximum, positive

FORM = Form(from_input=(0, 1, 2, 3), from_hidden=(0, 1, 2, 3), units=1)


class SLSTMTape(NamedTuple):
    """What an sLSTM keeps.

    Args:
        sums: i', ln sigmoid(f), z, o of each row, and later the gradients of their sums, [N, 4 width]; no rows:
            nothing.
        cells: s, n and m, [B + N, 3 width]: the initial ones, then those after each row's step.
        memory: the same of the sequences under way, [B, 3 width].
    """

    sums: Floats
    cells: Floats
    memory: Floats


@of(advance, SLSTMTape)
def _advance(tape: SLSTMTape, rows: Rows, tile: Tile, group: Group, r: int, column: int, unit: int) -> Any:
    lanes, width, row, place = lanes_of(tile.sums), tape.memory.shape[1] // 3, group.row + r, rows.places[group.b + r]
    i = load(tile.sums, r, column)
    forget = log_sigmoid(load(tile.sums, r, column + lanes))
    z = tanh(load(tile.sums, r, column + 2 * lanes))
    o = sigmoid(load(tile.sums, r, column + 3 * lanes))
    decay = forget + load(tape.memory, place, 2 * width + unit)
    m = maximum(decay, i)
    write, keep = exp(i - m), exp(decay - m)
    s = fma(keep, load(tape.memory, place, unit), write * z)
    n = fma(keep, load(tape.memory, place, width + unit), write)
    store(tape.memory, place, unit, s)
    store(tape.memory, place, width + unit, n)
    store(tape.memory, place, 2 * width + unit, m)
    if len(tape.sums):
        after = len(tape.memory) + row
        store(tape.cells, after, unit, s)
        store(tape.cells, after, width + unit, n)
        store(tape.cells, after, 2 * width + unit, m)
        store_four(tape.sums, row, unit, width, write, forget, z, o)
    return o * s / n


@of(retreat, SLSTMTape)
def _retreat(tape: SLSTMTape, rows: Rows, gradients: Gradients, change: Any, b: int, row: int, unit: int) -> Any:
    width, before, after = tape.memory.shape[1] // 3, rows.before[row], len(tape.memory) + row
    write, forget, z, o = load_four(tape.sums, row, unit, width)
    s, n = load(tape.cells, after, unit), load(tape.cells, after, width + unit)
    m = load(tape.cells, after, 2 * width + unit)
    s_before, n_before = load(tape.cells, before, unit), load(tape.cells, before, width + unit)
    decay = forget + load(tape.cells, before, 2 * width + unit)
    keep, shown = exp(decay - m), s / n
    ds = load(gradients.memory, b, unit) + change * o / n
    dn = load(gradients.memory, b, width + unit) - change * o * shown / n
    dm = load(gradients.memory, b, 2 * width + unit) - fma(ds, s, dn * n)
    written = positive(m - decay)  # whether the input gate was the larger of the two
    di = fma(dm, written, fma(ds, z, dn) * write)
    d_decay = fma(dm, 1.0 - written, fma(ds, s_before, dn * n_before) * keep)
    dz, do = ds * write * (1.0 - z * z), change * shown * o * (1.0 - o)
    store_four(tape.sums, row, unit, width, di, d_decay * (1.0 - exp(forget)), dz, do)
    store(gradients.memory, b, unit, ds * keep)
    store(gradients.memory, b, width + unit, dn * keep)
    store(gradients.memory, b, 2 * width + unit, d_decay)
    return splat(tape.sums, 0.0)


by_blocks(SLSTMTape, FORM)


def _tape(sums: Floats, memory: Floats, unit: Floats) -> SLSTMTape:
    return SLSTMTape(sums, kept(memory, len(sums)), memory)


SLSTM = Kernel(FORM, _tape, parts=3)
