"""Targets that are any number of labels for each sequence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SchemaError
from seqloom.prepare.encode import in_order
from seqloom.prepare.impute import refuse_missing
from seqloom.prepare.table import Table
from seqloom.prepare.target import coded_labels
from seqloom.sequence import BETWEEN, Column, SequenceDataset

Matrix = NDArray[np.float32]

TRUTHS: Mapping[str, float] = MappingProxyType({"0": 0.0, "1": 1.0, "false": 0.0, "true": 1.0})
"""What the cells of a column of one label may say, in any case."""


@dataclass(frozen=True)
class LabelTargets:
    """Fitted targets that are labels, of which a sequence has any number.

    They stand in the cells of one column, with a separator between them, or in one column each, of 0 and 1. In cells
    an empty one has no labels; in columns an empty cell says that it is not known whether the sequence has the label.

    Args:
        columns: the target columns.
        classes: the labels in the training part, in order; of columns their names.
        separator: what stands between the labels of a cell; None: each column is a label.
    """

    columns: tuple[Column, ...]
    classes: tuple[str, ...]
    separator: str | None = None

    per_step = False

    @classmethod
    def fit(
        cls, dataset: SequenceDataset, sequences: NDArray[np.int64], separator: str | None, *, complete: bool
    ) -> "LabelTargets":
        """Learn the labels of the training part.

        Args:
            dataset: all parts.
            sequences: those of the training part.
            separator: what stands between the labels of a cell; None: each column is a label.
            complete: whether an empty cell in a column of one label is refused.

        Raises:
            SchemaError: columns that cannot hold labels.
            DataError: no label, one that all or none of the training part have, or a missing one.
        """
        found, names = labels_of(dataset, separator)
        if complete and separator is None:
            for place, name in enumerate(names):
                refuse_missing(Table.of_statics(dataset), name, np.flatnonzero(np.isnan(found[:, place])))
        trained = found[sequences]
        there = np.nansum(trained, axis=0)
        classes = names if separator is None else tuple(np.array(names, dtype=object)[there > 0])
        if not classes:
            where = f"{dataset.source}, column '{dataset.schema.targets[0]}'"
            raise DataError(where, expected="labels in the training part", came="none", fix="choose another target")
        _refuse_constant(dataset, trained[:, [names.index(name) for name in classes]], classes)
        return cls(tuple(dataset.schema.column(name) for name in dataset.schema.targets), classes, separator)

    @property
    def between(self) -> str:
        """What stands between labels that are written in one cell."""
        return self.separator or BETWEEN

    def numbers(self, dataset: SequenceDataset) -> Matrix:
        """1 where a sequence has a label, 0 where not, NaN where that is not known, [S, K].

        Raises:
            DataError: a label that the training part does not have.
        """
        found, names = labels_of(dataset, self.separator)
        new = [place for place, name in enumerate(names) if name not in self.classes]
        rows = np.flatnonzero((found[:, new] == 1).any(axis=1))
        if len(rows):
            row = int(rows[0])
            label = next(names[place] for place in new if found[row, place] == 1)
            raise DataError(
                Table.of_statics(dataset).place(self.columns[0].name, row),
                expected=f"labels among the {len(self.classes)} of the training part",
                came=repr(label),
                fix="correct the cell, or leave the label out of it",
            )
        places = {name: place for place, name in enumerate(names)}
        known = self.separator is None or _any_cell(dataset, self.columns[0].name)
        matrix = np.full((len(dataset), len(self.classes)), 0.0 if known else np.nan, dtype=np.float32)
        for k, name in enumerate(self.classes):
            if name in places:
                matrix[:, k] = found[:, places[name]]
        return matrix


def labels_of(dataset: SequenceDataset, separator: str | None) -> tuple[Matrix, tuple[str, ...]]:
    """All labels of a data set: 1, 0, or NaN where unknown, [S, K], and their names.

    Raises:
        SchemaError: targets with a value per step, several columns beside a separator, or one without.
        DataError: a cell of a column of one label that says something else than 0 or 1.
    """
    names, schema = dataset.schema.targets, dataset.schema
    where = f"{dataset.source}, target"
    if not names or schema.per_step_target:
        came = "values per step" if names else "none"
        raise SchemaError(where, expected="labels of each sequence", came=came, fix="name their columns as the target")
    if separator is None:
        if len(names) == 1 and _other_words(dataset, names[0]):
            came, fix = f"the column '{names[0]}' alone", "pass --label-separator '|', or what stands there"
            raise SchemaError(where, expected="what stands between labels", came=came, fix=fix)
        return np.stack([_truths(dataset, name) for name in names], axis=1), names
    if len(names) > 1:
        fix = "leave label_separator out: each column of 0 and 1 is a label"
        raise SchemaError(where, expected="one column of labels", came=", ".join(names), fix=fix)
    codes, cells = coded_labels(dataset, names[0])
    sets = [parts(cell, separator) for cell in cells]
    labels = in_order({label for own in sets for label in own})
    places = {label: place for place, label in enumerate(labels)}
    table = np.zeros((len(cells) + 1, len(labels)), dtype=np.float32)  # the last row stands for an empty cell
    for row, own in enumerate(sets):
        table[row, [places[label] for label in own]] = 1
    return table[codes], labels


def parts(cell: str, separator: str) -> tuple[str, ...]:
    """The labels of a cell, each once, without the blanks around them.

    Example:
        >>> parts("comedy | drama||comedy", "|")
        ('comedy', 'drama')
    """
    return tuple(dict.fromkeys(part.strip() for part in cell.split(separator) if part.strip()))


def _any_cell(dataset: SequenceDataset, name: str) -> bool:
    """Whether any cell has labels: a column without one stands for a column that is not there."""
    return bool((coded_labels(dataset, name)[0] >= 0).any())


def _other_words(dataset: SequenceDataset, name: str) -> bool:
    """Whether a column holds labels that say neither yes nor no."""
    return any(word.lower() not in TRUTHS for word in dataset.categories.get(name, ()))


def _truths(dataset: SequenceDataset, name: str) -> Matrix:
    """A column of one label: 1, 0, or NaN where a cell is empty, [S].

    Raises:
        DataError: a cell that says something else.
    """
    codes, words = coded_labels(dataset, name)
    values = np.array([*(TRUTHS.get(word.lower(), -1.0) for word in words), np.nan], dtype=np.float32)[codes]
    bad = np.flatnonzero(values < 0)
    if len(bad):
        raise DataError(
            Table.of_statics(dataset).place(name, int(bad[0])),
            expected="0 or 1, false or true",
            came=repr(words[codes[bad[0]]]),
            fix="correct the cell, or predict the column by itself",
        )
    return values


def _refuse_constant(dataset: SequenceDataset, trained: Matrix, classes: Iterable[str]) -> None:
    """Stop at a label that all or none of the training part have: there is nothing to tell apart."""
    for place, name in enumerate(classes):
        known = trained[np.isfinite(trained[:, place]), place]
        if len(known) and 0 < known.sum() < len(known):
            continue
        raise DataError(
            f"{dataset.source}, label '{name}'",
            expected="sequences with it and without it in the training part",
            came=f"{int(known.sum())} of {len(known)} with it",
            fix="leave the label out or enlarge the training part",
        )
