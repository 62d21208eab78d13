"""Alarms of live streams, judged by the marks that were told."""

import math
from array import array
from collections.abc import Sequence
from itertools import groupby

import numpy as np
import orjson
from numpy.typing import NDArray

from seqloom.evaluate.anomaly_trial import balanced_mistakes, stretch_of
from seqloom.evaluate.trial import BALANCED
from seqloom.retrain.truth import Key, key_of, truth_of
from seqloom.sequence import mark_of
from seqloom.store import Record

ALARM = "alarm"
Floats = NDArray[np.float64]


class Alarms:
    """Mistakes of two detectors that answered the same readings, gathered while their records go by.

    A reading counts whose mark was told. Its mark and what both said of it stay in memory, its record does not.
    Mistakes are weighted once all are known, so that all anomalies count as much as all usual readings.

    Args:
        marks: columns that tell whether a reading was an anomaly; none: nothing can be judged.
    """

    def __init__(self, marks: Sequence[str]) -> None:
        self._marks = marks
        self._keys: list[Key] = []
        self._known, self._said, self._other = array("d"), array("d"), array("d")

    def see(self, record: Record, other: Record | None) -> None:
        """See `Beside.see`."""
        if other is None:
            return
        mark = next(map(mark_of, truth_of(record, self._marks).values()), math.nan)
        alarm = _alarm(record)
        if math.isfinite(mark) and math.isfinite(alarm):
            self._keys.append(key_of(record))
            self._known.append(mark)
            self._said.append(alarm)
            self._other.append(_alarm(other))

    @property
    def block(self) -> int:
        """See `Beside.block`: readings of a stretch that is all usual or all strange, on average."""
        order = self._order
        numbers = (number for number, (_, own) in enumerate(groupby(order, self._stream)) for _ in own)
        return stretch_of(np.array(self._known)[order], np.fromiter(numbers, np.int64, len(order)))

    def errors(self) -> tuple[dict[str, Floats], dict[str, Floats]]:
        """See `Beside.errors`: of each model the weights of its mistakes, in the order of stream, epoch and number."""
        if not self._keys:
            return {}, {}
        order, known = self._order, np.array(self._known)
        said, other = ({BALANCED: _mistakes(np.array(own), known)[order]} for own in (self._said, self._other))
        return said, other

    @property
    def _order(self) -> list[int]:
        return sorted(range(len(self._keys)), key=self._keys.__getitem__)

    def _stream(self, place: int) -> tuple[str, int]:
        stream, epoch, _ = self._keys[place]
        return stream, epoch


def _alarm(record: Record) -> float:
    """1 for an alarm, 0 for none, NaN where the answer has no score."""
    answer = orjson.loads(record.prediction)
    return mark_of(answer.get(ALARM)) if answer.get("score") is not None else math.nan


def _mistakes(alarms: Floats, known: Floats) -> Floats:
    """Weights of mistakes; NaN where there is no alarm to judge."""
    return np.where(np.isfinite(alarms), balanced_mistakes(alarms > 0, known), np.nan)
