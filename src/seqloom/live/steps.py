"""Steps of streams in columns, as a preparation needs them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.live.form import Form
from seqloom.sequence import Array


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps one after the other, of one stream or of several.

    Args:
        numbers: of the number columns, float64 [R, C]; NaN where a value is missing.
        codes: places of labels, int32 [R, E]; -1 where one is missing, -2 where training did not have it.
        times: int64 microseconds since 1970, or float64 [R]; None without a clock, or where nobody knows them yet.
        words: what is kept as it is written, one tuple for each step; None where it is missing.
    """

    numbers: NDArray[np.float64]
    codes: NDArray[np.int32]
    times: Array | None
    words: Sequence[tuple[str | None, ...]] = ()

    @classmethod
    def nothing(cls, form: Form) -> "Steps":
        """No steps."""
        times = None if form.clock == "none" else np.empty(0, form.time_type)
        return cls(np.empty((0, len(form.numbers))), np.empty((0, len(form.listed)), np.int32), times)

    @classmethod
    def joined(cls, parts: Sequence["Steps"]) -> "Steps":
        """One after the other; their times, where all have them."""
        if len(parts) == 1:
            return parts[0]
        times = [part.times for part in parts if part.times is not None]
        return cls(
            np.concatenate([part.numbers for part in parts]),
            np.concatenate([part.codes for part in parts]),
            np.concatenate(times) if len(times) == len(parts) else None,
            [words for part in parts for words in part.words],
        )

    @property
    def last(self) -> float:
        """The time of the last one; NaN without a clock."""
        return math.nan if self.times is None else float(self.times[-1])

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, rows: slice) -> "Steps":
        """Some of them."""
        times = None if self.times is None else self.times[rows]
        return Steps(self.numbers[rows], self.codes[rows], times, self.words[rows])

    def copy(self) -> "Steps":
        """The same, which nobody else holds."""
        times = None if self.times is None else self.times.copy()
        return Steps(self.numbers.copy(), self.codes.copy(), times, self.words)
