"""Steps that hold the same values, found without comparing each with each."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import SequenceDataset

Prints = NDArray[np.uint64]
LONGEST = 32
"""Steps in a row that are alike by no accident."""
_ODD = np.uint64(0x9E3779B97F4A7C15)


def prints(dataset: SequenceDataset, columns: Collection[str], labels: dict[str, int]) -> Prints:
    """A number for each step that is the same where all of its values are, [T].

    Numbers count as float32, so that how they were stored makes no difference.

    Args:
        dataset: the steps.
        columns: the step columns that count.
        labels: the numbers of labels so far; those that are new are added.
    """
    found = np.zeros(dataset.total_steps, dtype=np.uint64)
    for name in sorted(columns):
        values = dataset.steps[name]
        if name in dataset.categories:
            places = [labels.setdefault(label, len(labels) + 1) for label in dataset.categories[name]]
            bits = np.array([*places, 0], dtype=np.uint64)[values]
        else:
            plain = np.where(np.isnan(values), np.float32(np.nan), values).astype(np.float32) + np.float32(0)
            bits = plain.view(np.uint32).astype(np.uint64)
        found = _mixed(found * _ODD + bits)
    return found


def runs(found: Prints, length: int) -> Prints:
    """A number for each step that is the same where as many steps from there on are, [T - length + 1].

    Args:
        found: of the steps.
        length: how many steps, at least 1.
    """
    count = max(0, len(found) - length + 1)
    total = np.zeros(count, dtype=np.uint64)
    for step in range(length):
        total = total * _ODD + found[step : step + count]
    return _mixed(total)


def varies(found: Prints, length: int) -> NDArray[np.bool_]:
    """Whether steps from there on differ at all, [T - length + 1]: what rests looks like everything that rests."""
    count = max(0, len(found) - length + 1)
    changes = np.concatenate([[0], np.cumsum(found[1:] != found[:-1])]) if len(found) else np.zeros(0)
    return np.asarray(changes[length - 1 : length - 1 + count] > changes[:count])


def _mixed(numbers: Prints) -> Prints:
    """Every bit depends on every bit (Steele, Lea and Flood, "Fast splittable generators", OOPSLA 2014)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
