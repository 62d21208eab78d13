"""Training examples with their labels, few enough to learn from quickly."""

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare import Examples, labelled_prefixes

EXAMPLES = 20_000
ROWS = 4_000_000
STEPS_PER_SEQUENCE = 64


def with_classes(training: Examples, seed: int) -> tuple[Examples, NDArray[np.int64]]:
    """Labelled sequences, at most 20,000 of them drawn at random, and their class numbers."""
    numbers = training.truth()
    places = drawn(np.flatnonzero(numbers >= 0), seed)
    return training.take(places), numbers[places]


def with_values(training: Examples, seed: int) -> tuple[Examples, NDArray[np.float64]]:
    """Sequences with known values, or beginnings of sequences that end at a step with known values, [E, C].

    With a value per step, up to 64 evenly spaced steps of each sequence are learned from.
    """
    if training.prepared.per_step_target:
        per_sequence = int(np.clip(2 * ROWS // max(1, (training.stop - training.start).sum()), 1, STEPS_PER_SEQUENCE))
        training, _ = labelled_prefixes(training, per_sequence)
    values = training.truth().astype(np.float64)
    places = drawn(np.flatnonzero(np.isfinite(values).all(axis=1)), seed)
    return training.take(places), values[places]


def drawn(places: NDArray[np.int64], seed: int, *, most: int | None = None) -> NDArray[np.int64]:
    """The places, or `most` of them, 20,000 unless told, drawn at random, in order."""
    most = EXAMPLES if most is None else most
    if len(places) <= most:
        return places
    return np.sort(np.random.default_rng(seed).choice(places, most, replace=False))
