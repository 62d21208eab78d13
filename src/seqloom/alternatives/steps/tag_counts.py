"""How often each class was met, among all steps and among those of each word."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare import Examples, covered_rows

Counts = NDArray[np.float64]


def labelled_steps(examples: Examples) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The steps whose class is known, and their class numbers, one sequence after the other."""
    rows = covered_rows(examples)
    numbers: NDArray[np.int64] = examples.prepared.targets[rows]
    return rows[numbers >= 0], numbers[numbers >= 0]


def class_counts(numbers: NDArray[np.int64], classes: int) -> Counts:
    """How often each class was met, [K]."""
    return np.bincount(numbers, minlength=classes).astype(np.float64)


def word_counts(examples: Examples, classes: int) -> dict[str, Counts]:
    """How often each class was met with each word; nothing where steps are no words."""
    words = examples.prepared.words
    if words is None:
        return {}
    rows, numbers = labelled_steps(examples)
    codes = np.asarray(words.codes)[rows]
    cells = np.bincount(codes[codes >= 0] * classes + numbers[codes >= 0], minlength=len(words.labels) * classes)
    counts = cells.reshape(len(words.labels), classes).astype(np.float64)
    return {words.labels[code]: counts[code] for code in np.flatnonzero(counts.sum(axis=1)).tolist()}


def shares_of(counts: Counts, usual: Counts) -> Counts:
    """Counts as probabilities, one more observation spread as usual, so that none is zero that may occur."""
    shares: Counts = (counts + usual) / (counts.sum() + usual.sum())
    return shares


def each_word(examples: Examples, answers: Mapping[str, Counts], usual: Counts) -> Counts:
    """The answer for each step by its word, [N, K]; the usual one where there is none.

    Args:
        examples: sequences of words.
        answers: probabilities by word, [K] each.
        usual: probabilities for every other step, [K].
    """
    rows, words = covered_rows(examples), examples.prepared.words
    if words is None:
        return np.tile(usual, (len(rows), 1))
    return np.stack([answers.get(word, usual) for word in words.at(rows)])
