"""What a model answers about the next event, in the units of the data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray

from seqloom.sequence.dataset import Array
from seqloom.sequence.gaps import Gaps

Floats = NDArray[np.float64]

MEAN = ":mean"
"""Ending of the name of the means of a number attribute."""
MEDIAN = 0.5


@dataclass(frozen=True)
class Number:
    """A number attribute of the next event: a normal distribution.

    Args:
        mean: [B].
        deviation: standard deviation, above 0, [B].
    """

    mean: Floats
    deviation: Floats

    def quantile(self, level: float) -> Floats:
        """The value that is not exceeded with this probability, [B]."""
        standard = float(torch.special.ndtri(torch.tensor(level, dtype=torch.float64)))
        found: Floats = self.mean + standard * self.deviation
        return found


@dataclass(frozen=True)
class Category:
    """A category attribute of the next event.

    Args:
        probabilities: rows sum to 1, [B, K].
        labels: in the order of `probabilities`.
    """

    probabilities: Floats
    labels: tuple[str, ...]

    @property
    def most_probable(self) -> Array:
        """The most probable label, [B]."""
        found: Array = np.asarray(self.labels)[self.probabilities.argmax(axis=1)]
        return found


@dataclass(frozen=True)
class EventPrediction:
    """The event that follows each of `B` others.

    Args:
        target: name of the column of types.
        probabilities: one for each type, rows sum to 1, [B, K].
        types: the types, in the order of `probabilities`.
        keys: name of each sequence, [B].
        steps: which event of its sequence is predicted, from 1 on, [B].
        times: time stamp of the event before it, [B]; None without a clock.
        gaps: how long until it comes, in seconds or in units of the clock; None without a clock.
        attributes: what else is predicted of it, by name.
        interval: coverage of the intervals of gaps and numbers.
    """

    target: str
    probabilities: Floats
    types: tuple[str, ...]
    keys: Array
    steps: NDArray[np.int64]
    times: Array | None = None
    gaps: Gaps | None = None
    attributes: Mapping[str, Number | Category] = field(default_factory=dict)
    interval: float = 0.9

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def labels(self) -> Array:
        """The most probable type, [B]."""
        found: Array = np.asarray(self.types)[self.probabilities.argmax(axis=1)]
        return found

    @property
    def levels(self) -> tuple[float, float]:
        """Lower and upper level of the intervals."""
        tail = (1 - self.interval) / 2
        return tail, 1 - tail

    def numbers(self) -> dict[str, Array]:
        """The numbers by name, as golden examples keep them: of gaps the logarithms of quantiles."""
        named: dict[str, Array] = {"probabilities": self.probabilities}
        if self.gaps is not None:
            levels = (*self.levels, MEDIAN)
            named["log_gaps"] = np.stack([np.log1p(self.gaps.quantile(level)) for level in levels], axis=1)
        for name, attribute in self.attributes.items():
            if isinstance(attribute, Category):
                named[f"{name}:probabilities"] = attribute.probabilities
            else:
                named[f"{name}{MEAN}"] = attribute.mean
        return named

    def to_columns(self) -> dict[str, Array]:
        """One row per event: key, step, the time before, type, probabilities, gap and attributes with intervals."""
        columns: dict[str, Array] = {"sequence": self.keys, "step": self.steps}
        if self.times is not None:
            columns["after"] = self.times
        columns[self.target] = self.labels
        for k, name in enumerate(self.types):
            columns[f"probability_{name}"] = self.probabilities[:, k]
        if self.gaps is not None:
            columns["gap"] = self.gaps.quantile(MEDIAN)
            columns |= {_level("gap", level): self.gaps.quantile(level) for level in self.levels}
        for name, attribute in self.attributes.items():
            if isinstance(attribute, Category):
                columns |= {name: attribute.most_probable, f"probability of {name}": attribute.probabilities.max(1)}
            else:
                columns[name] = attribute.mean
                columns |= {_level(name, level): attribute.quantile(level) for level in self.levels}
        return columns


@dataclass(frozen=True)
class EventTruth:
    """What came after each of `B` events, in the units of the data.

    Args:
        types: number of the type; -1: one that the training part does not have, [B].
        gaps: how long it took, NaN where unknown, [B]; None without a clock.
        numbers: number attributes by name, NaN where unknown, [B] each.
        categories: number of the label of each category attribute by name, -1 where unknown, [B] each.
    """

    types: NDArray[np.int64]
    gaps: Floats | None = None
    numbers: Mapping[str, Floats] = field(default_factory=dict)
    categories: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)


def _level(name: str, level: float) -> str:
    return f"{name}_q{round(level * 100):02d}"
