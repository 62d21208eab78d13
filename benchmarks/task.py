"""What a benchmark task is: data, protocol, recipe, target, and what others reached."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seqloom.estimators import Fitted
from seqloom.sequence import SequenceDataset

MODEL = "model"
"""The name of the model among the metrics; every other name is an alternative."""

Metrics = dict[str, dict[str, float]]
"""Metrics by name, of the model and of each alternative."""


@dataclass(frozen=True)
class Data:
    """The data of a task.

    Args:
        dataset: to learn from; the test part is cut from it where none is given apart.
        test: the test set, where it is given apart.
    """

    dataset: SequenceDataset
    test: SequenceDataset | None = None


@dataclass(frozen=True)
class Target:
    """What a task must reach, as the mean over all seeds.

    Args:
        metric: which metric.
        value: the value to reach.
        stretch: the value that would surprise.
        higher: whether higher is better.
    """

    metric: str
    value: float
    stretch: float | None = None
    higher: bool = False

    def reached(self, value: float, by: float | None = None) -> bool:
        """Whether a value reaches the target, or `by` instead of it."""
        wanted = self.value if by is None else by
        return value >= wanted if self.higher else value <= wanted


@dataclass(frozen=True)
class Reference:
    """What others published.

    Args:
        name: of the method.
        source: short citation.
        metrics: by the names used here.
    """

    name: str
    source: str
    metrics: Mapping[str, float]


def measured(fitted: Fitted) -> Metrics:
    """The judgement on the test part, in the units of the data."""
    return {name: dict(row) for name, row in fitted.judged.judgement.metrics.items()}


def measured_scaled(fitted: Fitted) -> Metrics:
    """The judgement on the test part, in the scaled units of the training part."""
    return {name: dict(row) for name, row in fitted.judged.judgement.scaled.items()}


@dataclass(frozen=True)
class Task:
    """One benchmark.

    Args:
        name: of the folder of its runs, and on the command line.
        title: heading on the page.
        protocol: one sentence: which data, which split, which metric.
        files: data files it needs, relative to the folder of data sets.
        load: reads them, given that folder.
        settings: the recipe, flat, as on the command line; the seed is added to it.
        target: what must be reached.
        references: what others published.
        metrics: which metrics the page shows, in order.
        seeds: seeds of a full measurement.
        measure: metrics of a finished fit.
    """

    name: str
    title: str
    protocol: str
    files: tuple[str, ...]
    load: Callable[[Path], Data]
    settings: Mapping[str, Any]
    target: Target
    references: tuple[Reference, ...]
    metrics: tuple[str, ...]
    seeds: tuple[int, ...] = (0, 1, 2)
    measure: Callable[[Fitted], Metrics] = measured

    def missing(self, folder: Path) -> tuple[str, ...]:
        """The files that are not in the folder of data sets."""
        return tuple(name for name in self.files if not (folder / name).exists())
