"""What compiled code is told of a layer: its weights, the rows it reads and writes, and what its gates read."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from seqloom.kernels.compile import compiled

Floats = NDArray[np.floating[Any]]
Places = NDArray[np.int64]

NONE = -1
"""No sum."""

NORM_EPSILON = 1e-5
"""What layer norm adds to a variance, so that numbers that are all the same can be divided."""


class Weights(NamedTuple):
    """The weights of a layer in one direction, `G` gates below each other in torch's order.

    Args:
        input: [G H, F].
        recurrent: [G H, H].
        input_bias: [G H].
        recurrent_bias: [G H].
        unit: what a cell has of weights that read nothing but their own hidden unit, [P, H].

    A cell whose gates do not read the hidden vector has no rows of recurrent weights, [0, H], and no biases of theirs.
    """

    input: Floats
    recurrent: Floats
    input_bias: Floats
    recurrent_bias: Floats
    unit: Floats


class Form(NamedTuple):
    """Which sums a cell needs to find its gates, and which of its weights feed them.

    Most cells add what comes from the input to what comes from the hidden vector. A GRU keeps them apart for its
    candidate, so that three gates have four sums.

    Args:
        from_input: for each gate the sum its input weights feed.
        from_hidden: for each gate the sum its recurrent weights feed; may be none.
        units: vectors of hidden units whose sums are made together; few gates leave registers for more.
        from_made: the sum that the recurrent weights of one more gate feed, which read what the cell makes of the
            hidden vector in the midst of a step; `NONE`: there is no such gate.
    """

    from_input: tuple[int, ...]
    from_hidden: tuple[int, ...]
    units: int
    from_made: int = NONE

    @property
    def sums(self) -> int:
        """Sums of a unit."""
        return 1 + max(*self.from_input, *self.from_hidden, self.from_made)


class Rows(NamedTuple):
    """The packed rows of a layer in one direction.

    Args:
        x: inputs, [N, F].
        hidden: hidden vectors, [B + N, H]: those before the first step, then those after each row's step.
        final: hidden vectors after each sequence's own last step, [B, H].
        offsets: first row of each step, and `N`, [T + 1].
        before: row of `hidden` that each row's step starts from, [N].
        places: where each sequence has the further state of its cell, [B].
        kept: factors on hidden vectors where the weights read them, [B, width]; no rows at all: ones.
    """

    x: Floats
    hidden: Floats
    final: Floats
    offsets: Places
    before: Places
    places: Places
    kept: Floats


class Tile(NamedTuple):
    """What a tile of sequences holds on its way through time, in the nearest cache.

    Args:
        sums: of the rows whose step is made, [rows, columns].
        before: hidden vectors before the step, [sequences of the tile, H].
        read: the same as the weights read them.
        after: hidden vectors after the step.
        made: what the cell makes of hidden vectors in the midst of a step, and below it what comes of that,
            [2 rows, width].
    """

    sums: Floats
    before: Floats
    read: Floats
    after: Floats
    made: Floats


class Group(NamedTuple):
    """A few neighbours of a tile that make a step together.

    Args:
        b: the first one's number in the batch.
        row: its row at this step.
        line: its number in the tile.
        many: how many they are.
    """

    b: int
    row: int
    line: int
    many: int


class Gradients(NamedTuple):
    """Gradients on their way back through a layer.

    Args:
        output: of the hidden vectors after each row's step, [N, H].
        hidden: of the final hidden vectors, and in the end of the initial ones, [B, width].
        memory: the same for the parts of the cell's further state, [B, parts width].
        x: of the inputs, [N, F]; no rows where nobody asks.
        unit: of the weights of units, as each sequence adds to them, [B, P width].
        made: room for those of what the cell makes of its hidden vectors, [B, width]; no rows: it makes nothing.
    """

    output: Floats
    hidden: Floats
    memory: Floats
    x: Floats
    unit: Floats
    made: Floats


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
    offsets = np.empty(steps + 1, np.int64)
    offsets[0] = 0
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
