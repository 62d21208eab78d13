"""What a challenger learned from, and what it is tested on: never the same."""

from collections.abc import Callable

import numpy as np

from seqloom.estimators import Fitted
from seqloom.retrain.recorded import Recorded
from seqloom.sequence import SequenceDataset
from seqloom.store import Record


def unlearned(fitted: Fitted, source: Recorded | SequenceDataset) -> Callable[[Record], bool]:
    """Which readings a challenger did not learn from, nor was chosen by.

    Args:
        fitted: its training.
        source: what was cut into parts: recorded readings, or data with a clock; beside them it is the readings after
            the last step that was learned from.

    Returns:
        Whether it is so, by record.
    """
    parts = fitted.walked.parts
    learned, dataset = parts.split.borders[:, 2], parts.dataset
    if isinstance(source, Recorded):
        tested: dict[tuple[str, int], list[range]] = {}
        for piece, begin, first, end in zip(source.pieces, learned, dataset.offsets, dataset.offsets[1:], strict=False):
            own = range(piece.first + int(begin - first), piece.first + int(end - first))
            if own:
                tested.setdefault((piece.stream, piece.epoch), []).append(own)
        return lambda record: any(record.seq in own for own in tested.get((record.stream, record.epoch), ()))
    times = dataset.times
    if times is None:
        return lambda _: False
    rows = np.concatenate([np.arange(first, end) for first, end in zip(dataset.offsets, learned, strict=False)])
    last = times[rows].max() if len(rows) else times.min()
    border = int(last.astype("datetime64[us]").astype(np.int64)) if times.dtype.kind == "M" else float(last)
    return lambda record: record.time is not None and record.time > border
