"""The learning rate over a run, as a share of its highest value."""

import math
from dataclasses import dataclass

from pydantic import BaseModel

from seqloom.train.settings import ScheduleName

FIRST_SHARE = 1 / 25  # where one-cycle starts, as in Smith & Topin 2019
LAST_SHARE = FIRST_SHARE / 10_000  # where it ends


@dataclass(frozen=True)
class Schedule:
    """The part of the learning rate that follows from the number of the update alone.

    `none` and `plateau` stay at 1, `cosine` falls from 1 to 0 on half a cosine wave, `one-cycle` rises from 1/25 to 1
    and falls to 1/250,000, both on half a cosine wave. Warm-up is the rise of `one-cycle`; the others rise linearly
    from 0. `cosine` and `one-cycle` are torch's `CosineAnnealingLR` and `OneCycleLR`; momentum is not cycled.

    Args:
        name: which curve.
        updates: updates of the whole run.
        warmup: share of them in which the rate rises.

    Example:
        >>> schedule = Schedule("cosine", updates=100, warmup=0.1)
        >>> [round(schedule.share(update), 2) for update in (0, 9, 10, 55, 99)]
        [0.1, 1.0, 1.0, 0.5, 0.0]
    """

    name: ScheduleName
    updates: int
    warmup: float

    def share(self, update: int) -> float:
        """What the highest rate is multiplied by at this update, counted from 0."""
        update = min(update, self.updates - 1)
        if self.name == "one-cycle":
            return self._one_cycle(update)
        rising = round(self.warmup * self.updates)
        if update < rising:
            return (update + 1) / rising
        if self.name == "cosine":
            return _half_wave(1.0, 0.0, (update - rising) / (self.updates - rising))
        return 1.0

    def _one_cycle(self, update: int) -> float:
        peak, end = self.warmup * self.updates - 1, self.updates - 1
        if update <= peak:
            return _half_wave(FIRST_SHARE, 1.0, update / peak) if peak > 0 else 1.0
        return _half_wave(1.0, LAST_SHARE, (update - max(peak, 0.0)) / max(1.0, end - max(peak, 0.0)))


class Plateau(BaseModel):
    """The part of the learning rate that follows from the validation: it falls when nothing is gained any more.

    Args:
        share: what the rate is multiplied by.
        waited: epochs without gain since the last gain or fall.
    """

    share: float = 1.0
    waited: int = 0

    def judge(self, *, gained: bool, patience: int, factor: float) -> None:
        """Count an epoch; after more than `patience` without gain the rate is multiplied by `factor`."""
        self.waited = 0 if gained else self.waited + 1
        if self.waited > patience:
            self.share *= factor
            self.waited = 0


def _half_wave(first: float, last: float, progress: float) -> float:
    """Half a cosine wave from `first` (progress 0) to `last` (progress 1)."""
    return last + (first - last) * (1 + math.cos(math.pi * progress)) / 2
