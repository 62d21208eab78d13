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
from seqloom.sequence import Array, Column, SequenceDataset

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
    """

    numbers: NumberColumns
    per_step: bool
    history: bool

    @property
    def columns(self) -> tuple[Column, ...]:
        """The target columns."""
        return self.numbers.columns

    @classmethod
    def fit(
        cls, dataset: SequenceDataset, spans: NDArray[np.int64], settings: PrepareSettings, *, history: bool
    ) -> "ValueTargets":
        """Learn from the training rows, or sequences where targets are static.

        Args:
            dataset: all parts.
            spans: training rows of the table that holds the targets, [S, 2].
            settings: how to scale, and the policy for missing values.
            history: whether the past of a target per step is an input.

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
        rules = target_rules(settings, per_step=per_step, history=history)
        return cls(NumberColumns.fit(table, spans, columns, rules), per_step, history and per_step)

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
        """Scaled values, [B, ..., C], in the units of the data."""
        numbers = np.asarray(values, dtype=np.float64)
        numbers = self.numbers.scaling.invert(numbers, self.numbers.scaling.locate(keys))
        return np.exp(numbers) if self.numbers.rules.log else numbers


def target_rules(settings: PrepareSettings, *, per_step: bool, history: bool) -> NumberRules:
    """How the settings treat targets."""
    return NumberRules(
        settings.scaling,
        per_step and settings.scale_by == "group",
        settings.missing if per_step and history else "keep",
        settings.target_transform == "log",
        vary=True,
    )


@dataclass(frozen=True)
class ClassTargets:
    """A fitted target that is one class for each sequence.

    Args:
        column: the target column.
        classes: its labels in the training part, in the order of their numbers.
    """

    column: Column
    classes: tuple[str, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The target column."""
        return (self.column,)

    @classmethod
    def fit(cls, dataset: SequenceDataset, trained: NDArray[np.bool_], *, complete: bool) -> "ClassTargets":
        """Learn the labels of the training sequences.

        Args:
            dataset: all parts.
            trained: which sequences are in the training part, [S].
            complete: whether a sequence without a label is refused.

        Raises:
            SchemaError: not exactly one target column, or one with a label per step.
            DataError: fewer than two classes, or a missing label.
        """
        names = dataset.schema.targets
        if len(names) != 1 or names[0] not in dataset.statics:
            raise SchemaError(
                f"{dataset.source}, target",
                expected="one column with one label for each sequence",
                came=f"{', '.join(names) or 'none'}{' per step' if dataset.schema.per_step_target else ''}",
                fix="name one target that is constant within each sequence",
            )
        labels = class_labels(dataset, names[0])
        missing = np.array([label is None for label in labels], dtype=np.bool_)
        if complete:
            refuse_missing(Table.of_statics(dataset), names[0], np.flatnonzero(missing))
        classes = in_order({str(label) for label in labels[trained & ~missing]})
        if len(classes) < 2:  # noqa: PLR2004 - one class leaves nothing to tell apart
            raise DataError(
                f"{dataset.source}, column '{names[0]}'",
                expected="at least two classes in the training part",
                came=f"only '{classes[0]}'" if classes else "none",
                fix="choose another target or enlarge the training part",
            )
        return cls(dataset.schema.column(names[0]), classes)

    def numbers(self, dataset: SequenceDataset) -> NDArray[np.int64]:
        """Class number of each sequence, [S]; -1 where it has no label.

        Raises:
            DataError: a label that the training part does not have.
        """
        places: dict[str | None, int] = {label: place for place, label in enumerate(self.classes)}
        places[None] = -1
        labels = class_labels(dataset, self.column.name)
        for sequence, label in enumerate(labels):
            if label not in places:
                raise DataError(
                    Table.of_statics(dataset).place(self.column.name, sequence),
                    expected=f"one of the {len(self.classes)} classes of the training part",
                    came=repr(label),
                    fix="correct the label or leave the sequence out",
                )
        return np.array([places[label] for label in labels], dtype=np.int64)


def class_labels(dataset: SequenceDataset, name: str) -> Array:
    """The label of each sequence in a static column, as text, or None; whole numbers are written without a point."""
    values = dataset.statics[name]
    if dataset.schema.column(name).kind == "category":
        return np.array([*dataset.categories[name], None], dtype=object)[values]
    return np.array([None if np.isnan(value) else f"{value:.15g}" for value in values.tolist()], dtype=object)
