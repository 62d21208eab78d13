"""Parts of sequences as a data set of their own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from seqloom.sequence.dataset import SequenceDataset, spans


class Stretch(NamedTuple):
    """Steps of a sequence that follow each other.

    Args:
        sequence: its place in the data set.
        start: the first step, counted over all sequences.
        stop: the step after the last one.
    """

    sequence: int
    start: int
    stop: int


def stretches(dataset: SequenceDataset, chosen: Sequence[Stretch]) -> SequenceDataset:
    """The data set of these stretches, in this order; columns are copied.

    A sequence of which there are several stretches is told apart by numbers: `pump`, `pump (2)`.

    Args:
        dataset: what they are parts of.
        chosen: the stretches.
    """
    owners = np.array([one.sequence for one in chosen], dtype=np.int64)
    starts, stops = (np.array([one[place] for one in chosen], dtype=np.int64) for place in (1, 2))
    rows = spans(starts, stops)
    return replace(
        dataset,
        offsets=np.concatenate([[0], np.cumsum(stops - starts)]).astype(np.int64),
        steps={name: values[rows] for name, values in dataset.steps.items()},
        statics={name: values[owners] for name, values in dataset.statics.items()},
        keys=np.array(numbered(dataset.keys[owners].tolist()), dtype=object),
        times=None if dataset.times is None else dataset.times[rows],
        rows=rows if dataset.rows is None else dataset.rows[rows],
    )


def numbered(keys: Sequence[object]) -> list[object]:
    """The same names, numbered where one comes again.

    Example:
        >>> numbered(["pump", "fan", "pump"])
        ['pump', 'fan', 'pump (2)']
    """
    met: Counter[object] = Counter()
    names: list[object] = []
    for key in keys:
        met[key] += 1
        names.append(key if met[key] == 1 else f"{key} ({met[key]})")
    return names
