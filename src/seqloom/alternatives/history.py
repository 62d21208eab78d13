"""What forecasts look back on: target values before each forecast, and the rows of the training part."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare import Examples
from seqloom.sequence import PreparedDataset

CELLS = 4_000_000
"""Numbers gathered at once; 32 MB as float64."""


def target_history(prepared: PreparedDataset) -> NDArray[np.float32]:
    """Targets per step as they may be looked back on, gaps filled by the policy for missing values, [steps, C]."""
    seen: NDArray[np.float32] = prepared.targets if prepared.history is None else prepared.history
    return seen


def history(examples: Examples, targets: NDArray[np.float32], steps: int) -> NDArray[np.float64]:
    """The last `steps` target values before each forecast, oldest first.

    Before the start of a sequence its first value is repeated.

    Args:
        examples: windows.
        targets: target history of the same data, [steps, C].
        steps: how many values.

    Returns:
        [E, steps, C].
    """
    rows = examples.stop[:, None] + np.arange(-steps, 0)
    rows = np.maximum(rows, examples.prepared.offsets[examples.sequence][:, None])
    values: NDArray[np.float64] = targets[rows].astype(np.float64)
    return values


def future(examples: Examples, targets: NDArray[np.float32]) -> NDArray[np.float64]:
    """The target values each forecast is about; rows past the end of the data repeat its last one, [E, P, C]."""
    rows = examples.stop[:, None] + np.arange(examples.horizon)
    values: NDArray[np.float64] = targets[np.minimum(rows, len(targets) - 1)].astype(np.float64)
    return values


def chunks(count: int, cells: int) -> Iterator[NDArray[np.int64]]:
    """The places 0 to `count` in runs, so that gathering `cells` numbers for each place stays small."""
    size = max(1, CELLS // max(1, cells))
    for begin in range(0, count, size):
        yield np.arange(begin, min(begin + size, count))


def training_series(training: Examples, targets: NDArray[np.float32]) -> dict[int, NDArray[np.float32]]:
    """The rows the training windows cover, by the number of the sequence.

    Args:
        training: windows of the training part.
        targets: target values of the same data, [steps, C].

    Returns:
        One stretch of `targets` per sequence, each [rows, C].
    """
    starts, stops = training.prepared.offsets[1:].copy(), np.full(len(training.prepared), -1)
    np.minimum.at(starts, training.sequence, training.start)
    np.maximum.at(stops, training.sequence, training.stop)
    stops = np.minimum(stops + training.horizon, training.prepared.offsets[1:])
    return {int(s): targets[starts[s] : stops[s]] for s in np.unique(training.sequence)}
