"""Compiled LSTM with layer norm: its equations, a row at a time.

i, f, o = sigmoid(N(W x + b + U h + c))      g = φ(N(W x + b + U h + c))      s' = f s + i g      h' = o φ(N(s'))

N brings the units of a row to a mean of zero and a variance of one, gate by gate, and then scales and moves each unit
by weights of its own; so that nothing can go on before the sums of all units are there.
"""

from typing import Any, NamedTuple

import numpy as np

from seqloom.kernels.activation import Activation, apply, sigmoid, slope
from seqloom.kernels.blocks import leave
from seqloom.kernels.cell import Panels, of, retreat_rows, step_rows
from seqloom.kernels.compile import inlined
from seqloom.kernels.kernel import WIDE, Kernel
from seqloom.kernels.layer import Floats, Form, Gradients, Group, Rows, Tile
from seqloom.kernels.memory import add, get, lanes_of, load, ones, splat, store
from seqloom.kernels.norm import back_through_norm, moments
from seqloom.kernels.product import gate_product
from seqloom.kernels.room import ROOM, kept
from seqloom.kernels.vector import first, fma, total

FORM = Form(from_input=(0, 1, 2, 3), from_hidden=(0, 1, 2, 3), units=1)
NORMS = 5
"""Those of the gates i, f, g, o, and of the memory cells."""


class NormTape(NamedTuple):
    """What an LSTM with layer norm keeps.

    Args:
        sums: normalised sums of i, f, g, o of each row, and later the gradients of the sums, [N, 4 width]; no rows:
            nothing.
        cells: memory cells, [B + N, width]: the initial ones, then those after each row's step.
        scales: what brought the variance of each of the five to one, and the mean of the memory cells, [N, 6].
        memory: memory cells of the sequences under way, [B, width].
        unit: five rows of factors of normalised units, then five of what is added to them, [10, width].
        activation: φ.
    """

    sums: Floats
    cells: Floats
    scales: Floats
    memory: Floats
    unit: Floats
    activation: Activation


_product = gate_product(FORM)


@inlined
def _moved(tape: NormTape, norm: int, unit: int, value: Any) -> Any:
    """Normalised units, scaled and moved."""
    return fma(load(tape.unit, norm, unit), value, load(tape.unit, NORMS + norm, unit))


@of(step_rows, NormTape)
def _step(tape: NormTape, rows: Rows, panels: Panels, tile: Tile, group: Group) -> None:
    lanes = lanes_of(rows.hidden)
    for block in range(len(panels[0])):
        column = (WIDE + 4 * block) * lanes
        _product(group.many, tile.sums, column, panels[0], block, rows.x, group.row, tile.read, group.line)
    for r in range(group.many):
        _normalise(tape, tile.sums, r, rows.hidden.shape[1], group.row + r)
        _remember(tape, rows, tile.sums, r, group)
        _show(tape, rows, tile, r, group)


@inlined
def _normalise(tape: NormTape, sums: Floats, r: int, hidden: int, row: int) -> None:
    """Bring the sums of each gate to a mean of zero and a variance of one."""
    lanes, width = lanes_of(sums), tape.memory.shape[1]
    for gate in range(4):
        start = (WIDE + gate) * lanes
        mean, scale = moments(sums, r, start, 4 * lanes, hidden)
        for unit in range(0, hidden, lanes):
            value = (load(sums, r, start + 4 * unit) - mean) * scale * ones(sums, hidden - unit)
            store(sums, r, start + 4 * unit, value)
            if len(tape.sums):
                store(tape.sums, row, gate * width + unit, value)
        if len(tape.sums):
            tape.scales[row, gate] = first(scale)


@inlined
def _remember(tape: NormTape, rows: Rows, sums: Floats, r: int, group: Group) -> None:
    """New memory cells from the gates."""
    lanes, place = lanes_of(sums), rows.places[group.b + r]
    for unit in range(0, rows.hidden.shape[1], lanes):
        column = WIDE * lanes + 4 * unit
        i = sigmoid(_moved(tape, 0, unit, load(sums, r, column)))
        f = sigmoid(_moved(tape, 1, unit, load(sums, r, column + lanes)))
        g = apply(tape.activation, _moved(tape, 2, unit, load(sums, r, column + 2 * lanes)))
        s = fma(f, load(tape.memory, place, unit), i * g)
        store(tape.memory, place, unit, s)
        if len(tape.sums):
            store(tape.cells, len(tape.memory) + group.row + r, unit, s)


@inlined
def _show(tape: NormTape, rows: Rows, tile: Tile, r: int, group: Group) -> None:
    """Hidden vectors from the memory cells."""
    lanes, hidden, place = lanes_of(tile.sums), rows.hidden.shape[1], rows.places[group.b + r]
    mean, scale = moments(tape.memory, place, 0, lanes, hidden)
    if len(tape.sums):
        tape.scales[group.row + r, 4] = first(scale)
        tape.scales[group.row + r, 5] = first(mean)
    for unit in range(0, hidden, lanes):
        o = sigmoid(_moved(tape, 3, unit, load(tile.sums, r, (WIDE + 3) * lanes + 4 * unit)))
        value = (load(tape.memory, place, unit) - mean) * scale
        leave(rows, tile, group, r, unit, o * apply(tape.activation, _moved(tape, 4, unit, value)))


@of(retreat_rows, NormTape)
def _back(tape: NormTape, rows: Rows, gradients: Gradients, panels: Panels, out: Floats, group: Group) -> None:
    hidden, width = rows.hidden.shape[1], tape.memory.shape[1]
    changes = np.empty((1, NORMS * width), rows.hidden.dtype)
    for r in range(group.many):
        b, row = group.b + r, group.row + r
        _hide(tape, gradients, changes, rows, b, row)
        _forget(tape, gradients, changes, rows, b, row)
        for gate in range(4):
            means = _means(tape, gradients, changes, gate, b, row)
            for unit in range(0, hidden, lanes_of(changes)):
                change = load(changes, 0, gate * width + unit) * load(tape.unit, gate, unit)
                value = load(tape.sums, row, gate * width + unit)
                change = back_through_norm(change, value, means, splat(changes, tape.scales[row, gate]))
                store(tape.sums, row, gate * width + unit, change * ones(changes, hidden - unit))


@inlined
def _hide(tape: NormTape, gradients: Gradients, changes: Floats, rows: Rows, b: int, row: int) -> None:
    """From the gradient of hidden vectors to those of the output gate and of the normalised memory cells."""
    hidden, width = rows.hidden.shape[1], tape.memory.shape[1]
    for unit in range(0, hidden, lanes_of(changes)):
        change = get(gradients.output, row, unit) + load(gradients.hidden, b, unit)
        o = sigmoid(_moved(tape, 3, unit, load(tape.sums, row, 3 * width + unit)))
        value = _shown(tape, row, unit, hidden)
        shown = apply(tape.activation, _moved(tape, 4, unit, value))
        of_moved = change * o * slope(tape.activation, shown)
        store(changes, 0, 3 * width + unit, change * shown * o * (1.0 - o))
        store(changes, 0, 4 * width + unit, of_moved * load(tape.unit, 4, unit))
        add(gradients.unit, b, 4 * width + unit, of_moved * value)
        add(gradients.unit, b, 9 * width + unit, of_moved)
        store(gradients.hidden, b, unit, splat(changes, 0.0))


@inlined
def _shown(tape: NormTape, row: int, unit: int, hidden: int) -> Any:
    """Normalised memory cells after a row's step."""
    scale, mean = tape.scales[row, 4], tape.scales[row, 5]
    return (load(tape.cells, len(tape.memory) + row, unit) - mean) * scale * ones(tape.cells, hidden - unit)


@inlined
def _forget(tape: NormTape, gradients: Gradients, changes: Floats, rows: Rows, b: int, row: int) -> None:
    """From the gradient of the normalised memory cells to those of the other gates, and of the cells before."""
    hidden, width, lanes = rows.hidden.shape[1], tape.memory.shape[1], lanes_of(changes)
    whole, along = splat(changes, 0.0), splat(changes, 0.0)
    for unit in range(0, hidden, lanes):
        change = load(changes, 0, 4 * width + unit)
        whole, along = whole + change, fma(change, _shown(tape, row, unit, hidden), along)
    means, scale = (total(whole) / hidden, total(along) / hidden), splat(changes, tape.scales[row, 4])
    for unit in range(0, hidden, lanes):
        i = sigmoid(_moved(tape, 0, unit, load(tape.sums, row, unit)))
        f = sigmoid(_moved(tape, 1, unit, load(tape.sums, row, width + unit)))
        g = apply(tape.activation, _moved(tape, 2, unit, load(tape.sums, row, 2 * width + unit)))
        change = load(changes, 0, 4 * width + unit)
        ds = back_through_norm(change, _shown(tape, row, unit, hidden), means, scale) * ones(changes, hidden - unit)
        ds = ds + load(gradients.memory, b, unit)
        before = load(tape.cells, rows.before[row], unit)
        store(changes, 0, unit, ds * g * i * (1.0 - i))
        store(changes, 0, width + unit, ds * before * f * (1.0 - f))
        store(changes, 0, 2 * width + unit, ds * i * slope(tape.activation, g))
        store(gradients.memory, b, unit, ds * f)


@inlined
def _means(tape: NormTape, gradients: Gradients, changes: Floats, gate: int, b: int, row: int) -> tuple[Any, Any]:
    """Means over a gate's units of the gradient of its normalised sums, and of that times them."""
    width = tape.memory.shape[1]
    whole, along = splat(changes, 0.0), splat(changes, 0.0)
    for unit in range(0, gradients.output.shape[1], lanes_of(changes)):
        of_moved, value = load(changes, 0, gate * width + unit), load(tape.sums, row, gate * width + unit)
        add(gradients.unit, b, gate * width + unit, of_moved * value)
        add(gradients.unit, b, (NORMS + gate) * width + unit, of_moved)
        change = of_moved * load(tape.unit, gate, unit)
        whole, along = whole + change, fma(change, value, along)
    return total(whole) / gradients.output.shape[1], total(along) / gradients.output.shape[1]


def norm_lstm(activation: Activation) -> Kernel:
    """The LSTM with layer norm and a certain activation."""

    def tape(sums: Floats, memory: Floats, unit: Floats) -> NormTape:
        scales = ROOM.take((len(sums), NORMS + 1), sums.dtype)
        return NormTape(sums, kept(memory, len(sums)), scales, memory, unit, activation)

    return Kernel(FORM, tape, parts=1, whole=True)
