"""Sequences after preparation: matrices a network can read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence.dataset import Array
from seqloom.sequence.ending import Ending
from seqloom.sequence.event_shape import EventShape
from seqloom.sequence.words import Words


class Starts(Protocol):
    """Where each row of the data begins among the steps: an array [rows + 1], or what answers as one."""

    def __getitem__(self, rows: Any, /) -> Any:  # noqa: ANN401 - as an array is indexed
        """The first step of each of these rows."""


@dataclass(frozen=True)
class PreparedDataset:
    """Sequences as matrices, in the scaled units of the training part.

    Rows follow the offsets of the data set they were made from. For tasks with a target per step the target's own
    history is *not* part of `numbers`: a batch joins the two.

    Args:
        offsets: where each sequence starts, and where the last one ends; int64, [S + 1].
        numbers: step features: scaled numbers, indicators, one-hot columns, calendar; float32, [steps, F].
        number_names: name of each column of `numbers`.
        known: which columns of `numbers` are known ahead; bool, [F].
        codes: step categories to be embedded; int32, [steps, E].
        code_names: name of each column of `codes`.
        known_codes: which columns of `codes` are known ahead; bool, [E].
        code_sizes: number of entries of each column of `codes`, then of `static_codes`, unknown entry included.
        static_numbers: one row per sequence; float32, [S, G].
        static_codes: sequence categories to be embedded; int32, [S, E2].
        targets: float32 [steps, C] where targets have a value per step (NaN: not to be learned); else [S, C] float32
            for values, or int64 class numbers (-1: unlabelled, -2: of a class the training part does not have), [S],
            or [steps] with `labelled_steps`; or the symbols of all sequences, one after the other, int64 [M].
        target_names: names of the target columns.
        times: time stamp of each step, or None.
        keys: name of each sequence, [S].
        history: `targets` as an input, its gaps filled; float32, [steps, C]. None where `targets` has no gaps to fill,
            or is no input.
        source: where the data came from, for messages.
        starts: where each row of the data begins among the steps, and where the last one ends, [rows + 1]; None: each
            row is one step.
        event: what of the next row is to be predicted; `targets` are then the next row's and `history` the row's own;
            None: something else is.
        text: which column of `codes` holds the tokens of texts; None: none.
        labelled_steps: whether class numbers belong to steps; else to sequences.
        target_offsets: where each sequence's symbols begin, and where the last ones end, [S + 1]; None: targets are
            no symbols.
        words: the words of a column that is read by its letters, too; None: there is none.
        characters: characters of each row of a text, [rows]; None: there is none.
        frames: where the frames of each sample of recordings begin; None: steps are no frames.
        texts: of tasks whose targets are texts: what was given, by the name of the column, [S] each; None: no text.
        watched: whether the targets are inputs of their own rows, and no row is to tell another.
        marks: what is known afterwards of each step, 1 or 0, NaN where nothing is, [steps]; None: of none.
        ending: how the targets were made from where sequences end; None: they were given.
    """

    offsets: NDArray[np.int64]
    numbers: NDArray[np.float32]
    number_names: tuple[str, ...]
    known: NDArray[np.bool_]
    codes: NDArray[np.int32]
    code_names: tuple[str, ...]
    known_codes: NDArray[np.bool_]
    code_sizes: tuple[int, ...]
    static_numbers: NDArray[np.float32]
    static_codes: NDArray[np.int32]
    targets: Array
    target_names: tuple[str, ...]
    times: Array | None
    keys: Array
    history: NDArray[np.float32] | None = None
    source: str = "table"
    starts: NDArray[np.int64] | None = None
    text: int | None = None
    labelled_steps: bool = False
    target_offsets: NDArray[np.int64] | None = None
    words: Words | None = None
    event: EventShape | None = None
    characters: NDArray[np.int64] | None = None
    frames: Starts | None = None
    texts: Mapping[str, Array] = field(default_factory=dict)
    watched: bool = False
    marks: NDArray[np.float32] | None = None
    ending: Ending | None = None

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def sound(self) -> bool:
        """Whether the steps are frames of recordings."""
        return self.frames is not None

    @property
    def moved(self) -> Starts | None:
        """Where each row of the data begins among the steps; None: each row is one step."""
        return self.starts if self.frames is None else self.frames

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Steps of each sequence, [S]."""
        return np.diff(self.offsets)

    @property
    def per_step_target(self) -> bool:
        """Whether targets have a value or a class per step."""
        if self.labelled_steps:
            return True
        return self.targets.ndim == 2 and self.targets.shape[0] == self.numbers.shape[0]  # noqa: PLR2004 - two axes
