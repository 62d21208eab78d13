"""A shadow run on what live streams were sent: the challenger reads it all, and both are judged by what came true."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import numpy as np
import orjson

from seqloom.artifact import Bundle
from seqloom.live import Shadow
from seqloom.retrain.alarms import Alarms
from seqloom.retrain.came_true import Beside
from seqloom.retrain.paired import Paired, compare_errors, equal_accuracy
from seqloom.retrain.truth import key_of
from seqloom.store import Record

AT_ONCE = 8192
"""Records that are read at once."""
SETTLED = 50
"""Readings after which a stream that was met on its way is compared: the shadow does not know what was before."""
WINDOW = "live streams"
ANOMALY = "anomaly"


def shadowed(
    champion: Bundle, challenger: Bundle, records: Iterable[Record], fresh: Callable[[Record], bool], *, seed: int = 0
) -> Paired:
    """Let the challenger read what was recorded, and compare its answers with the champion's own.

    Args:
        champion: the model whose answers are recorded; those of earlier models are read, too, but not compared.
        challenger: the model that may take its place.
        records: of all streams, those of one in the order they were made.
        fresh: whether a reading is one that the challenger did not learn from.
        seed: seed of the resampling.
    """
    shadow, met = Shadow(challenger), _Met()
    form = shadow.stepper.form
    beside = Alarms(form.told) if champion.task == ANOMALY else Beside(form)
    for chunk in _chunks(records):
        compared = {key_of(one) for one in chunk if met.settled(one) and one.digest == champion.digest and fresh(one)}
        own = {key_of(one): one for one in shadow.follow(chunk) if key_of(one) in compared and not _waits(one)}
        for record in chunk:
            beside.see(record, own.get(key_of(record)))
    before, after = beside.errors()
    finite = before.keys() <= after.keys() and all(np.isfinite(errors).all() for errors in after.values())
    if not finite:
        return Paired(WINDOW, (), finite=False)
    accuracy = equal_accuracy(champion, before, after, max(1, champion.model.sizes.horizon))
    return Paired(WINDOW, compare_errors(before, after, beside.block, seed=seed), accuracy=accuracy)


class _Met:
    """Where a shadow met each stream."""

    def __init__(self) -> None:
        self._streams: dict[str, tuple[int, int, int]] = {}

    def settled(self, record: Record) -> bool:
        """Whether the shadow has read the stream from its beginning, or long enough; records come in order."""
        epoch, first, following = self._streams.get(record.stream, (-1, 0, 0))
        if (epoch, following) != (record.epoch, record.seq):
            first = record.seq
        self._streams[record.stream] = (record.epoch, first, record.seq + 1)
        return first == 0 or record.seq - first >= SETTLED


def _waits(record: Record) -> bool:
    """Whether the answer is that there is none yet."""
    return "waiting" in orjson.loads(record.prediction)


def _chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    remaining = iter(records)
    while chunk := list(islice(remaining, AT_ONCE)):
        yield chunk
