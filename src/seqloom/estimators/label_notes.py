"""What is noticed about labels in cells, before anything is learned from them."""

from dataclasses import replace

import numpy as np

from seqloom.prepare import PrepareSettings, labels_of
from seqloom.sequence import SequenceDataset


def with_label_notes(dataset: SequenceDataset, settings: PrepareSettings) -> SequenceDataset:
    """The data set with notes of cells without a label, and of a separator that parts nothing.

    Args:
        dataset: the data as it was read.
        settings: `label_separator`.

    Raises:
        InputError: its targets are no labels.
    """
    separator = settings.label_separator
    if separator is None:
        return dataset
    labels, _ = labels_of(dataset, separator)
    counts, name, notes = labels.sum(axis=1), dataset.schema.targets[0], []
    if not (counts > 1).any():
        question = "is it what stands between them? One label each is --task classify"
        notes.append(f"no cell of '{name}' has several labels by the separator {separator!r}: {question}")
    empty = int(np.count_nonzero(counts == 0))
    if empty:
        notes.append(f"{empty:,} of {len(counts):,} cells of '{name}' are empty: sequences without a label")
    return replace(dataset, notes=(*dataset.notes, *notes))
