"""What follows an event, as counts and means by what came before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare import Examples, asked_rows
from seqloom.sequence import EventShape

Floats = NDArray[np.float64]

STRENGTH = 1.0
"""Imagined events that each past is given, as after a shorter one: so that a rare past decides little."""
LEAST_SPREAD = 0.05
"""Least standard deviation, in scaled units."""


@dataclass(frozen=True)
class EventTables:
    """Means of what followed, for pasts of no event, of one, of two, up to an order.

    A past is the types of the last events, the latest first.

    The mean after a past of `k` events is that of its own events and of one imagined one like the mean after the past
    of `k - 1`, which also stands in where a past never occurred.

    Args:
        shape: what is predicted.
        pasts: for each length the codes of the pasts that occurred, increasing.
        means: for each length the means of `event_statistics`, [pasts, W].
    """

    shape: EventShape
    pasts: tuple[NDArray[np.int64], ...]
    means: tuple[Floats, ...]

    @classmethod
    def fit(cls, training: Examples, shape: EventShape, order: int) -> "EventTables":
        """Count what followed each past of the training part, up to `order` events long."""
        rows = np.unique(asked_rows(training)[1])
        statistics = event_statistics(training.prepared.targets[rows], shape)
        sequence = np.searchsorted(training.prepared.offsets, rows, side="right") - 1
        pasts: list[NDArray[np.int64]] = []
        means: list[Floats] = []
        base = _prior(shape, statistics)
        for length in range(order + 1):
            codes = past_codes(training, rows, sequence, length, shape.types)
            known = codes >= 0
            present, place = np.unique(codes[known], return_inverse=True)
            before = base if length == 0 else _looked_up(pasts, means, training, rows, sequence, length - 1, shape)
            sums, counts = (np.zeros((len(present), statistics.shape[1])) for _ in range(2))
            there = ~np.isnan(statistics[known])
            np.add.at(sums, place, np.where(there, statistics[known], 0.0))
            np.add.at(counts, place, there.astype(np.float64))
            first = np.full(len(present), len(rows))
            np.minimum.at(first, place, np.flatnonzero(known))
            shorter = before[np.zeros(len(present), np.int64)] if length == 0 else before[first]
            means.append((sums + STRENGTH * shorter) / (counts + STRENGTH))
            pasts.append(present)
        return cls(shape, tuple(pasts), tuple(means))

    def predict(self, examples: Examples) -> Floats:
        """The distributions after the last row of each example, as `decoded` reads them, [E, W']."""
        rows = examples.stop.astype(np.int64) - 1
        sequence = examples.sequence.astype(np.int64)
        longest = len(self.pasts) - 1
        found = _looked_up(self.pasts, self.means, examples, rows, sequence, longest, self.shape)
        return _stated(found, self.shape)


def event_statistics(targets: NDArray[np.float32], shape: EventShape) -> Floats:
    """For each event what its mean tells a distribution by, [n, W]; NaN where it is not known.

    Type and labels as rows of zeros and a one; whether there was no gap; numbers and logarithms of gaps with their
    squares.

    Args:
        targets: events as `EventShape` lays them out, [n, C].
        shape: what is predicted.
    """
    known = targets.astype(np.float64)
    parts = [_one_hot(known[:, 0], shape.types)]
    if shape.gap:
        parts += [known[:, 1:2], known[:, 2:3], known[:, 2:3] ** 2]
    for place in range(shape.first_number, shape.first_category):
        parts += [known[:, place : place + 1], known[:, place : place + 1] ** 2]
    for place, labels in enumerate(shape.labels, start=shape.first_category):
        parts.append(_one_hot(known[:, place], labels))
    return np.concatenate(parts, axis=1)


def decoded(answers: Floats, shape: EventShape) -> Mapping[str, Floats]:
    """An alternative's answers by name, as `EventTargets.prediction` reads them.

    Args:
        answers: type probabilities; probability of no gap, center and spread of the gap's logarithm; mean and
            deviation of each number attribute; probabilities of each category attribute's labels, side by side.
        shape: what is predicted.
    """
    numbers = len(shape.numbers)
    widths = [shape.types, 3 * shape.gap, 2 * numbers, *shape.labels]
    types, gap, values, *categories = np.split(answers, np.cumsum(widths)[:-1], axis=1)
    named = {"probabilities": types}
    if shape.gap:
        named |= {"zero": gap[:, 0], "weights": np.ones((len(gap), 1)), "centers": gap[:, 1:2], "spreads": gap[:, 2:3]}
    if numbers:
        named |= {"numbers": values[:, 0::2], "deviations": values[:, 1::2]}
    return named | {f"category_{place}": each for place, each in enumerate(categories)}


def past_codes(
    examples: Examples, rows: NDArray[np.int64], sequence: NDArray[np.int64], length: int, types: int
) -> NDArray[np.int64]:
    """One number for the types of the last `length` events up to each row, -1 where one of them is not known.

    Args:
        examples: whose data the rows are of.
        rows: [n].
        sequence: which sequence each lies in, [n].
        length: of the past.
        types: how many types there are.
    """
    history = examples.prepared.history
    codes = np.zeros(len(rows), dtype=np.int64)
    for back in range(length):
        there = rows - back >= examples.prepared.offsets[sequence]
        seen = np.nan if history is None else history[np.maximum(rows - back, 0), 0]
        known = there & ~np.isnan(seen) & (codes >= 0)
        codes = np.where(known, codes * types + np.nan_to_num(seen).astype(np.int64), -1)
    return codes


def _looked_up(
    pasts: Sequence[NDArray[np.int64]],
    means: Sequence[Floats],
    examples: Examples,
    rows: NDArray[np.int64],
    sequence: NDArray[np.int64],
    longest: int,
    shape: EventShape,
) -> Floats:
    """The mean after the longest past of each row that occurred in training, [n, W]."""
    found = means[0][np.zeros(len(rows), np.int64)]
    for length in range(1, longest + 1):
        codes = past_codes(examples, rows, sequence, length, shape.types)
        place = np.minimum(np.searchsorted(pasts[length], codes), max(0, len(pasts[length]) - 1))
        met = (codes >= 0) & (pasts[length][place] == codes) if len(pasts[length]) else np.zeros(len(rows), np.bool_)
        found[met] = means[length][place[met]]
    return found


def _prior(shape: EventShape, statistics: Floats) -> Floats:
    """What an event is imagined to be before any is seen, [1, W]: of any type, after a gap, with ordinary numbers."""
    pair = np.array([0.0, 1.0])
    parts = [np.full(shape.types, 1 / shape.types)]
    if shape.gap:
        parts += [np.array([0.0]), pair]
    parts += [pair] * len(shape.numbers)
    parts += [np.full(labels, 1 / labels) for labels in shape.labels]
    prior = np.concatenate(parts)
    return prior.reshape(1, statistics.shape[1])


def _stated(means: Floats, shape: EventShape) -> Floats:
    """Means of squares turned into standard deviations."""
    stated = means.copy()
    pairs = [shape.types + 1] if shape.gap else []
    first = shape.types + 3 * shape.gap
    pairs += [first + 2 * place for place in range(len(shape.numbers))]
    for place in pairs:
        variance = means[:, place + 1] - means[:, place] ** 2
        stated[:, place + 1] = np.sqrt(np.maximum(variance, LEAST_SPREAD**2))
    return stated


def _one_hot(numbers: Floats, width: int) -> Floats:
    rows: Floats = (numbers[:, None] == np.arange(width)).astype(np.float64)
    rows[np.isnan(numbers)] = np.nan
    return rows
