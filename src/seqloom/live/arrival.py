"""Streams with new readings: what is checked before a model sees them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, InputError
from seqloom.live import columns
from seqloom.live.columns import Statics
from seqloom.live.form import Form
from seqloom.live.memory import Memory
from seqloom.live.reading import Reading
from seqloom.live.steps import Steps

MOST_KEPT = 10_000
"""Steps that are kept of a stream at most, where a model reads whole sequences."""


@dataclass(frozen=True)
class Arrivals:
    """Streams with new readings, at least one each.

    Args:
        names: of the streams, [K].
        memories: what is kept of the readings before, [K].
        counts: new readings of each, int64 [K].
        steps: the readings, stream by stream.
        ahead: what is known of the steps after the last reading of each, [K].
        statics: what each stream is as a whole, [K]; None: nobody said.
    """

    names: Sequence[str]
    memories: Sequence[Memory]
    counts: NDArray[np.int64]
    steps: Steps
    ahead: Sequence[Steps]
    statics: Sequence[Statics | None]

    @classmethod
    def joined(cls, parts: Sequence["Arrivals"]) -> "Arrivals":
        """Streams of several, in order."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            [name for part in parts for name in part.names],
            [memory for part in parts for memory in part.memories],
            np.concatenate([part.counts for part in parts]),
            Steps.joined([part.steps for part in parts]),
            [ahead for part in parts for ahead in part.ahead],
            [statics for part in parts for statics in part.statics],
        )

    def __len__(self) -> int:
        """How many streams."""
        return len(self.names)

    @cached_property
    def stops(self) -> NDArray[np.int64]:
        """Row of `steps` after the last of each stream, [K]."""
        return np.cumsum(self.counts)

    @cached_property
    def kept(self) -> NDArray[np.int64]:
        """How many steps are kept of each stream, [K]."""
        return np.array([len(memory.kept) for memory in self.memories], np.int64)

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """Kept steps, the new ones, and those ahead, of each stream, [K]."""
        return self.kept + self.counts + np.array([len(ahead) for ahead in self.ahead], np.int64)

    @property
    def last(self) -> list[float]:
        """The time of the last reading of each stream, [K]; NaN without a clock."""
        times = self.steps.times
        return [math.nan] * len(self) if times is None else times[self.stops - 1].astype(np.float64).tolist()

    def own(self) -> Iterator[Steps]:
        """The new steps of each stream."""
        stops = self.stops.tolist()
        return (self.steps[first:stop] for first, stop in zip([0, *stops[:-1]], stops, strict=True))

    def each(self) -> list["Arrivals"]:
        """Every stream by itself."""
        return [
            Arrivals([name], [memory], np.array([len(steps)]), steps, [ahead], [statics])
            for name, memory, steps, ahead, statics in zip(
                self.names, self.memories, self.own(), self.ahead, self.statics, strict=True
            )
        ]

    def chosen(self, places: Sequence[int]) -> "Arrivals":
        """Some of the streams."""
        every = self.each()
        return Arrivals.joined([every[place] for place in places])

    def until(self, count: int) -> "Arrivals":
        """Of a single stream the first readings."""
        return replace(self, counts=np.array([count]), steps=self.steps[:count], ahead=[self.ahead[0][:0]])

    def since(self, count: int, memory: Memory) -> "Arrivals":
        """Of a single stream the others, where the first have led to this memory."""
        return replace(self, memories=[memory], counts=self.counts - count, steps=self.steps[count:])


class Usable(NamedTuple):
    """What can be used of readings.

    Args:
        places: the streams of which a reading can be used, by their place.
        arrivals: these with their readings, as far as they can be used; None: there are none.
        errors: what is wrong with the next reading of a stream, by its place.
    """

    places: Sequence[int]
    arrivals: Arrivals | None
    errors: dict[int, InputError]


class Reception:
    """What readings must be like.

    Args:
        form: their columns.
        ahead: steps of the known columns that are needed after each.
        whole: whether all steps of a stream are kept.
    """

    def __init__(self, form: Form, ahead: int, *, whole: bool) -> None:
        self._form, self._whole = form, whole
        self._ahead = ahead if form.known else 0
        self._nothing = Steps.nothing(form)

    def receive(
        self, names: Sequence[str], memories: Sequence[Memory], readings: Sequence[Sequence[Reading]]
    ) -> Arrivals:
        """Readings of streams, checked.

        Args:
            names: of the streams, [K].
            memories: of each before its readings, [K].
            readings: of each, one after the other, at least one, [K].

        Raises:
            DataError: the model cannot use one; the message names the stream, the reading and the column.
        """
        counts = np.array([len(own) for own in readings], np.int64)
        stops = np.cumsum(counts)

        def where(place: int) -> str:
            stream = int(np.searchsorted(stops, place, side="right"))
            number = memories[stream].readings + place - int(stops[stream] - counts[stream])
            return f"stream '{names[stream]}', reading {number}"

        every = list(chain.from_iterable(readings))
        steps = columns.steps(self._form, every, where)
        ahead = self._known_ahead(every, (stops - 1).tolist(), where)
        statics = [memory.statics for memory in memories]
        if self._form.statics:
            self._add_statics(statics, readings, where)
        self._refuse_earlier(steps, memories, stops - counts, where)
        if self._whole:
            _refuse_long(memories, counts, where)
        return Arrivals(names, memories, counts, steps, ahead, statics)

    def usable(self, names: Sequence[str], memories: Sequence[Memory], readings: Sequence[Sequence[Reading]]) -> Usable:
        """The same, as far as readings can be used; one that cannot does not affect other streams."""
        try:
            return Usable(range(len(names)), self.receive(names, memories, readings), {})
        except InputError as error:
            if len(names) == len(readings[0]) == 1:
                return Usable([], None, {0: error})
        found: dict[int, Arrivals] = {}
        errors: dict[int, InputError] = {}
        for place, (name, memory, own) in enumerate(zip(names, memories, readings, strict=True)):
            parts, problem = self._first(name, memory, own)
            if parts:
                found[place] = parts
            if problem is not None:
                errors[place] = problem
        return Usable(list(found), Arrivals.joined(list(found.values())) if found else None, errors)

    def _first(
        self, name: str, memory: Memory, readings: Sequence[Reading]
    ) -> tuple[Arrivals | None, InputError | None]:
        """The readings of a stream before the first that cannot be used, and what is wrong with that one."""
        now, count = memory, 0
        try:
            for reading in readings:
                one = self.receive([name], [now], [[reading]])
                count += 1
                now = Memory(now.readings + 1, one.steps.last, now.kept, now.carried, one.statics[0])
        except InputError as error:
            return (self.receive([name], [memory], [readings[:count]]) if count else None), error
        return self.receive([name], [memory], [readings]), None

    def _known_ahead(self, every: Sequence[Reading], last: Sequence[int], where: columns.Where) -> list[Steps]:
        """What is known of the steps after the last reading of each stream; every reading has to tell enough."""
        if not self._ahead and not any(reading.ahead for reading in every):
            return [self._nothing] * len(last)
        found = []
        for place, reading in enumerate(every):
            found.append(columns.ahead(self._form, reading, where(place)))
            if len(found[-1]) < self._ahead:
                raise DataError(
                    f"{where(place)}, ahead",
                    expected=f"the next {self._ahead} values of {', '.join(self._form.known)}",
                    came=str(len(found[-1])),
                    fix="give what is known of the steps after the reading",
                )
        return [found[place] for place in last]

    def _add_statics(
        self, known: list[Statics | None], readings: Sequence[Sequence[Reading]], where: columns.Where
    ) -> None:
        """What streams are as a whole, where it is said for the first time; it does not change."""
        place = 0
        for stream, own in enumerate(readings):
            for reading in own:
                said, before = columns.statics(self._form, reading, where(place)), known[stream]
                if said is not None and before is not None and not said.same(before):
                    names = ", ".join((*self._form.static_numbers, *self._form.static_listed))
                    expected, fix = "the values of the first reading", "leave them out after the first reading"
                    fix += ", or begin the stream anew"
                    raise DataError(f"{where(place)}, {names}", expected=expected, came="others", fix=fix)
                known[stream], place = said or before, place + 1

    def _refuse_earlier(
        self, steps: Steps, memories: Sequence[Memory], first: NDArray[np.int64], where: columns.Where
    ) -> None:
        """Time goes forward."""
        if steps.times is None:
            return
        times = steps.times.astype(np.float64)
        before = np.empty_like(times)
        before[1:] = times[:-1]
        before[first] = [memory.last if memory.readings else -np.inf for memory in memories]
        wrong = times < before if self._form.schema.ties else times <= before
        if wrong.any():
            expected, came = "a time after that of the reading before", "an earlier or equal one"
            raise DataError(f"{where(int(wrong.argmax()))}, time", expected=expected, came=came, fix="send it in order")


def _refuse_long(memories: Sequence[Memory], counts: NDArray[np.int64], where: columns.Where) -> None:
    """What is kept whole is read whole again and again."""
    for stream, memory in enumerate(memories):
        if len(memory.kept) + counts[stream] > MOST_KEPT:
            raise DataError(
                where(int(counts[:stream].sum()) + MOST_KEPT - len(memory.kept)),
                expected=f"at most {MOST_KEPT} readings, since this model reads whole sequences",
                came="one more",
                fix="begin the stream anew, or fit a network with bidirectional and convolution set to false",
            )
