"""What is to be predicted of an event: its type, the gap before it, and some attributes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SchemaError
from seqloom.prepare.examples import Examples
from seqloom.prepare.features import Features
from seqloom.prepare.following import asked_rows, next_row
from seqloom.prepare.gap_scale import GapScale
from seqloom.sequence import (
    Array,
    Category,
    Column,
    EventPrediction,
    EventShape,
    EventTruth,
    Gaps,
    Number,
    PreparedDataset,
    SequenceDataset,
)


@dataclass(frozen=True)
class EventTargets:
    """The fitted columns of an event that are predicted of the next one; all of them are inputs too.

    Args:
        column: of the types.
        attributes: columns predicted beside it.
        features: the fitted inputs, whose vocabularies and scaling the targets share.
        gap: the scale of gaps; None without a clock.
    """

    column: Column
    attributes: tuple[Column, ...]
    features: Features
    gap: GapScale | None
    per_step: ClassVar[bool] = True

    @classmethod
    def fit(
        cls, dataset: SequenceDataset, spans: NDArray[np.int64], features: Features, names: tuple[str, ...]
    ) -> "EventTargets":
        """Learn from the rows in `spans` [S, 2].

        Args:
            dataset: all parts.
            spans: training rows.
            features: the fitted inputs, the types among them.
            names: the attributes.

        Raises:
            SchemaError: not exactly one column of types per step, or an attribute that is none of the inputs.
            DataError: an event without a type, a single type, or no training event that follows another.
        """
        column = type_column(dataset)
        _refuse_untyped(dataset, column.name)
        if not (spans[:, 1] - spans[:, 0] > 1).any():
            raise DataError(
                f"{dataset.source}, training part",
                expected="a sequence of at least two events",
                came="one event in each",
                fix="name the column that tells sequences apart with --group, or none",
            )
        types = features.categories.vocabularies[column.name]
        if len(types) < 2:  # noqa: PLR2004 - one type leaves nothing to tell apart
            raise DataError(
                f"{dataset.source}, column '{column.name}'",
                expected="at least two types of events in the training part",
                came=f"only '{types[0]}'" if types else "none",
                fix="choose another target or enlarge the training part",
            )
        attributes = tuple(_attribute(dataset, features, column, name) for name in names)
        return cls(column, attributes, features, GapScale.fit(dataset, spans))

    @property
    def columns(self) -> tuple[Column, ...]:
        """The column of types."""
        return (self.column,)

    @property
    def classes(self) -> tuple[str, ...]:
        """The types, in the order of their numbers."""
        return self._labels(self.column)

    @property
    def shape(self) -> EventShape:
        """What is predicted, and where each part stands."""
        return EventShape(
            types=len(self.classes),
            gap=self.gap is not None,
            numbers=tuple(column.name for column in self._numbers),
            categories=tuple(column.name for column in self._categories),
            labels=tuple(len(self._labels(column)) for column in self._categories),
        )

    def attach(self, prepared: PreparedDataset, dataset: SequenceDataset) -> PreparedDataset:
        """The prepared data with gaps among its features, each event's row as history, the next one's as target."""
        rows = self.rows(dataset).astype(np.float32)
        numbers, names, known = prepared.numbers, prepared.number_names, prepared.known
        if self.gap is not None:
            numbers = np.concatenate([numbers, self.gap.inputs(dataset)], axis=1)
            names, known = (*names, *self.shape.names[:2]), np.append(known, [False, False])
        return replace(
            prepared,
            numbers=numbers,
            number_names=names,
            known=known,
            targets=next_row(rows, prepared.offsets),
            history=rows,
            event=self.shape,
        )

    def rows(self, dataset: SequenceDataset) -> NDArray[np.float64]:
        """What each event was, as `EventShape` lays it out, [steps, C]; NaN where it is not known.

        Raises:
            DataError: an event without a type.
        """
        _refuse_untyped(dataset, self.column.name)
        parts = [self._codes(dataset, self.column)[:, None]]
        if self.gap is not None:
            parts.append(self.gap.rows(dataset))
        statistics = self.features.numbers.scaling.locate(dataset.keys)
        member = np.repeat(statistics, dataset.lengths)
        for column in self._numbers:
            center, scale = self._units(column, member)
            parts.append(((dataset.steps[column.name].astype(np.float64) - center) / scale)[:, None])
        parts += [self._codes(dataset, column)[:, None] for column in self._categories]
        return np.concatenate(parts, axis=1)

    def prediction(self, outputs: Mapping[str, Array], examples: Examples, interval: float) -> EventPrediction:
        """Answers in the units of the data.

        Args:
            outputs: one row for each asked event: `probabilities` [E, K]; with a clock `zero` [E] and the mixture of
                scaled logarithms, `weights`, `centers` and `spreads`, [E, M] each; `numbers` and `deviations` [E, n] of
                number attributes in scaled units; `category_0`, ... of category attributes.
            examples: what was asked.
            interval: coverage of the intervals.
        """
        _, rows, owner = asked_rows(examples)
        prepared = examples.prepared
        sequence = examples.sequence[owner]
        keys = prepared.keys[sequence]
        found: dict[str, Number | Category] = {}
        statistics = self.features.numbers.scaling.locate(keys)
        for place, column in enumerate(self._numbers):
            center, scale = self._units(column, statistics)
            mean, deviation = (_double(outputs[name])[:, place] for name in ("numbers", "deviations"))
            found[column.name] = Number(center + scale * mean, scale * deviation)
        for place, column in enumerate(self._categories):
            found[column.name] = Category(_shares(outputs[f"category_{place}"]), self._labels(column))
        return EventPrediction(
            target=self.column.name,
            probabilities=_shares(outputs["probabilities"]),
            types=self.classes,
            keys=keys,
            steps=rows - prepared.offsets[sequence] + 2,
            times=None if prepared.times is None else prepared.times[rows],
            gaps=None if self.gap is None else _gaps(outputs, self.gap),
            attributes={column.name: found[column.name] for column in self.attributes},
            interval=interval,
        )

    def truth(self, examples: Examples) -> EventTruth:
        """What came after each asked event, in the units of the data."""
        _, rows, owner = asked_rows(examples)
        prepared, shape = examples.prepared, self.shape
        known = prepared.targets[rows].astype(np.float64)
        statistics = self.features.numbers.scaling.locate(prepared.keys[examples.sequence[owner]])
        numbers = {}
        for place, column in enumerate(self._numbers, start=shape.first_number):
            center, scale = self._units(column, statistics)
            numbers[column.name] = center + scale * known[:, place]
        return EventTruth(
            types=_numbered(known[:, 0]),
            gaps=None if self.gap is None else self.gap.invert(known[:, 1], known[:, 2]),
            numbers=numbers,
            categories={
                column.name: _numbered(known[:, place])
                for place, column in enumerate(self._categories, start=shape.first_category)
            },
        )

    @property
    def _numbers(self) -> tuple[Column, ...]:
        return tuple(column for column in self.attributes if not column.coded)

    @property
    def _categories(self) -> tuple[Column, ...]:
        return tuple(column for column in self.attributes if column.coded)

    def _labels(self, column: Column) -> tuple[str, ...]:
        return self.features.categories.vocabularies[column.name]

    def _codes(self, dataset: SequenceDataset, column: Column) -> NDArray[np.float64]:
        """Number of each event's label, NaN where it is missing or was not met in training."""
        places = {label: float(place) for place, label in enumerate(self._labels(column))}
        lookup = np.array([*(places.get(label, np.nan) for label in dataset.categories[column.name]), np.nan])
        found: NDArray[np.float64] = lookup[dataset.steps[column.name]]
        return found

    def _units(self, column: Column, rows: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Center and scale of a number attribute, by the row of its statistics."""
        numbers = self.features.numbers
        place = numbers.columns.index(column)
        return numbers.scaling.center[rows, place], numbers.scaling.scale[rows, place]


def type_column(dataset: SequenceDataset) -> Column:
    """The column of types.

    Raises:
        SchemaError: there is none, or another kind of target.
    """
    names = dataset.schema.targets
    column = dataset.schema.column(names[0]) if len(names) == 1 else None
    if column is None or column.kind != "category" or column.name not in dataset.steps:
        came = ", ".join(f"'{name}'" for name in names) or "none"
        raise SchemaError(
            f"{dataset.source}, target",
            expected="one column with the type of each event",
            came=f"{came}{'' if column is None else f', a {column.kind}'}",
            fix="name it with --target; what else is to be predicted of an event with --attributes",
        )
    texts = [each.name for each in dataset.schema.columns if each.kind == "text"]
    if texts:
        raise SchemaError(
            f"{dataset.source}, column '{texts[0]}'",
            expected="numbers or labels of events",
            came="texts",
            fix=f"pass --categories '{texts[0]}' or --ignore '{texts[0]}'",
        )
    return column


def _refuse_untyped(dataset: SequenceDataset, name: str) -> None:
    """An event without a type is none, whatever happens to other missing values."""
    missing = np.flatnonzero(dataset.steps[name] < 0)
    if len(missing):
        where, fix = dataset.place(name, int(missing[0])), "fill the cell, or remove the row"
        raise DataError(where, expected="the type of the event", came="an empty cell", fix=fix)


def _attribute(dataset: SequenceDataset, features: Features, target: Column, name: str) -> Column:
    columns = {column.name: column for column in features.columns if column != target}
    if name not in columns:
        came = "one value per sequence" if name in dataset.statics else f"'{name}'"
        raise SchemaError(
            f"{dataset.source}, attributes",
            expected=f"columns of events: {', '.join(columns) or 'there are none'}",
            came=came,
            fix="name some of them, or leave --attributes out",
        )
    return columns[name]


def _gaps(outputs: Mapping[str, Array], scale: GapScale) -> Gaps:
    """The distribution of gaps from that of their scaled logarithms."""
    return Gaps(
        zero=_double(outputs["zero"]),
        weights=_shares(outputs["weights"]),
        centers=scale.center + scale.scale * _double(outputs["centers"]),
        spreads=scale.scale * _double(outputs["spreads"]),
    )


def _numbered(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Class numbers, -1 where there is none."""
    return np.where(np.isnan(values), -1, values).astype(np.int64)


def _double(values: Array) -> NDArray[np.float64]:
    return values.astype(np.float64)


def _shares(values: Array) -> NDArray[np.float64]:
    """Rows that sum to 1 to the last digit of a double."""
    shares = _double(values)
    found: NDArray[np.float64] = shares / shares.sum(axis=1, keepdims=True)
    return found
