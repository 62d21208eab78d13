"""What is to be predicted: values in scaled units, or the number of a class."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SchemaError
from seqloom.prepare.encode import in_order
from seqloom.prepare.impute import refuse_missing
from seqloom.prepare.numbers import NumberColumns, NumberRules
from seqloom.prepare.settings import PrepareSettings
from seqloom.prepare.table import Table
from seqloom.sequence import Array, Column, RemainingLife, SequenceDataset
from seqloom.sequence import spans as rows_of

Block = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


@dataclass(frozen=True)
class ValueTargets:
    """Fitted targets that are numbers, per step or per sequence.

    A missing value is NaN after preparation whatever the policy: nobody learns from it or is judged by it. Where the
    target's history is an input too, the policy for missing values says what that input is.

    Args:
        numbers: the fitted columns.
        per_step: whether there is a value per step, or one per sequence.
        history: whether the past of the target is an input (forecasts).
        watched: whether the target is an input of its own row, and no row is to tell another (anomalies).
        bounds: lowest and highest value there can be, in the units of the data: of remaining life; None: any.
    """

    numbers: NumberColumns
    per_step: bool
    history: bool
    watched: bool = False
    bounds: tuple[float, float] | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The target columns."""
        return self.numbers.columns

    @classmethod
    def fit(
        cls,
        dataset: SequenceDataset,
        spans: NDArray[np.int64],
        settings: PrepareSettings,
        *,
        history: bool,
        watched: bool = False,
    ) -> "ValueTargets":
        """Learn from the training rows, or sequences where targets are static.

        Args:
            dataset: all parts.
            spans: training rows of the table that holds the targets, [S, 2].
            settings: how to scale, and the policy for missing values.
            history: whether the past of a target per step is an input.
            watched: whether the target is an input of its own row; it need not vary then.

        Raises:
            SchemaError: a target is no number column.
            DataError: a target does not vary in the training part, or has values that cannot be used.
        """
        columns = tuple(dataset.schema.column(name) for name in dataset.schema.targets)
        for column in (column for column in columns if column.kind != "number"):
            raise SchemaError(
                f"{dataset.source}, column '{column.name}'",
                expected="a target of numbers",
                came="categories",
                fix="predict classes of whole sequences, or choose another target",
            )
        per_step = dataset.schema.per_step_target
        table = Table.of_steps(dataset) if per_step else Table.of_statics(dataset)
        if settings.missing == "reject" and not per_step:
            for column in columns:
                refuse_missing(table, column.name, np.flatnonzero(np.isnan(dataset.statics[column.name])))
        rules = target_rules(settings, per_step=per_step, history=history, watched=watched)
        ending = dataset.schema.ending
        bounds = (0.0, float(ending.cap)) if isinstance(ending, RemainingLife) else None
        return cls(NumberColumns.fit(table, spans, columns, rules), per_step, history and per_step, watched, bounds)

    def blocks(self, table: Table) -> Iterator[Block]:
        """For each chunk: targets [n, C], NaN where missing; the same with gaps filled; indicators [n, I]."""
        indicated = [column.name in self.numbers.indicators for column in self.numbers.columns]
        for scaled, missing in self.numbers.blocks(table):
            known = np.where(missing, np.float32(np.nan), scaled)
            yield known, scaled, missing[:, indicated].astype(np.float32)

    def scale(self, values: Array, keys: Array) -> NDArray[np.float64]:
        """Values in the units of the data, [B, ..., C], to scaled units."""
        numbers = np.asarray(values, dtype=np.float64)
        numbers = np.log(numbers) if self.numbers.rules.log else numbers
        return self.numbers.scaling.apply(numbers, self.numbers.scaling.locate(keys))

    def invert(self, values: Array, keys: Array) -> NDArray[np.float64]:
        """Scaled values, [B, ..., C], in the units of the data and within their bounds."""
        numbers = np.asarray(values, dtype=np.float64)
        numbers = self.numbers.scaling.invert(numbers, self.numbers.scaling.locate(keys))
        numbers = np.exp(numbers) if self.numbers.rules.log else numbers
        return numbers if self.bounds is None else np.clip(numbers, *self.bounds)


def target_rules(settings: PrepareSettings, *, per_step: bool, history: bool, watched: bool = False) -> NumberRules:
    """How the settings treat targets."""
    return NumberRules(
        settings.scaling,
        per_step and settings.scale_by == "group",
        settings.missing if per_step and history else "keep",
        settings.target_transform == "log",
        vary=not watched,
    )


@dataclass(frozen=True)
class ClassTargets:
    """A fitted target that is one class, of each sequence or of each step.

    Args:
        column: the target column.
        classes: its labels in the training part, in the order of their numbers.
        per_step: whether there is a label per step, or one per sequence.
    """

    column: Column
    classes: tuple[str, ...]
    per_step: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """The target column."""
        return (self.column,)

    @classmethod
    def fit(cls, dataset: SequenceDataset, spans: NDArray[np.int64], *, complete: bool) -> "ClassTargets":
        """Learn the labels of the training rows, or sequences where the target is static.

        Args:
            dataset: all parts.
            spans: training rows of the table that holds the target, [S, 2].
            complete: whether a row without a label is refused.

        Raises:
            SchemaError: not exactly one target column.
            DataError: fewer than two classes, or a missing label.
        """
        names = dataset.schema.targets
        if len(names) != 1:
            raise SchemaError(
                f"{dataset.source}, target",
                expected="one column of labels",
                came=", ".join(names) or "none",
                fix="name one, or pass --task label where each column is a label that a sequence has or not",
            )
        (name,) = names
        per_step = dataset.schema.per_step_target
        table = Table.of_steps(dataset) if per_step else Table.of_statics(dataset)
        codes, labels = coded_labels(dataset, name)
        if complete:
            refuse_missing(table, name, np.flatnonzero(codes < 0))
        trained = codes[rows_of(spans[:, 0], spans[:, 1])]
        classes = in_order(labels[code] for code in np.unique(trained[trained >= 0]))
        if len(classes) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
            raise DataError(
                f"{dataset.source}, column '{name}'",
                expected="at least two classes in the training part",
                came=f"only '{classes[0]}'" if classes else "none",
                fix="choose another target or enlarge the training part",
            )
        return cls(dataset.schema.column(name), classes, per_step)

    def numbers(self, dataset: SequenceDataset) -> NDArray[np.int64]:
        """Class number of each sequence, [S], or of each step, [steps]; -1 where there is no label.

        A step with a label that the training part does not have is -2: nobody learns from it, and whoever is judged by
        it is mistaken.

        Raises:
            DataError: a sequence with a label that the training part does not have.
        """
        codes, labels = coded_labels(dataset, self.column.name)
        places = {label: place for place, label in enumerate(self.classes)}
        numbers = np.array([*(places.get(label, UNSEEN) for label in labels), -1], dtype=np.int64)[codes]
        if (numbers == UNSEEN).any() and not self.per_step:
            row = int(np.argmax(numbers == UNSEEN))
            raise DataError(
                Table.of_statics(dataset).place(self.column.name, row),
                expected=f"one of the {len(self.classes)} classes of the training part",
                came=repr(labels[codes[row]]),
                fix="correct the label or leave the sequence out",
            )
        return numbers


UNSEEN = -2
"""Stands for a label that the training part does not have; -1 for none."""


def coded_labels(dataset: SequenceDataset, name: str) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """The labels of a column as codes, -1 where one is missing, and what they stand for.

    Numbers are labels, too; whole ones are written without a point.
    """
    values = dataset.column(name)
    if dataset.schema.column(name).coded:
        return np.asarray(values, dtype=np.int64), dataset.categories[name]
    known = np.isfinite(values)
    different, codes = np.unique(values[known], return_inverse=True)
    places = np.full(len(values), -1, dtype=np.int64)
    places[known] = codes
    return places, tuple(f"{value:.15g}" for value in different.tolist())
