"""Ways to share out whole sequences among the parts: numbers 0 (train), 1 (validation), 2 (test) for each."""

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SettingsError
from seqloom.prepare.settings import SplitSettings
from seqloom.prepare.target import coded_labels
from seqloom.sequence import SequenceDataset

TRAIN, VALIDATION, TEST = range(3)


def counts(settings: SplitSettings, total: int, where: str) -> tuple[int, int]:
    """How many of `total` things go to the validation and to the test part; a share above 0 gives at least one.

    Raises:
        DataError: nothing would be left to learn from.
    """
    validation, test = (_count(share, total) for share in (settings.validation_size, settings.test_size))
    if validation + test >= total:
        raise DataError(
            where,
            expected=f"more than {validation + test}, to fill validation ({validation}), test ({test}) and training",
            came=str(total),
            fix="ask for smaller parts or give more data",
        )
    return validation, test


def _count(share: float, total: int) -> int:
    if share >= 1:
        return int(share)
    return max(1, round(share * total)) if share > 0 else 0


def at_random(dataset: SequenceDataset, settings: SplitSettings, generator: np.random.Generator) -> NDArray[np.int64]:
    """Sequences drawn at random, [S]."""
    return _deal(generator.permutation(len(dataset)), settings, f"{dataset.source}, number of sequences")


def by_time(dataset: SequenceDataset, settings: SplitSettings) -> NDArray[np.int64]:
    """The sequences that start last test, those before them validate, [S].

    Raises:
        SettingsError: there is no time column.
    """
    if dataset.times is None:
        raise SettingsError(
            "split 'time'", expected="a time column", came="none", fix="name the time column or choose another split"
        )
    latest_first = np.argsort(dataset.times[dataset.offsets[:-1]], kind="stable")[::-1]
    return _deal(latest_first, settings, f"{dataset.source}, number of sequences")


def by_order(dataset: SequenceDataset, settings: SplitSettings) -> NDArray[np.int64]:
    """The last sequences of the source test, those before them validate, [S]."""
    return _deal(np.arange(len(dataset))[::-1], settings, f"{dataset.source}, number of sequences")


def by_group(dataset: SequenceDataset, settings: SplitSettings, generator: np.random.Generator) -> NDArray[np.int64]:
    """Groups drawn at random, each with all its sequences, [S].

    Raises:
        SettingsError: the group is neither the group column nor a static one.
    """
    name = settings.split_group
    if name is None or name == dataset.schema.group:
        values = dataset.keys
    elif name in dataset.statics:
        values = dataset.statics[name]
    else:
        raise SettingsError(
            f"split_group '{name}'",
            expected=f"the group column or a static column ({', '.join(dataset.statics) or 'there is none'})",
            came=f"'{name}'",
            fix="name one of these columns",
        )
    groups, member = np.unique(values, return_inverse=True)
    named = name or dataset.schema.group
    where = f"{dataset.source}, number of " + ("sequences" if named is None else f"groups in '{named}'")
    return _deal(generator.permutation(len(groups)), settings, where)[member]


def stratified(dataset: SequenceDataset, settings: SplitSettings, generator: np.random.Generator) -> NDArray[np.int64]:
    """Sequences drawn so that every part has the classes in about the same proportion, [S].

    Of each class one sequence stays in training, whatever the shares; the others are lined up class by class and
    taken at equal distances.

    Raises:
        SettingsError: there is no class per sequence.
    """
    targets = dataset.schema.targets
    if len(targets) != 1 or targets[0] not in dataset.statics:
        raise SettingsError(
            "split 'stratified'",
            expected="one target with a class for each sequence",
            came=", ".join(targets) or "no target",
            fix="pass --split random or --split time",
        )
    codes, names = coded_labels(dataset, targets[0])
    labels = np.array([*names, "None"])[codes]
    shuffled = generator.permutation(len(dataset))
    lined_up = shuffled[np.argsort(labels[shuffled], kind="stable")]
    first = np.concatenate([[True], labels[lined_up][1:] != labels[lined_up][:-1]])
    candidates = lined_up[~first]
    validation, test = counts(settings, len(dataset), f"{dataset.source}, number of sequences")
    if validation + test > len(candidates):
        raise DataError(
            f"{dataset.source}, column '{targets[0]}'",
            expected=f"at least {validation + test} sequences beyond one of each class for training",
            came=str(len(candidates)),
            fix="choose a smaller --validation-size and --test-size, or pass --split random",
        )
    assignment = np.full(len(dataset), TRAIN)
    for part, wanted in ((TEST, test), (VALIDATION, validation)):
        left = candidates[assignment[candidates] == TRAIN]
        distance = len(left) / max(1, wanted)
        assignment[left[((np.arange(wanted) + generator.random()) * distance).astype(np.int64)]] = part
    return assignment


def _deal(order: NDArray[np.int64], settings: SplitSettings, where: str) -> NDArray[np.int64]:
    """The first in `order` test, the next validate, the rest train."""
    validation, test = counts(settings, len(order), where)
    assignment = np.full(len(order), TRAIN)
    assignment[order[:test]] = TEST
    assignment[order[test : test + validation]] = VALIDATION
    return assignment
