"""Sequences that came in parts, put together."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence.dataset import Array, SequenceDataset
from seqloom.sequence.join import recode, union


def gathered(parts: Sequence[SequenceDataset], owners: Sequence[Sequence[int]]) -> SequenceDataset:
    """One data set of sequences that are scattered over several, column by column: none is held twice as a whole.

    Static columns and names are those of a sequence's last part.

    Args:
        parts: data sets of one schema, at least one; the steps of a sequence in order.
        owners: for each of them, which sequence of the result each of its sequences is a part of, from 0 on.
    """
    whose = np.concatenate([np.asarray(own, dtype=np.int64) for own in owners])
    steps = np.concatenate([np.repeat(own, part.lengths) for own, part in zip(owners, parts, strict=True)])
    order, count = np.argsort(steps, kind="stable"), int(whose.max(initial=-1)) + 1
    last = np.zeros(count, dtype=np.int64)
    last[whose] = np.arange(len(whose))
    first = parts[0]
    categories = {name: union(*(part.categories[name] for part in parts)) for name in first.categories}

    def column(name: str, chosen: NDArray[np.int64]) -> Array:
        found = [part.column(name) for part in parts]
        if name in categories:
            labels = [part.categories[name] for part in parts]
            found = [recode(own, known, categories[name]) for own, known in zip(found, labels, strict=True)]
        return np.concatenate(found)[chosen]

    times = [part.times for part in parts if part.times is not None]
    rows = [part.rows for part in parts if part.rows is not None]
    return replace(
        first,
        offsets=np.concatenate([[0], np.cumsum(np.bincount(steps, minlength=count))]).astype(np.int64),
        steps={name: column(name, order) for name in first.steps},
        statics={name: column(name, last) for name in first.statics},
        keys=np.concatenate([part.keys for part in parts])[last],
        categories=categories,
        times=np.concatenate(times)[order] if len(times) == len(parts) else None,
        rows=np.concatenate(rows)[order] if len(rows) == len(parts) else None,
    )
