"""A cell over time in plain torch: on any device, in any precision, differentiable as often as wanted."""

from collections.abc import Callable, Sequence
from functools import partial

import torch
from jaxtyping import Float
from torch import Tensor

from seqloom.nn.cell import Cell, Weights
from seqloom.nn.state import S, join, sequences_of
from seqloom.sequence import Packed

SHORTEST_BLOCK = 4
"""Steps a block must have on average to go through torch's kernel; in shorter ones single steps were faster."""


def walk(
    cell: Cell[S],
    weights: Weights,
    state: S,
    rows: Packed,
    *,
    reverse: bool = False,
    kept: Float[Tensor, "B H"] | None = None,
    fused: bool = True,
) -> tuple[S, Packed]:
    """Run a cell over all steps of all sequences; nothing is padded.

    Sequences end in the order of their length, so consecutive steps of equally many sequences form blocks, and within
    a block the sequences are of equal length. Where blocks are long they go through torch's kernel one after the
    other, state in and state out; where they are short the cell walks step by step. Both are exact.

    Args:
        cell: what happens in a step.
        weights: the cell's weights.
        state: of each sequence before its first step (its last one, in reverse), [B, H].
        rows: the steps, packed, [N, F].
        reverse: whether every sequence is read from its own last step to its first.
        kept: variational dropout: factors on the hidden state as the recurrent weights read it, the same at all steps.
        fused: whether torch's kernels may be used; they can be differentiated only once.

    Returns:
        The state after each sequence's own last step (its first one, in reverse), and the outputs, [N, H].
    """
    alive, steps = torch.unique_consecutive(rows.sizes, return_counts=True)
    if fused and cell.fused and kept is None and rows.steps >= SHORTEST_BLOCK * len(alive):
        advance = partial(_advance_block, cell, weights, reverse=reverse)
        return _go(advance, state, rows, alive.tolist(), (alive * steps).tolist(), reverse=reverse)
    projected = rows.with_values(cell.project(weights, rows.values))
    return walk_projected(cell, weights, state, projected, reverse=reverse, kept=kept)


def walk_projected(
    cell: Cell[S],
    weights: Weights,
    state: S,
    projected: Packed,
    *,
    reverse: bool = False,
    kept: Float[Tensor, "B H"] | None = None,
) -> tuple[S, Packed]:
    """Step by step over what the input contributes, [N, G * H], see `walk` and `Cell.project`."""
    sizes = projected.sizes.tolist()
    return _go(partial(_advance_step, cell, weights, kept=kept), state, projected, sizes, sizes, reverse=reverse)


Advance = Callable[[S, Tensor], tuple[S, Tensor]]
"""From the state and the next piece of the rows to the state after it and its outputs."""


def _go(
    advance: Advance[S], state: S, rows: Packed, sizes: list[int], spans: list[int], *, reverse: bool
) -> tuple[S, Packed]:
    """Over pieces of so many rows each, and so many sequences, in either direction."""
    go = _walk_back if reverse else _walk_on
    final, outputs = go(advance, state, torch.split(rows.values, spans), sizes)
    return final, rows.with_values(torch.cat(outputs) if len(outputs) > 1 else outputs[0])


def _advance_block(cell: Cell[S], weights: Weights, state: S, block: Tensor, *, reverse: bool) -> tuple[S, Tensor]:
    """Over a block of equally long sequences by torch's kernel; outputs [T * B, H]."""
    steps = block.reshape(-1, state.hidden.shape[0], block.shape[1])  # [T * B, F] -> [T, B, F]
    state, outputs = cell.block(weights, state, steps.flip(0) if reverse else steps)
    return state, (outputs.flip(0) if reverse else outputs).flatten(0, 1)


def _advance_step(
    cell: Cell[S], weights: Weights, state: S, projected: Tensor, *, kept: Tensor | None
) -> tuple[S, Tensor]:
    """Over one step by the cell itself; outputs [B, H]."""
    return cell.step(weights, state, projected, None if kept is None else kept[: len(projected)])


def _walk_on(advance: Advance[S], state: S, pieces: Sequence[Tensor], sizes: Sequence[int]) -> tuple[S, list[Tensor]]:
    """Forward in time: the shortest sequences, last in the packing, end first and leave their state behind."""
    alive = sizes[0]
    ended: list[S] = []
    outputs: list[Tensor] = []
    for piece, size in zip(pieces, sizes, strict=True):
        if size < alive:
            ended.append(sequences_of(state, size))
            state = sequences_of(state, 0, size)
            alive = size
        state, output = advance(state, piece)
        outputs.append(output)
    return join([state, *reversed(ended)]) if ended else state, outputs


def _walk_back(advance: Advance[S], state: S, pieces: Sequence[Tensor], sizes: Sequence[int]) -> tuple[S, list[Tensor]]:
    """Backward in time: the longest sequences, first in the packing, start first and the others join them."""
    initial, alive = state, sizes[-1]
    state = sequences_of(initial, 0, alive)
    outputs: list[Tensor] = []
    for piece, size in zip(reversed(pieces), reversed(sizes), strict=True):
        if size > alive:
            state = join([state, sequences_of(initial, alive, size)])
            alive = size
        state, output = advance(state, piece)
        outputs.append(output)
    return state, outputs[::-1]
