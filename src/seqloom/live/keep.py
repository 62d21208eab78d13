"""Which steps of a stream are kept for the readings to come."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.live.form import Form
from seqloom.live.memory import Kept
from seqloom.live.reading import MISSING, Step


@dataclass(frozen=True)
class Keeper:
    """What a model, or its preparation, will look back at.

    Args:
        form: of the readings.
        reach: steps that an answer is made of, the present one included; 0: none but the present one; None: all.
        back: whether the preparation looks at the step before the first of these.
        filled: whether a gap has the value that was known before it: then the first kept step stands for all before.
    """

    form: Form
    reach: int | None
    back: bool
    filled: bool

    def after(self, kept: Kept, step: Step) -> Kept:
        """What is kept with one more step."""
        most = self._most(kept, step)
        if most == 0:
            return kept
        first = 0 if most is None else max(0, len(kept) + 1 - most)
        numbers = np.concatenate([kept.numbers, np.array([step.numbers], np.float64)])
        codes = np.concatenate([kept.codes, np.array([step.codes], np.int32).reshape(1, -1)])
        if self.filled and first:
            numbers, codes = _filled(numbers, codes, first)
        times = kept.times
        if times is not None:
            times = np.append(times, np.array([step.time], times.dtype))[first:]
        return Kept(numbers[first:], codes[first:], times, (*kept.words, step.words)[first:])

    def known(self, kept: Kept, step: Step) -> int:
        """Steps up to the last one with a target, where a window of them is read; else all.

        Those after it are the future: nothing but what is known ahead has to be given there.
        """
        return len(kept) + 1 - self._future(kept, step)

    def _most(self, kept: Kept, step: Step) -> int | None:
        if self.reach is None:
            return None
        if self.reach == 0:
            return int(self.back)
        return self.reach + 1 + self._future(kept, step)

    def _future(self, kept: Kept, step: Step) -> int:
        """Latest steps without any target, where targets are an input of a window."""
        if not self.reach:
            return 0
        places = [self.form.numbers.index(name) for name in self.form.schema.targets]
        if any(step.numbers[place] == step.numbers[place] for place in places):
            return 0
        known = np.flatnonzero(~np.isnan(kept.numbers[:, places]).all(axis=1))
        return len(kept) + 1 - (int(known[-1]) + 1 if len(known) else 0)


def _filled(
    numbers: NDArray[np.float64], codes: NDArray[np.int32], first: int
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """The steps, the one at `first` with the values that were known there."""
    for row in range(first, 0, -1):
        numbers[first] = np.where(np.isnan(numbers[first]), numbers[row - 1], numbers[first])
        codes[first] = np.where(codes[first] == MISSING, codes[row - 1], codes[first])
    return numbers, codes
