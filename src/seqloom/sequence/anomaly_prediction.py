"""How strange each step is, and why."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence.dataset import Array

STATE = "state"
"""What stands for the reason where it is not one column."""


@dataclass(frozen=True)
class AnomalyPrediction:
    """How strange each step of `B` sequences is, one sequence after the other.

    Args:
        scores: distance from what is usual, 1 at the threshold, [N].
        parts: share of each target in it, [N, C]; NaN where it cannot be told.
        expected: what was expected of each target, [N, C]; NaN where nothing was.
        targets: names of the watched columns, length C.
        keys: name of the sequence of each step, [N].
        steps: which step of its sequence each is, from 1 on, [N].
        times: time stamp of each step, [N]; None without a clock.
    """

    scores: NDArray[np.float64]
    parts: NDArray[np.float64]
    expected: NDArray[np.float64]
    targets: tuple[str, ...]
    keys: Array
    steps: NDArray[np.int64]
    times: Array | None = None

    @property
    def alarms(self) -> NDArray[np.bool_]:
        """Whether each step is beyond the threshold, [N]."""
        return self.scores > 1

    @cached_property
    def reasons(self) -> Array:
        """The column that adds most to each score; `state` where it cannot be told, empty where there is no score."""
        known = np.isfinite(self.parts).all(axis=1)
        names = np.array([*self.targets, STATE, ""], dtype=object)
        largest = np.nan_to_num(self.parts).argmax(axis=1)
        found: Array = names[np.where(self.scores > 0, np.where(known, largest, len(self.targets)), -1)]
        return found

    def numbers(self) -> dict[str, Array]:
        """The numbers by name, as golden examples keep them."""
        return {"scores": self.scores}

    def to_columns(self) -> dict[str, Array]:
        """One row per step: key, step, time, score, alarm, the reason, and what was expected of each target."""
        columns: dict[str, Array] = {"sequence": self.keys, "step": self.steps}
        if self.times is not None:
            columns["time"] = self.times
        columns |= {"score": self.scores, "alarm": self.alarms, "reason": self.reasons}
        for place, name in enumerate(self.targets):
            columns[f"{name}_expected"] = self.expected[:, place]
        return columns
