"""Which steps of a stream are kept for the readings to come."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.live.form import MISSING, Form
from seqloom.live.steps import Steps
from seqloom.sequence import Array


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

    @property
    def nothing(self) -> bool:
        """Whether no step is ever kept."""
        return self.reach == 0 and not self.back

    def after(self, kept: Steps, steps: Steps) -> Steps:
        """What is kept with further steps; where a window is read, one more."""
        most = self._most(kept, steps)
        if most == 0:
            return kept
        found = Steps.joined([kept, steps]) if len(kept) else steps
        first = 0 if most is None else max(0, len(found) - most)
        last = found[first:].copy()
        if self.filled and first:
            last.numbers[0] = _newest(found.numbers[: first + 1], np.isnan(found.numbers[: first + 1]))
            last.codes[0] = _newest(found.codes[: first + 1], found.codes[: first + 1] == MISSING)
        return last

    def known(self, kept: Steps, steps: Steps) -> int:
        """Steps up to the last one with a target, where a window of them is read; else all.

        Those after it are the future: nothing but what is known ahead has to be given there.
        """
        return len(kept) + len(steps) - self._future(kept, steps)

    def _most(self, kept: Steps, steps: Steps) -> int | None:
        if self.reach is None:
            return None
        if self.reach == 0:
            return int(self.back)
        return self.reach + 1 + self._future(kept, steps)

    def _future(self, kept: Steps, steps: Steps) -> int:
        """Latest steps without any target, where targets are an input of a window."""
        places = [self.form.numbers.index(name) for name in self.form.schema.targets if name in self.form.numbers]
        if self.reach == 0 or not places or not np.isnan(steps.numbers[-1, places]).all():
            return 0
        known = np.flatnonzero(~np.isnan(kept.numbers[:, places]).all(axis=1))
        return len(kept) + len(steps) - (int(known[-1]) + 1 if len(known) else 0)


def _newest(rows: Array, missing: NDArray[np.bool_]) -> Array:
    """Of each column the last value that is not missing, else the last."""
    back = np.argmin(missing[::-1], axis=0)
    found: Array = rows[len(rows) - 1 - back, np.arange(rows.shape[1])]
    return found
