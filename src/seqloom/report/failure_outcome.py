"""Which steps were warned of a failure, and how early."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.report.tag_outcome import TagOutcome
from seqloom.score import Warnings, warnings_of


@dataclass(frozen=True)
class FailureOutcome:
    """Which steps were warned of a failure, and how early.

    Args:
        tags: `no` or `yes` for each step, with the truth.
        within: steps before the end that are within its reach.
        threshold: probability from which on there is an alarm; None: where it is the more probable answer.
    """

    tags: TagOutcome
    within: int
    threshold: float | None = None

    @cached_property
    def warnings(self) -> Warnings:
        """What the alarms came to."""
        return warnings_of(self.alarm, self.tags.truth, self.tags.sequence, self.within)

    @property
    def alarm(self) -> NDArray[np.bool_]:
        """Whether there was one at each step, [N]."""
        return np.asarray(self.tags.labels == 1)

    @property
    def stated(self) -> NDArray[np.float64]:
        """The probability of a failure at each step, [N]."""
        return self.tags.prediction.probabilities[:, 1]

    @cached_property
    def failing(self) -> list[NDArray[np.int64]]:
        """The steps of each sequence that fails, in the order of the leads of `warnings`."""
        sequence = self.tags.sequence
        starts = np.flatnonzero(np.append(True, sequence[1:] != sequence[:-1]))
        rows = np.split(np.arange(len(sequence)), starts[1:])
        return [own for own in rows if len(own) and self.tags.truth[own[-1]] == 1]
