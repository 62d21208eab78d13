"""Running a cell over time: a function of weights, state and packed rows."""

from functools import partial

from jaxtyping import Float
from torch import Tensor
from torch.utils.checkpoint import checkpoint

from seqloom.nn import compiled, scan, steps
from seqloom.nn.cell import Cell, Weights
from seqloom.nn.state import S
from seqloom.sequence import Packed


def unroll(
    cell: Cell[S],
    weights: Weights,
    state: S,
    rows: Packed,
    *,
    reverse: bool = False,
    kept: Float[Tensor, "B H"] | None = None,
    recompute: bool = False,
) -> tuple[S, Packed]:
    """Run a cell over all steps of all sequences; nothing is padded.

    Numbers on the CPU go through the compiled engine; on a GPU cells that are linear in their state go through kernels
    of their own; all else goes through torch.

    Args:
        cell: what happens in a step.
        weights: the cell's weights.
        state: of each sequence before its first step (its last one, in reverse), [B, H].
        rows: the steps, packed, [N, F].
        reverse: whether every sequence is read from its own last step to its first.
        kept: variational dropout: factors on the hidden state as the recurrent weights read it, the same at all steps.
        recompute: whether the way back computes again what it needs of the way there: half as much time again, and a
            fraction of the memory.

    Returns:
        The state after each sequence's own last step (its first one, in reverse), and the outputs, [N, H].
    """
    weights = cell.prepare(weights)
    fixed = () if kept is None else (kept,)
    if compiled.serves(rows.values, *weights, *state, *fixed):
        final, hidden = compiled.walk(
            cell, cell.kernel, weights, state, rows, reverse=reverse, kept=kept, recompute=recompute
        )
    elif scan.serves(cell, rows.values, *weights, *state):  # keeps too little to be worth computing again
        final, hidden = scan.walk(cell, weights, state, rows, reverse=reverse)
    elif recompute:
        again = partial(steps.walk, cell, reverse=reverse, kept=kept)
        final, hidden = checkpoint(again, weights, state, rows, use_reentrant=False)
    else:
        final, hidden = steps.walk(cell, weights, state, rows, reverse=reverse, kept=kept)
    return final, rows.with_values(cell.output(weights, rows.values, hidden.values))
