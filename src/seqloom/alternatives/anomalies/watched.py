"""What methods of anomalies share: the values of all steps, running in time, and a threshold from usual steps."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints
from seqloom.alternatives.history import target_history
from seqloom.prepare import Examples, covered_rows, usual_places


@dataclass(frozen=True)
class Watched:
    """The watched values of some examples.

    Args:
        values: of all steps, one example after the other, in scaled units, [N, C].
        owner: the example of each, [N].
    """

    values: NDArray[np.float32]
    owner: NDArray[np.int64]

    @classmethod
    def of(cls, examples: Examples) -> Self:
        """Those of the examples."""
        values = np.asarray(target_history(examples.prepared), dtype=np.float32)[covered_rows(examples)]
        owner = np.repeat(np.arange(len(examples)), (examples.stop - examples.start).astype(np.int64))
        return cls(values, owner)

    @property
    def count(self) -> int:
        """How many examples there are."""
        return int(self.owner[-1]) + 1

    @property
    def before(self) -> NDArray[np.float32]:
        """The values one step earlier; the first ones of an example are its own, [N, C]."""
        first = np.append(True, np.diff(self.owner) != 0)
        return np.where(first[:, None], self.values, np.roll(self.values, 1, axis=0))


@dataclass(frozen=True)
class Detector(ABC):
    """A method with a threshold.

    Args:
        threshold: its raw score from which on a step is an anomaly.
    """

    threshold: float
    name: ClassVar[str]
    title: ClassVar[str]

    @abstractmethod
    def raw(self, watched: Watched) -> NDArray[np.float64]:
        """How strange each step is, in whatever unit, [N]."""

    def settled(self, training: Examples, hints: Hints) -> Self:
        """The same with the threshold that so few usual steps exceed as is allowed.

        Args:
            training: usual steps, where there are no others.
            hints: usual steps that nothing else was learned from, and how many may be beyond.
        """
        known = training if hints.choosing is None else hints.choosing
        raw = self.raw(Watched.of(known))[usual_places(known)]
        threshold = float(np.quantile(raw, 1 - hints.false_alarms))
        return replace(self, threshold=max(threshold, float(np.finfo(np.float32).tiny)))

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """Scores of every step, 1 at the threshold, [N]."""
        return self.raw(Watched.of(examples)) / self.threshold
