"""One layer in one or both directions."""

from collections.abc import Sequence

import torch
from torch import Tensor

from seqloom.nn.cell import Cell, Weights
from seqloom.nn.state import S
from seqloom.nn.unroll import unroll
from seqloom.sequence import Packed


def read(
    cell: Cell[S],
    weights: Sequence[Weights],
    states: Sequence[S],
    rows: Packed,
    kept: Sequence[Tensor | None] = (None, None),
    *,
    recompute: bool = False,
) -> tuple[list[S], Packed]:
    """Run a layer forward, and backward if it has weights for that; outputs stand side by side.

    Args:
        cell: what happens in a step.
        weights: of each direction, one or two.
        states: of each direction before its first step, [B, H].
        rows: the steps, packed, [N, F].
        kept: variational dropout of each direction, [B, H].
        recompute: see `unroll`.

    Returns:
        The state after each direction's last step, and the outputs, [N, D * H].
    """
    finals: list[S] = []
    outputs: list[Tensor] = []
    for direction, (own, state, factors) in enumerate(zip(weights, states, kept, strict=False)):
        final, seen = unroll(cell, own, state, rows, reverse=direction == 1, kept=factors, recompute=recompute)
        finals.append(final)
        outputs.append(seen.values)
    return finals, rows.with_values(torch.cat(outputs, dim=1) if len(outputs) > 1 else outputs[0])
