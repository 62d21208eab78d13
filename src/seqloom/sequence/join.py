"""Putting two data sets of the same columns one after the other."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence.dataset import Array, SequenceDataset, spans


def continued(dataset: SequenceDataset, later: SequenceDataset) -> SequenceDataset:
    """Every sequence of `dataset`, followed by the steps of the sequence of `later` with the same key.

    Sequences only `later` has come last. Static columns keep the value of the first data set that has the sequence.

    Args:
        dataset: what came first.
        later: what follows; of the same schema.
    """
    place = {key: i for i, key in enumerate(later.keys.tolist())}
    known = set(dataset.keys.tolist())
    fresh = np.array([i for i, key in enumerate(later.keys.tolist()) if key not in known], dtype=np.int64)
    follower = np.array([place.get(key, -1) for key in dataset.keys.tolist()], dtype=np.int64)
    rows, lengths = _interleaved(dataset, later, follower, fresh)
    categories = {name: union(labels, later.categories[name]) for name, labels in dataset.categories.items()}

    def column(name: str, of: Mapping[str, Array], then: Mapping[str, Array], chosen: NDArray[np.int64]) -> Array:
        second = then[name]
        if name in categories:
            second = recode(second, later.categories[name], categories[name])
        return np.concatenate([of[name], second])[chosen]

    statics = np.concatenate([np.arange(len(dataset)), len(dataset) + fresh])
    times = None
    if dataset.times is not None and later.times is not None:
        times = np.concatenate([dataset.times, later.times])[rows]
    return replace(
        dataset,
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        steps={name: column(name, dataset.steps, later.steps, rows) for name in dataset.steps},
        statics={name: column(name, dataset.statics, later.statics, statics) for name in dataset.statics},
        keys=np.concatenate([dataset.keys, later.keys[fresh]]),
        categories=categories,
        times=times,
        source=dataset.source if dataset.source == later.source else f"{dataset.source} and {later.source}",
        rows=None,
    )


def _interleaved(
    dataset: SequenceDataset, later: SequenceDataset, follower: NDArray[np.int64], fresh: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of the two data sets laid end to end, in the order of the result, and the length of each sequence."""
    has = follower >= 0
    starts = np.stack([dataset.offsets[:-1], dataset.total_steps + later.offsets[follower]], axis=1)
    stops = np.stack([dataset.offsets[1:], dataset.total_steps + later.offsets[np.where(has, follower + 1, 0)]], axis=1)
    starts[~has, 1] = stops[~has, 1] = 0
    fresh_starts = dataset.total_steps + later.offsets[fresh]
    fresh_stops = dataset.total_steps + later.offsets[fresh + 1]
    rows = spans(np.concatenate([starts.ravel(), fresh_starts]), np.concatenate([stops.ravel(), fresh_stops]))
    lengths = np.concatenate([(stops - starts).sum(axis=1), fresh_stops - fresh_starts])
    return rows, lengths


def union(*vocabularies: tuple[str, ...]) -> tuple[str, ...]:
    """All labels, each once, in the order they are met."""
    return tuple(dict.fromkeys(label for labels in vocabularies for label in labels))


def recode(codes: Array, labels: tuple[str, ...], into: tuple[str, ...]) -> Array:
    """Codes of one vocabulary as codes of another; -1 stays -1."""
    place = {label: code for code, label in enumerate(into)}
    table = np.array([*(place[label] for label in labels), -1], dtype=np.int64)
    recoded: Array = table[codes.astype(np.int64)]
    return recoded
