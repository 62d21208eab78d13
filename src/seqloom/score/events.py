"""Events: runs of steps that belong together."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray


@dataclass(frozen=True)
class Events:
    """Runs of flagged steps.

    Args:
        first: the first flagged step of each, [K].
        last: the last one, [K].
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]

    @classmethod
    def of(cls, flags: NDArray[np.bool_], sequence: NDArray[np.int64], quiet: int = 0) -> "Events":
        """The events of some sequences, which lie one after the other.

        Args:
            flags: which steps are flagged, [N].
            sequence: which sequence each step is of, [N].
            quiet: steps without a flag, at most, between two of the same event.

        Example:
            >>> flags = np.array([True, False, True, False, False, True])
            >>> Events.of(flags, np.zeros(6, int), quiet=1).first.tolist()
            [0, 5]
        """
        places = np.flatnonzero(flags)
        if not len(places):
            return cls(places, places)
        apart = (np.diff(places) > quiet + 1) | (np.diff(sequence[places]) != 0)
        return cls(places[np.append(True, apart)], places[np.append(apart, True)])

    def __len__(self) -> int:
        return len(self.first)

    def hit_by(self, other: "Events") -> NDArray[np.bool_]:
        """Which of these share a step with one of the others, [K]."""
        if not len(other):
            return np.zeros(len(self), dtype=np.bool_)
        following = np.searchsorted(other.last, self.first)  # the first that does not end before
        begins = other.first[np.minimum(following, len(other) - 1)]
        hit: NDArray[np.bool_] = (following < len(other)) & (begins <= self.last)
        return hit


def onsets(scores: NDArray[np.float64], quiet: int) -> NDArray[np.float64]:
    """Scores that are higher than all in so many steps before, the others minus infinity.

    Whatever the threshold, a run of alarms is then one alarm, and another one only where it becomes stranger still.

    Args:
        scores: of one sequence, [T].
        quiet: steps before, at least 1.

    Example:
        >>> onsets(np.array([1.0, 3.0, 2.0, 3.0, 2.5]), quiet=2).tolist()
        [1.0, 3.0, -inf, -inf, -inf]
    """
    before = sliding_window_view(np.concatenate([np.full(quiet, -np.inf), scores]), quiet)[:-1]
    found: NDArray[np.float64] = np.where(scores > before.max(axis=1), scores, -np.inf)
    return found
