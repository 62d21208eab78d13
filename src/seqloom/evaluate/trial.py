"""A trial: examples whose truth is known, on which model and alternatives are measured alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives import Alternative
from seqloom.evaluate.interval_record import IntervalRecord
from seqloom.prepare import Examples
from seqloom.sequence import Array

SQUARED_ERROR = "squared error"
MISTAKES = "mistakes"
LOG_LOSS = "log loss"
BALANCED = "balanced mistakes"
"""Mistakes about anomalies, all of which weigh as much as all usual steps."""
NATS = "negative log-likelihood"
COST = "cost"


@dataclass(frozen=True)
class Measured:
    """What one set of answers came to.

    Args:
        metrics: by name, in the units of the data.
        scaled: the same in the scaled units of the training part; empty for classes.
        errors: one error per example, by the kind of error, in the order of sequence and time, each [E].
        intervals: what intervals came to, by how their widths are set; empty where there are none.
        decides: the kind of error that alone decides who is better; None: all kinds do.
    """

    metrics: Mapping[str, float]
    errors: Mapping[str, NDArray[np.float64]]
    scaled: Mapping[str, float] = field(default_factory=dict)
    intervals: Mapping[str, IntervalRecord] = field(default_factory=dict)
    decides: str | None = None

    @property
    def decisive(self) -> Mapping[str, NDArray[np.float64]]:
        """The errors that decide who is better."""
        return self.errors if self.decides is None else {self.decides: self.errors[self.decides]}


@runtime_checkable
class Choosing(Protocol):
    """A trial in which an alternative answers by something that is chosen for it alone."""

    def choosing_for(self, alternative: Alternative) -> "Trial":
        """The same trial for one alternative."""


class Trial(Protocol):
    """Examples and their truth, ready to measure answers by."""

    @property
    def examples(self) -> Examples:
        """What an alternative is asked."""

    @property
    def block(self) -> int:
        """How many neighbouring examples depend on each other."""

    def model(self) -> Measured:
        """What the model's prediction came to."""

    def alternative(self, answers: Array) -> Measured:
        """What an alternative's answers for `examples`, in scaled units, came to."""
