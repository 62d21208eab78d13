"""Texts as they were given, beside the tokens they became."""

from collections.abc import Mapping

import numpy as np

from seqloom.sequence import Array, SequenceDataset


def whole_texts(dataset: SequenceDataset) -> Mapping[str, Array]:
    """The texts of every column that has one for each sequence.

    Args:
        dataset: before its texts are unfolded.

    Returns:
        The text of each sequence, None where it is missing, by the name of the column, [S] each.
    """
    whole = {}
    for column in dataset.schema.columns:
        codes = dataset.column(column.name)
        alone = column.name in dataset.statics or bool((dataset.lengths == 1).all())
        if column.kind == "text" and alone:
            labels = np.array([*dataset.categories.get(column.name, ()), None], dtype=object)
            whole[column.name] = labels[codes]
    return whole
