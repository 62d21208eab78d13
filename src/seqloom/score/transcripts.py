"""Metrics of transcripts: how many characters and words stand otherwise than in the truth."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.loss import check_shapes
from seqloom.score.edits import edits

Floats = NDArray[np.float64]


def character_errors(texts: Sequence[str], truth: Sequence[str]) -> Floats:
    """Characters to be changed, left out or put in, of each text; NaN where the truth is empty, [E]."""
    check_shapes((len(texts),), (len(truth),))
    pairs = zip(texts, truth, strict=True)
    return np.array([edits(text, true).distance if true else np.nan for text, true in pairs], dtype=np.float64)


def word_errors(texts: Sequence[str], truth: Sequence[str]) -> Floats:
    """The same for words, which spaces part."""
    check_shapes((len(texts),), (len(truth),))
    pairs = ((text.split(), true.split()) for text, true in zip(texts, truth, strict=True))
    return np.array([edits(text, true).distance if true else np.nan for text, true in pairs], dtype=np.float64)


def transcript_metrics(texts: Sequence[str], truth: Sequence[str]) -> dict[str, float]:
    """Error rates over all texts whose truth is known: errors of all, divided by the symbols of all.

    A rate may exceed 1, where more is put in than there is.

    Args:
        texts: what was answered.
        truth: what was said, empty where unknown.

    Returns:
        `wer` and `cer`, the error rates of words and characters; `exact`, the share of texts without an error; of the
        words those `substituted`, `deleted` and `inserted`, as shares of the words of the truth. Nothing where no
        truth is known.

    Raises:
        DataError: there are not as many texts as truths.

    Example:
        >>> found = transcript_metrics(["one too", "three"], ["one two", "three"])
        >>> {name: round(value, 3) for name, value in found.items()}
        {'wer': 0.333, 'cer': 0.083, 'exact': 0.5, 'substituted': 0.333, 'deleted': 0.0, 'inserted': 0.0}
    """
    check_shapes((len(texts),), (len(truth),))
    known = [(text, true) for text, true in zip(texts, truth, strict=True) if true.split()]
    if not known:
        return {}
    words = np.array([edits(text.split(), true.split()) for text, true in known]).sum(axis=0)
    characters = np.array([edits(text, true) for text, true in known]).sum(axis=0)
    return {
        "wer": float(words[:3].sum() / words[3]),
        "cer": float(characters[:3].sum() / characters[3]),
        "exact": float(np.mean([text == true for text, true in known])),
        "substituted": float(words[0] / words[3]),
        "deleted": float(words[1] / words[3]),
        "inserted": float(words[2] / words[3]),
    }
