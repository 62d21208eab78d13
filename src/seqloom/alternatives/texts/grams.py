"""Texts as counts of their tokens, and of pairs of neighbours."""

import numpy as np

from seqloom.alternatives.sparse import Sparse
from seqloom.prepare import Examples, covered_rows

COLUMNS = 1 << 18
"""Columns that pairs share by the remainder of their number."""
SPREAD = 1_000_003
"""A prime: pairs of frequent tokens do not fall into the same columns."""


def grams(examples: Examples) -> Sparse:
    """How often each token, and each pair of neighbours, comes in each text, [E, tokens + pairs].

    Args:
        examples: of texts.
    """
    prepared = examples.prepared
    if prepared.text is None:
        raise ValueError("expected texts, came sequences without")
    lengths = examples.stop - examples.start
    owner = np.repeat(np.arange(len(lengths)), lengths)
    tokens = prepared.codes[covered_rows(examples), prepared.text].astype(np.int64)
    inside = np.flatnonzero(owner[1:] == owner[:-1])
    size = prepared.code_sizes[prepared.text]
    pairs = size + (tokens[inside] * SPREAD + tokens[inside + 1]) % COLUMNS
    rows, columns = np.concatenate([owner, owner[inside]]), np.concatenate([tokens, pairs])
    return Sparse.counted(rows, columns, (len(lengths), size + COLUMNS))
