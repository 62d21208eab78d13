"""Which sequences and steps train, validate and test."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.model import SequenceModel
from seqloom.prepare import Split, SplitSettings, split, split_column, whole, without
from seqloom.sequence import SequenceDataset, continued, moment

FEW_LINES = 10
"""Lines below which a text is not cut into parts, where there are other texts."""
FEW_TEXTS = 3
"""Texts that can be dealt out to the three parts."""


@dataclass(frozen=True)
class Parts:
    """A data set to learn from and one to be judged on, each with its split; often the same one twice.

    Args:
        dataset: holds the training and validation parts.
        split: where they are.
        test_dataset: holds the test part.
        test_split: where it is.
    """

    dataset: SequenceDataset
    split: Split
    test_dataset: SequenceDataset
    test_split: Split


def cut(
    model: type[SequenceModel],
    dataset: SequenceDataset,
    test: SequenceDataset | None,
    settings: SplitSettings,
    seed: int,
    *,
    labels: NDArray[np.floating] | None = None,
) -> Parts:
    """Cut a data set into parts; a test set given apart is used as it is.

    Steps of a forecast's test set follow those of the training set, sequence by sequence, so that its first windows
    can look back. Short texts are dealt out whole. A single sequence with a class for each step is cut in time, too.
    Where sequences have several labels, `labels` are these, [S, K]: every part has each of them.
    """
    if model.target_kind == "next" and settings.split is None and _are_short(dataset):
        settings = settings.model_copy(update={"split": "random"})
    alone = model.target_kind == "classes" and dataset.schema.per_step_target and len(dataset) == 1
    if alone:
        note = "there is one sequence: it is cut in time, its last steps are held out"
        dataset = replace(dataset, notes=(*dataset.notes, note))
    by_steps = model.by_steps or alone
    if test is None:
        parts = split(dataset, settings, by_steps=by_steps, seed=seed, labels=labels)
        dataset = _without_split_columns(dataset, settings)
        return Parts(dataset, parts, dataset, parts)
    settings_beside = settings.model_copy(update={"test_size": 0})
    parts = split(dataset, settings_beside, by_steps=by_steps, seed=seed, labels=labels)
    test = _without_split_columns(test, settings)
    return _beside(model, _without_split_columns(dataset, settings), parts, test)


def _are_short(texts: SequenceDataset) -> bool:
    """Whether texts have too few lines to end each in a part of its own, and are enough to be dealt out."""
    return len(texts) >= FEW_TEXTS and int(texts.lengths.min()) < FEW_LINES


def _without_split_columns(dataset: SequenceDataset, settings: SplitSettings) -> SequenceDataset:
    """The column that names the parts is no feature, whether it was followed or not.

    Nor is the one whose values never straddle parts: what it says of the test part was never met.
    """
    group = settings.split_group if settings.split_group in dataset.statics else None
    for column in dict.fromkeys((split_column(dataset, settings), dataset.given_parts, group)):
        dataset = dataset if column is None else without(dataset, column)
    return dataset


def held_out(model: type[SequenceModel], dataset: SequenceDataset, test: SequenceDataset) -> Parts:
    """All of one data set as the training part, all of another as the test part."""
    return _beside(model, dataset, whole(dataset, "train"), test)


def _beside(model: type[SequenceModel], dataset: SequenceDataset, parts: Split, test: SequenceDataset) -> Parts:
    if not model.by_steps:
        return Parts(dataset, parts, test, whole(test, "test"))
    joined = continued(dataset, test)
    _check_order(joined, dataset)
    both = Split(_borders_after(dataset, parts.borders, joined))
    return Parts(joined, both, joined, both)


def _check_order(joined: SequenceDataset, dataset: SequenceDataset) -> None:
    """A sequence of the test set begins after the one it continues."""
    if joined.times is None:
        return
    before = joined.offsets[: len(dataset)] + dataset.lengths - 1
    before = before[before + 1 < joined.offsets[1 : len(dataset) + 1]]
    backward = before[joined.times[before + 1] <= joined.times[before]]
    if len(backward):
        key = joined.keys[joined.sequence_of(int(backward[0]))]
        raise DataError(
            f"{joined.source}, sequence '{key}'",
            expected="a test set that begins after the training set ends",
            came=f"{moment(joined.times[backward[0] + 1])} after {moment(joined.times[backward[0]])}",
            fix="give only the steps that follow",
        )


def _borders_after(dataset: SequenceDataset, borders: NDArray[np.int64], joined: SequenceDataset) -> NDArray[np.int64]:
    """The borders of the parts, moved to where the rows now lie; what was added is the test part."""
    moved = np.repeat(joined.offsets[:-1, None], 4, axis=1)  # [S, 4]
    moved[: len(dataset), :3] += borders[:, :3] - dataset.offsets[:-1, None]
    moved[:, 3] = joined.offsets[1:]
    return moved
