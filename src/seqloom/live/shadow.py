"""A model beside another one: it reads what the other was sent, remembers by itself, and nobody hears its answers."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from seqloom.artifact import Bundle
from seqloom.errors import InputError
from seqloom.live.anomaly import scored
from seqloom.live.answers import Answer
from seqloom.live.lines import reading_of
from seqloom.live.memory import Memory
from seqloom.live.reading import Reading
from seqloom.live.stepper import Stepper, Stretch
from seqloom.store import Record

MOST = 10_000
"""Streams a shadow remembers, where nobody said how many."""


@dataclass(frozen=True)
class _Followed:
    """A stream as the shadow knows it.

    Args:
        epoch: of the stream.
        seq: the number of the record that would follow.
        memory: what the shadow remembers.
        count: records it has followed without a gap.
        answer: its last one; None: there is none.
    """

    epoch: int
    seq: int
    memory: Memory
    count: int = 0
    answer: Answer | None = None


class Shadow:
    """A model that follows the records of another one.

    Streams begin with the first record that is seen of them, wherever it stands in its stream: what was read before is
    not known. One that does not follow the record before, by its epoch or its number, begins the stream anew, and so
    does one after a reading that this model cannot use. Nothing is stored.

    Args:
        bundle: the model that follows.
        most: streams to remember; those not read for longest are forgotten, and begin anew when they are seen again.
        deterministic: see `Stepper`.

    Raises:
        SettingsError: the model does not answer reading by reading.
    """

    def __init__(self, bundle: Bundle, *, most: int = MOST, deterministic: bool = False) -> None:
        self.stepper = Stepper(bundle, deterministic=deterministic)
        self.digest = bundle.digest or ""
        self._forecast = self.stepper.form.schema.targets if bundle.model.sizes.horizon else ()
        self._most = most
        self._streams: OrderedDict[str, _Followed] = OrderedDict()

    def __len__(self) -> int:
        """How many streams are remembered."""
        return len(self._streams)

    def followed(self, stream: str) -> int:
        """How many records of a stream were followed without a gap; 0: it is not known."""
        known = self._streams.get(stream)
        return 0 if known is None else known.count

    def follow(self, records: Sequence[Record]) -> list[Record]:
        """Read what was read, all streams at once.

        Args:
            records: of any streams, those of one in the order they were made.

        Returns:
            For each record, in order, one with this model's digest, answer (of a forecaster with the anomaly of the
            reading) and size of what it carries; none for a reading that it cannot use. Time, inputs and what came true
            are those of the record.
        """
        found: dict[int, Record] = {}
        waiting: dict[str, list[tuple[int, Record]]] = {}
        for place, record in enumerate(records):
            waiting.setdefault(record.stream, []).append((place, record))
        while waiting:
            runs = {stream: self._run(stream, entries) for stream, entries in waiting.items()}
            done = self._read(runs, found)
            rest = {stream: entries[done[stream] :] for stream, entries in waiting.items()}
            waiting = {stream: entries for stream, entries in rest.items() if entries}
        while len(self._streams) > self._most:
            self._streams.popitem(last=False)
        return [found[place] for place in sorted(found)]

    def _run(self, stream: str, entries: Sequence[tuple[int, Record]]) -> Sequence[tuple[int, Record]]:
        """The first records that follow each other; the stream is begun anew where they do not follow what is known."""
        first = entries[0][1]
        known = self._streams.get(stream)
        if known is None or (known.epoch, known.seq) != (first.epoch, first.seq):
            self._streams[stream] = _Followed(first.epoch, first.seq, self.stepper.begin())
        for count, (_, record) in enumerate(entries):
            if (record.epoch, record.seq) != (first.epoch, first.seq + count):
                return entries[:count]
        return entries

    def _read(self, runs: dict[str, Sequence[tuple[int, Record]]], found: dict[int, Record]) -> dict[str, int]:
        """One run of each stream, as far as a reading that cannot be used, after which the stream is not known.

        Returns:
            How many records of each are done with, that one included.
        """
        done: dict[str, int] = {}
        readings = {stream: _readings([record for _, record in entries]) for stream, entries in runs.items()}
        names = list(runs)
        memories = [self._streams[name].memory for name in names]
        for name, stretch in zip(names, self.stepper.read(names, memories, list(readings.values())), strict=True):
            count, before = len(stretch.answers), self._streams.pop(name)
            answers = self._answers(stretch, readings[name], before)
            for (place, record), answer in zip(runs[name][:count], answers, strict=True):
                found[place] = record._replace(digest=self.digest, prediction=orjson.dumps(answer), norm=None)
            if count:
                last = runs[name][count - 1][0]
                found[last] = found[last]._replace(norm=stretch.memory.norm)
            done[name] = min(count + 1, len(runs[name]))
            if count == len(runs[name]):
                read = runs[name][-1][1]
                followed = _Followed(read.epoch, read.seq + 1, stretch.memory, before.count + count, answers[-1])
                self._streams[name] = followed
        return done

    def _answers(self, stretch: Stretch, readings: Sequence[Reading], before: _Followed) -> Sequence[Answer]:
        """What is said of the readings; of a forecaster with the anomaly of each, as the served model says it."""
        return scored(stretch, readings, self._forecast, before.answer) if self._forecast else stretch.answers


def _readings(records: Sequence[Record]) -> list[Reading]:
    """The readings that records hold, up to one that holds none."""
    readings = []
    for record in records:
        try:
            named = orjson.loads(record.inputs)
            readings.append(reading_of(named if isinstance(named, dict) else {}, "record"))
        except (InputError, orjson.JSONDecodeError):
            break
    return readings
