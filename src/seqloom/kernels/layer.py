"""What compiled code is told of a layer: its weights, the rows it reads and writes, and what its gates read."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from seqloom.kernels.compile import compiled

Floats = NDArray[np.floating[Any]]
Places = NDArray[np.int64]


class Weights(NamedTuple):
    """The weights of a layer in one direction, `G` gates below each other in torch's order.

    Args:
        input: [G H, F].
        recurrent: [G H, H].
        input_bias: [G H].
        recurrent_bias: [G H].
    """

    input: Floats
    recurrent: Floats
    input_bias: Floats
    recurrent_bias: Floats


class Form(NamedTuple):
    """Which sums a cell needs to find its gates, and which of its weights feed them.

    Most cells add what comes from the input to what comes from the hidden vector. A GRU keeps them apart for its
    candidate, so that three gates have four sums.

    Args:
        from_input: for each gate the sum its input weights feed.
        from_hidden: for each gate the sum its recurrent weights feed.
        units: vectors of hidden units whose sums are made together; few gates leave registers for more.
    """

    from_input: tuple[int, ...]
    from_hidden: tuple[int, ...]
    units: int

    @property
    def sums(self) -> int:
        """Sums of a unit."""
        return 1 + max(*self.from_input, *self.from_hidden)


class Rows(NamedTuple):
    """The packed rows of a layer in one direction.

    Args:
        x: inputs, [N, F].
        hidden: hidden vectors, [B + N, H]: those before the first step, then those after each row's step.
        final: hidden vectors after each sequence's own last step, [B, H].
        offsets: first row of each step, and `N`, [T + 1].
        before: row of `hidden` that each row's step starts from, [N].
        kept: factors on hidden vectors where the weights read them, [B, width]; no rows at all: ones.
    """

    x: Floats
    hidden: Floats
    final: Floats
    offsets: Places
    before: Places
    kept: Floats


class Gradients(NamedTuple):
    """Gradients on their way back through a layer.

    Args:
        output: of the hidden vectors after each row's step, [N, H].
        hidden: of the final hidden vectors, and in the end of the initial ones, [B, width].
        memory: the same for the cell's further state, [B, width]; no rows where there is none.
        x: of the inputs, [N, F]; no rows where nobody asks.
    """

    output: Floats
    hidden: Floats
    memory: Floats
    x: Floats


@compiled
def starts(sizes: Places, reverse: bool) -> tuple[Places, Places]:
    """Where the rows of each step begin, and which row of `hidden` each starts from.

    Args:
        sizes: sequences alive at each step, [T].
        reverse: whether sequences are read from their ends.

    Returns:
        `offsets` and `before`, see `Rows`.
    """
    steps = len(sizes)
    offsets = np.zeros(steps + 1, np.int64)
    for t in range(steps):
        offsets[t + 1] = offsets[t] + sizes[t]
    batch = sizes[0] if steps else 0
    before = np.empty(offsets[steps], np.int64)
    for t in range(steps):
        other = t + 1 if reverse else t - 1
        alive = sizes[other] if 0 <= other < steps else 0
        for b in range(sizes[t]):
            before[offsets[t] + b] = batch + offsets[other] + b if b < alive else b
    return offsets, before
