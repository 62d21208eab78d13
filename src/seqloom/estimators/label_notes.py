"""What is noticed about labels in cells, before anything is learned from them."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import SequenceDataset


def with_label_notes(dataset: SequenceDataset, labels: NDArray[np.floating], separator: str | None) -> SequenceDataset:
    """The data set with notes of cells without a label, and of a separator that parts nothing.

    Args:
        dataset: the data as it was read.
        labels: 1 where a sequence has a label, [S, K].
        separator: what stands between those of a cell; None: each label has a column, and there is nothing to say.
    """
    if separator is None:
        return dataset
    counts, name, notes = labels.sum(axis=1), dataset.schema.targets[0], []
    if not (counts > 1).any():
        question = "is it what stands between them? One label each is --task classify"
        notes.append(f"no cell of '{name}' has several labels by the separator {separator!r}: {question}")
    empty = int(np.count_nonzero(counts == 0))
    if empty:
        notes.append(f"{empty:,} of {len(counts):,} cells of '{name}' are empty: sequences without a label")
    return replace(dataset, notes=(*dataset.notes, *notes))
