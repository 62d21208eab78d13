"""Weights as matrices to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seqloom.explain.figures_steps import signed
from seqloom.explain.names import gate_names
from seqloom.explain.question import Floats
from seqloom.nn import Recurrent
from seqloom.report import Axis, FigureData, Panel

SIDE = 64
"""Rows and columns of a picture at most."""
DRAWN = 8
"""Matrices that are drawn."""


@dataclass(frozen=True)
class WeightMatrix:
    """One block of weights.

    Args:
        layer: its layer and direction.
        gate: what it computes.
        reads: `input` or `hidden`: what it is multiplied with.
        values: [H, F] or [H, H].
    """

    layer: str
    gate: str
    reads: str
    values: Floats


def weights_figure(matrices: Sequence[WeightMatrix], *, most: int = DRAWN) -> FigureData:
    """Weights as pictures: rows are units, columns what they read."""
    drawn = matrices[:most]
    panels = tuple(
        Panel(
            title=f"{one.layer}, {one.gate}: from {'the ' + one.reads if one.reads == 'input' else 'hidden'}",
            marks=signed(
                _small(one.values), ("above zero", "below zero"), float(np.quantile(np.abs(one.values), 0.99))
            ),
            x=Axis(label=f"{one.reads} ({one.values.shape[1]})"),
            y=Axis(label=f"unit ({one.values.shape[0]})"),
        )
        for one in drawn
    )
    left_out = f" The first {len(drawn)} of {len(matrices)} matrices are drawn." if len(drawn) < len(matrices) else ""
    return FigureData(
        name="weights",
        title="Weights",
        caption="Each square is a weight, or the mean of neighbours where there are more than"
        f" {SIDE}: blue above zero, orange below, clear at zero; full strength is reached by one in a hundred. A"
        " strong column is"
        f" an input that all units read; a strong diagonal, units that keep themselves.{left_out}",
        panels=panels,
    )


def _small(values: Floats) -> Floats:
    """At most `SIDE` rows and columns, neighbours averaged."""
    for axis in (0, 1):
        count = values.shape[axis]
        if count > SIDE:
            edges = np.linspace(0, count, SIDE + 1).astype(np.int64)[:-1]
            sizes = np.diff([*edges, count])
            sums = np.add.reduceat(values, edges, axis=axis)
            values = sums / (sizes[:, None] if axis == 0 else sizes)
    return values


def weight_matrices(recurrent: Recurrent) -> tuple[WeightMatrix, ...]:
    """The weights of recurrent layers, block by block."""
    found = []
    names = gate_names(recurrent.cell)
    for index in range(recurrent.layers * recurrent.directions):
        layer = f"layer {index // recurrent.directions + 1}" + (", backwards" if index % recurrent.directions else "")
        weights = recurrent.weights(index)
        for reads, matrix in (("input", weights.input), ("hidden", weights.recurrent)):
            if len(matrix) % len(names) or not len(matrix):
                continue
            blocks = matrix.detach().double().cpu().numpy().reshape(len(names), -1, matrix.shape[1])
            found += [WeightMatrix(layer, name, reads, block) for name, block in zip(names, blocks, strict=True)]
    return tuple(found)
