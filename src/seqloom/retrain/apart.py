"""What a challenger learned from, and what it is tested on: never the same."""

from collections.abc import Callable, Sequence

import numpy as np

from seqloom.errors import DataError
from seqloom.estimators import Fitted
from seqloom.estimators.warm import EARLIER
from seqloom.retrain.recorded import Key, Recorded, key_of
from seqloom.sequence import SequenceDataset
from seqloom.store import Record


def unlearned(fitted: Fitted, source: Recorded | SequenceDataset, records: Sequence[Record]) -> Callable[[Key], bool]:
    """Which readings a challenger did not learn from, nor was chosen by.

    Args:
        fitted: its training.
        source: what was cut into parts: recorded readings, or data with a clock of which no reading tells.
        records: the recorded readings; beside data, those after the last step that was learned from.

    Returns:
        Whether it is so, by stream, epoch and number.
    """
    parts = fitted.walked.parts
    learned, dataset = parts.split.borders[:, 2], parts.dataset
    if isinstance(source, Recorded):
        tested = {
            one
            for piece, first, begin in zip(source.pieces, dataset.offsets, learned, strict=False)
            for one in piece.keys()[int(begin - first) :]
        }
        return tested.__contains__
    times = dataset.times
    if times is None:
        return lambda _: False
    rows = np.concatenate([np.arange(first, end) for first, end in zip(dataset.offsets, learned, strict=False)])
    last = times[rows].max() if len(rows) else times.min()
    border = int(last.astype("datetime64[us]").astype(np.int64)) if times.dtype.kind == "M" else float(last)
    after = {key_of(one) for one in records if one.time is not None and one.time > border}
    return after.__contains__


def must_be_apart(fitted: Fitted, holdout: SequenceDataset) -> None:
    """Refuse a hold-out of which something was learned: steps of the same sequence at the same times, or all of one.

    Args:
        fitted: a training.
        holdout: what its model shall be tested on.

    Raises:
        DataError: it is so.
    """
    dataset, learned = fitted.walked.parts.dataset, fitted.walked.parts.split.borders[:, 2]
    held = {str(name): slice(*holdout.offsets[at : at + 2].tolist()) for at, name in enumerate(holdout.keys)}
    for name, begin, end in zip(dataset.keys, dataset.offsets, learned, strict=False):
        own = held.get(str(name).removesuffix(EARLIER))
        if own is not None and begin < end and _overlaps(dataset, slice(int(begin), int(end)), holdout, own):
            raise DataError(
                f"{dataset.source}, sequence '{name}'",
                expected="data to learn from without the hold-out",
                came="steps that are held out",
                fix="leave these steps out: what was learned cannot be tested",
            )


def _overlaps(dataset: SequenceDataset, rows: slice, holdout: SequenceDataset, own: slice) -> bool:
    """Whether two stretches share a time; without a clock, whether they are the same."""
    if dataset.times is not None and holdout.times is not None:
        learned, held = dataset.times[rows], holdout.times[own]
        return bool(learned.min() <= held.max() and held.min() <= learned.max())
    return rows.stop - rows.start >= own.stop - own.start and all(
        np.array_equal(dataset.steps[name][rows][: own.stop - own.start], holdout.steps[name][own], equal_nan=True)
        for name in holdout.steps
        if name not in holdout.categories
    )
