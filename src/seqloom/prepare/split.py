"""The training, validation and test part of a data set."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SchemaError, SettingsError
from seqloom.prepare import assign
from seqloom.prepare.assign_labels import by_labels
from seqloom.prepare.settings import SplitSettings
from seqloom.sequence import SequenceDataset, Starts, spans

Part = Literal["train", "validation", "test"]
PARTS: tuple[Part, ...] = ("train", "validation", "test")

WORDS: dict[str, int] = {"train": 0, "training": 0, "validation": 1, "valid": 1, "val": 1, "dev": 1, "test": 2}
"""What a column may call the parts, in any case."""

UNUSED = -1


@dataclass(frozen=True)
class Split:
    """Which rows belong to which part.

    Args:
        borders: absolute row positions `b0 <= b1 <= b2 <= b3` for each sequence, int64, [S, 4]: rows `b0` to `b1` are
            learned from, `b1` to `b2` validate, `b2` to `b3` test. A sequence wholly in one part has the others empty.
    """

    borders: NDArray[np.int64]

    def spans(self, part: Part) -> NDArray[np.int64]:
        """First row and end of a part in each sequence, [S, 2]."""
        place = PARTS.index(part)
        return self.borders[:, place : place + 2]

    def moved(self, starts: Starts | None) -> "Split":
        """The same parts where each row has become several.

        Args:
            starts: where the steps of each row begin, and where the last ones end; None: rows are where they were.
        """
        return self if starts is None else Split(starts[self.borders])

    def rows(self, part: Part) -> NDArray[np.int64]:
        """Positions of the rows of a part, increasing."""
        bounds = self.spans(part)
        return spans(bounds[:, 0], bounds[:, 1])

    def sequences(self, part: Part) -> NDArray[np.int64]:
        """Indices of the sequences with at least one row in a part."""
        bounds = self.spans(part)
        return np.flatnonzero(bounds[:, 1] > bounds[:, 0])


def whole(dataset: SequenceDataset, part: Part) -> Split:
    """All rows in one part."""
    return _of_sequences(dataset, np.full(len(dataset), PARTS.index(part)))


def split(
    dataset: SequenceDataset,
    settings: SplitSettings,
    *,
    by_steps: bool,
    seed: int,
    labels: NDArray[np.floating] | None = None,
) -> Split:
    """Cut a data set into its parts; the same seed gives the same parts.

    Args:
        dataset: all the data.
        settings: how to cut and how much. Shares count the steps of each sequence when steps are cut, sequences
            otherwise, and groups when a group must not straddle parts. A share above 0 gives at least one.
        by_steps: whether each sequence is cut in time (forecasts) unless the settings say otherwise; else whole
            sequences go to parts.
        seed: what the choice of sequences depends on.
        labels: 1 where a sequence has a label, [S, K], where it may have several; None: targets are none.

    Raises:
        SettingsError: shares that leave nothing to learn from, or a cut that this data set does not allow.
        DataError: a part would be empty.
    """
    column = split_column(dataset, settings)
    if column is not None:
        return _by_column(dataset, column)
    _check(settings)
    generator = np.random.default_rng(seed)
    match _way(dataset, settings, by_steps=by_steps, labels=labels is not None):
        case "time" if by_steps:
            return _of_steps(dataset, settings)
        case "time":
            assignment = assign.by_time(dataset, settings)
        case "order":
            assignment = assign.by_order(dataset, settings)
        case "group":
            assignment = assign.by_group(dataset, settings, generator)
        case "stratified" if labels is not None:
            assignment = by_labels(labels, settings, generator, f"{dataset.source}, number of sequences")
        case "stratified":
            assignment = assign.stratified(dataset, settings, generator)
        case _:
            assignment = assign.at_random(dataset, settings, generator)
    return _of_sequences(dataset, assignment)


def split_column(dataset: SequenceDataset, settings: SplitSettings) -> str | None:
    """The column that says the parts: the one the settings name, or that of a source that came cut into parts.

    Who chooses another way to cut has chosen against the parts that were given.
    """
    if settings.split_column is not None or settings.split is not None or settings.split_group is not None:
        return settings.split_column
    return dataset.given_parts


def without(dataset: SequenceDataset, column: str) -> SequenceDataset:
    """The data set without one column, which the schema then ignores: for a column that only said the split."""
    schema = dataset.schema
    kept = tuple(one for one in schema.columns if one.name != column)
    return replace(
        dataset,
        schema=schema.model_copy(update={"columns": kept, "ignored": (*schema.ignored, column)}),
        steps={name: values for name, values in dataset.steps.items() if name != column},
        statics={name: values for name, values in dataset.statics.items() if name != column},
        categories={name: labels for name, labels in dataset.categories.items() if name != column},
        given_parts=None if dataset.given_parts == column else dataset.given_parts,
    )


def _check(settings: SplitSettings) -> None:
    shares = [share for share in (settings.validation_size, settings.test_size) if share < 1]
    if sum(shares) >= 1:
        raise SettingsError(
            "validation and test",
            expected="shares that leave something to learn from",
            came=f"{settings.validation_size:g} and {settings.test_size:g}",
            fix="choose shares that sum to less than 1",
        )
    if settings.split_group is not None and settings.split not in (None, "group"):
        raise SettingsError(
            f"split_group '{settings.split_group}'",
            expected="split 'group'",
            came=f"'{settings.split}'",
            fix="leave one of the two out",
        )


def _way(dataset: SequenceDataset, settings: SplitSettings, *, by_steps: bool, labels: bool) -> str:
    if settings.split_group is not None:
        return "group"
    if settings.split is not None:
        return settings.split
    if by_steps:
        return "time"
    if labels:
        return "stratified"
    targets = dataset.schema.targets
    classes = len(targets) == 1 and targets[0] in dataset.statics
    return "stratified" if classes and dataset.schema.column(targets[0]).kind == "category" else "random"


def _of_sequences(dataset: SequenceDataset, assignment: NDArray[np.int64]) -> Split:
    """Each sequence wholly in the part with its number, [S]; `UNUSED`: in none."""
    first, end = dataset.offsets[:-1], dataset.offsets[1:]
    inner = [np.where(assignment < part, end, first) for part in (1, 2)]
    last = np.where(assignment == UNUSED, first, end)
    return Split(np.stack([first, *(np.minimum(border, last) for border in inner), last], axis=1))


def _of_steps(dataset: SequenceDataset, settings: SplitSettings) -> Split:
    """Each sequence cut in time: its last steps test, those before them validate."""
    lengths, place = np.unique(dataset.lengths, return_inverse=True)
    shares = np.empty((len(lengths), 2), dtype=np.int64)
    for row, length in enumerate(lengths):
        key = dataset.keys[int(np.argmax(place == row))]
        shares[row] = assign.counts(settings, int(length), f"{dataset.source}, steps of sequence '{key}'")
    validation, test = shares[place].T
    first, end = dataset.offsets[:-1], dataset.offsets[1:]
    return Split(np.stack([first, end - test - validation, end - test, end], axis=1))


def _by_column(dataset: SequenceDataset, name: str) -> Split:
    """The parts a column names, for each step or each sequence; cells left empty belong to no part."""
    if name not in dataset.categories:
        raise SchemaError(
            f"{dataset.source}, split_column '{name}'",
            expected="a column that says train, validation or test",
            came="no such column" if name not in dataset.schema.names() else "a column of numbers",
            fix="name the column, and do not ignore it",
        )
    words = [WORDS.get(label.strip().lower(), len(PARTS)) for label in dataset.categories[name]]
    parts = np.array([*words, UNUSED])[dataset.column(name)]
    static = name in dataset.statics
    _refuse_words(dataset, name, np.flatnonzero(parts == len(PARTS)), static=static)
    result = _of_sequences(dataset, parts) if static else _of_marks(dataset, name, parts)
    if not len(result.sequences("train")):
        raise DataError(
            f"{dataset.source}, column '{name}'", expected="rows that say train", came="none", fix="mark some rows"
        )
    return result


def _refuse_words(dataset: SequenceDataset, name: str, bad: NDArray[np.int64], *, static: bool) -> None:
    if len(bad):
        label = dataset.categories[name][int(dataset.column(name)[bad[0]])]
        step = int(dataset.offsets[bad[0]]) if static else int(bad[0])
        raise DataError(
            dataset.place(name, step), expected="train, validation or test", came=repr(label), fix="correct the cell"
        )


def _of_marks(dataset: SequenceDataset, name: str, parts: NDArray[np.int64]) -> Split:
    """The borders of parts marked step by step; within a sequence they must follow one another in time."""
    used = np.flatnonzero(parts != UNUSED)
    sequence = np.searchsorted(dataset.offsets, used, side="right") - 1
    same = sequence[1:] == sequence[:-1]
    disorder = same & ((parts[used[1:]] < parts[used[:-1]]) | (np.diff(used) > 1))
    if disorder.any():
        row = int(used[1:][disorder][0])
        raise DataError(
            dataset.place(name, row),
            expected="train, then validation, then test within a sequence, without gaps",
            came=f"{PARTS[parts[row]]} after {PARTS[parts[used[np.searchsorted(used, row) - 1]]]}",
            fix="order the parts in time, or split by group",
        )
    sizes = np.stack([np.bincount(sequence[parts[used] == part], minlength=len(dataset)) for part in range(3)], axis=1)
    first = dataset.offsets[:-1].copy()
    opening = np.concatenate([[True], ~same])[: len(used)]
    first[sequence[opening]] = used[opening]
    return Split(
        first[:, None] + np.concatenate([np.zeros((len(dataset), 1), np.int64), np.cumsum(sizes, axis=1)], axis=1)
    )
