"""Whole sequences as fixed-length vectors of simple statistics."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare import Examples, covered_rows

CELLS = 1_000_000
"""Numbers gathered at once; 8 MB as float64, several times."""
LABELS = 256
"""Categories counted one by one; higher codes are counted as one."""
QUANTILES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)

Matrix = NDArray[np.float64]


def pooled(examples: Examples) -> Matrix:
    """Mean, spread, least, greatest, first, last and mean change of each feature; length, categories and statics.

    Returns:
        [E, 7 F + 1 + categories + statics].
    """
    return _by_chunks(examples, lambda chunk: np.concatenate([_moments(chunk), _ends(chunk), _common(chunk)], axis=1))


def order_blind(examples: Examples) -> Matrix:
    """The same for any order of the steps: mean, spread and quantiles of each feature; length, categories and statics.

    Returns:
        [E, 9 F + 1 + categories + statics].
    """
    return _by_chunks(
        examples, lambda chunk: np.concatenate([_moments(chunk), _quantiles(chunk), _common(chunk)], axis=1)
    )


def _by_chunks(examples: Examples, features: Callable[[Examples], Matrix]) -> Matrix:
    """Features of all examples, gathered some at a time, those of like length together."""
    vectors: Matrix | None = None
    rows = max(1, CELLS // max(1, examples.prepared.numbers.shape[1]))
    for places in _chunks(examples.stop - examples.start, rows):
        part = features(examples.take(places))
        if vectors is None:
            vectors = np.empty((len(examples), part.shape[1]))
        vectors[places] = part
    return np.empty((0, 0)) if vectors is None else vectors


def _chunks(lengths: NDArray[np.int64], rows: int) -> Iterator[NDArray[np.int64]]:
    """Places of examples in order of their length, in groups of about so many rows."""
    order = np.argsort(lengths, kind="stable")
    groups = np.cumsum(lengths[order]) // rows
    yield from np.split(order, np.flatnonzero(np.diff(groups)) + 1) if len(order) else []


def _rows(examples: Examples) -> tuple[Matrix, NDArray[np.int64], NDArray[np.int64]]:
    """Step features of the examples one after the other [N, F], where each begins [E], and their lengths [E]."""
    lengths = examples.stop - examples.start
    numbers = examples.prepared.numbers[covered_rows(examples)].astype(np.float64)
    return numbers, np.cumsum(lengths) - lengths, lengths


def _moments(examples: Examples) -> Matrix:
    """Mean and standard deviation of each feature, [E, 2 F]."""
    numbers, begins, lengths = _rows(examples)
    mean = np.add.reduceat(numbers, begins) / lengths[:, None]
    squares = np.add.reduceat((numbers - np.repeat(mean, lengths, axis=0)) ** 2, begins)
    return np.concatenate([mean, np.sqrt(squares / lengths[:, None])], axis=1)


def _ends(examples: Examples) -> Matrix:
    """Least, greatest, first, last value and mean absolute change of each feature, [E, 5 F]."""
    numbers, begins, lengths = _rows(examples)
    change = np.abs(np.diff(numbers, axis=0, prepend=numbers[:1]))
    change[begins] = 0
    changes = np.add.reduceat(change, begins) / np.maximum(lengths - 1, 1)[:, None]
    extremes = [np.minimum.reduceat(numbers, begins), np.maximum.reduceat(numbers, begins)]
    return np.concatenate([*extremes, numbers[begins], numbers[begins + lengths - 1], changes], axis=1)


def _quantiles(examples: Examples) -> Matrix:
    """Quantiles of each feature, linear between values as NumPy's, [E, 7 F]."""
    numbers, begins, lengths = _rows(examples)
    padded = np.full((len(lengths), int(lengths.max()), numbers.shape[1]), np.inf)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    padded[owner, np.arange(len(numbers)) - begins[owner]] = numbers
    padded.sort(axis=1)
    places = np.multiply.outer(lengths - 1, QUANTILES)  # [E, quantiles]
    below = np.floor(places).astype(np.int64)
    above = np.minimum(below + 1, lengths[:, None] - 1)
    everyone = np.arange(len(lengths))[:, None]
    low, high = padded[everyone, below], padded[everyone, above]  # [E, quantiles, F]
    between: Matrix = low + (places - below)[:, :, None] * (high - low)
    return between.reshape(len(lengths), -1)


def _common(examples: Examples) -> Matrix:
    """Length, share of each category among the steps, static numbers and static categories, [E, ...]."""
    prepared, lengths = examples.prepared, examples.stop - examples.start
    owner = np.repeat(np.arange(len(lengths)), lengths)
    rows = covered_rows(examples)
    step_sizes, static_sizes = np.split(np.array(prepared.code_sizes, dtype=np.int64), [prepared.codes.shape[1]])
    columns = [lengths[:, None].astype(np.float64), prepared.static_numbers[examples.sequence].astype(np.float64)]
    for place, size in enumerate(step_sizes):
        columns.append(_shares(owner, prepared.codes[rows, place], len(lengths), size) / lengths[:, None])
    for place, size in enumerate(static_sizes):
        codes = prepared.static_codes[examples.sequence, place]
        columns.append(_shares(np.arange(len(lengths)), codes, len(lengths), size))
    return np.concatenate(columns, axis=1)


def _shares(owner: NDArray[np.int64], codes: NDArray[np.int32], owners: int, size: int) -> Matrix:
    """How often each owner has each code, [owners, size]."""
    size = int(min(size, LABELS))
    cells = owner * size + np.minimum(codes, size - 1)
    return np.bincount(cells, minlength=owners * size).reshape(owners, size).astype(np.float64)
