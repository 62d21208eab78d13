"""A recurrence run step by step, so that every state on the way can be looked at."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from seqloom.nn import Cell, Recurrent, State, Weights
from seqloom.sequence import Packed


@dataclass(frozen=True)
class LayerTrace:
    """One layer in one direction, step by step.

    Args:
        layer: counted from 0.
        reverse: whether it reads from the end.
        cell: its rule.
        weights: its weights, as a step uses them.
        before: the state of the sequences alive at each step before it, [B_t, W] each.
        after: the state after it.
        projected: what the inputs contribute to each step, [B_t, G H] each.
    """

    layer: int
    reverse: bool
    cell: Cell[Any]
    weights: Weights
    before: tuple[Any, ...]
    after: tuple[Any, ...]
    projected: tuple[Tensor, ...]

    @property
    def name(self) -> str:
        """What a figure calls it."""
        return f"layer {self.layer + 1}" + (", backwards" if self.reverse else "")


def trace(recurrent: Recurrent, state: State | None, rows: Packed) -> tuple[State, Packed, list[LayerTrace]]:
    """Run recurrent layers step by step in plain torch: the same numbers as `Recurrent.sequence` gives at rest.

    Args:
        recurrent: the layers, without dropout.
        state: before the first step, [L * D, B, W]; None: the initial one.
        rows: the steps, packed, [N, F].

    Returns:
        The state after the last steps, the outputs [N, D * H], and one trace for each layer and direction.
    """
    start = recurrent.initial_state(rows.batch_size) if state is None else state
    traces: list[LayerTrace] = []
    finals: list[Any] = []
    for layer in range(recurrent.layers):
        outputs = []
        for direction in range(recurrent.directions):
            index = layer * recurrent.directions + direction
            weights = recurrent.cell.prepare(recurrent.weights(index))
            own = type(start)(*(part[index] for part in start))
            found, final = _layer(recurrent.cell, weights, own, rows, layer, reverse=direction == 1)
            hidden = torch.cat([after.hidden for after in found.after])
            outputs.append(recurrent.cell.output(weights, rows.values, hidden))
            traces.append(found)
            finals.append(final)
        rows = rows.with_values(torch.cat(outputs, dim=1))
    return type(start)(*(torch.stack(parts) for parts in zip(*finals, strict=True))), rows, traces


def _layer(
    cell: Cell[Any],
    weights: Weights,
    start: Any,  # noqa: ANN401 - a state
    rows: Packed,
    layer: int,
    *,
    reverse: bool,
) -> tuple[LayerTrace, Any]:
    """One layer in one direction, and the state of each sequence after its last step."""
    sizes = rows.sizes.tolist()
    projected = torch.split(cell.project(weights, rows.values), sizes)
    kind = type(start)
    before: list[Any] = [None] * len(sizes)
    after: list[Any] = [None] * len(sizes)
    ended: list[Any] = []
    state = kind(*(part[: sizes[-1]] for part in start)) if reverse else start
    for t in reversed(range(len(sizes))) if reverse else range(len(sizes)):
        alive, held = sizes[t], len(state.hidden)
        if held > alive:  # these ended at the step before
            ended.append(kind(*(part[alive:] for part in state)))
            state = kind(*(part[:alive] for part in state))
        elif held < alive:  # these begin here, at their own last step
            state = kind(*(torch.cat([part, first[held:alive]]) for part, first in zip(state, start, strict=True)))
        before[t] = state
        state, _ = cell.step(weights, state, projected[t])
        after[t] = state
    final = kind(*(torch.cat([part, *rest]) for part, *rest in zip(state, *reversed(ended), strict=True)))
    return LayerTrace(layer, reverse, cell, weights, tuple(before), tuple(after), projected), final
