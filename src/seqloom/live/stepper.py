"""Streams, a reading further: memory in, memory and answer out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from seqloom.artifact import Bundle
from seqloom.errors import InputError
from seqloom.live.answers import Answer, answers
from seqloom.live.arrival import Arrivals, Reception
from seqloom.live.following import Following
from seqloom.live.form import Form
from seqloom.live.keep import Keeper
from seqloom.live.memory import NOTHING, Memory
from seqloom.live.newest import Newest
from seqloom.live.reading import Reading
from seqloom.live.table import table
from seqloom.live.vectors import Vectors
from seqloom.model import last_outputs
from seqloom.prepare import EventTargets
from seqloom.sequence import ForecastPrediction, Prediction

MOST_STEPS = 8192
"""Steps of all streams that are read at once, at most."""


@dataclass(frozen=True)
class Stepped:
    """A stream after a reading.

    Args:
        memory: what it remembers now.
        answer: what the model says, by name: what `predict` would write of all readings so far; or, of a forecaster
            that has not seen a whole lookback yet, `waiting`: how many readings are missing.
    """

    memory: Memory
    answer: Answer


class Stretch(NamedTuple):
    """How far a stream came.

    Args:
        memory: what it remembers now.
        answers: to the readings that were read.
        times: of these, microseconds since 1970 or a number; NaN where there are none.
        error: what is wrong with the reading after these; None: nothing.
    """

    memory: Memory
    answers: Sequence[Answer] = ()
    times: Sequence[float] = ()
    error: InputError | None = None

    def then(self, later: "Stretch") -> "Stretch":
        """This one and the one that follows it."""
        if not self.answers:
            return later
        return Stretch(later.memory, [*self.answers, *later.answers], [*self.times, *later.times], later.error)

    def ended(self, error: InputError | None) -> "Stretch":
        """The same, with what is wrong with the reading after it, if nothing was wrong before."""
        return self if error is None or self.error is not None else self._replace(error=error)


class Stepper:
    """A model that reads on: for each stream one reading in, one answer out.

    The answer after a reading is what the model would predict for a file that ends with it, by the same code: the rows
    a preparation needs are prepared as a data set. What the network carries from step to step is not computed again;
    a model that reads both directions, or a window, reads all of it anew.

    Args:
        bundle: the artifact.
        deterministic: whether answers are the same to the last bit whoever else is read at the same time: every reading
            is then computed by itself, which is many times slower. What the recurrence carries always is.

    Raises:
        SettingsError: it is one of a model that does not answer reading by reading.
    """

    def __init__(self, bundle: Bundle, *, deterministic: bool = False) -> None:
        self._alone = deterministic
        self.form = Form.of(bundle)
        self.examples = bundle.golden.dataset
        """A few sequences of the training data."""
        self.model, self.pipeline = bundle.model.eval(), bundle.pipeline
        self._reach = self.model.reach
        self._vectors = Vectors(self.model.begin(1)) if self._reach == 0 else None
        filled = self.pipeline.prepare.missing == "forward-fill"
        back = filled or isinstance(self.pipeline.targets, EventTargets)
        self._keeper = Keeper(self.form, self._reach, back, filled)
        self._widths = Following.of(self.model, len(self.form.schema.targets))
        carried = NOTHING if self._vectors is None else self._vectors.first
        self._first = Memory.begin(self.form, carried, NOTHING if self._widths is None else self._widths.first)
        self.reception = Reception(self.form, self.model.sizes.horizon, whole=self._reach is None)

    @property
    def width(self) -> int:
        """Numbers that the network carries from step to step; 0 where it reads steps anew."""
        return 0 if self._vectors is None else self._vectors.width

    @property
    def follows(self) -> bool:
        """Whether the widths of its intervals follow what comes true."""
        return self._widths is not None

    def begin(self) -> Memory:
        """The memory of a stream before its first reading."""
        return self._first

    def decoded(self, raw: bytes, where: str) -> Memory:
        """The memory of a stream that was written as bytes; see `Memory.decode`."""
        return Memory.decode(raw, self.form, self.width, where, len(self._first.widths))

    def step(
        self, names: Sequence[str], memories: Sequence[Memory], readings: Sequence[Reading]
    ) -> list[Stepped | InputError]:
        """Take streams one reading further, all at once.

        Args:
            names: of the streams, all different, [K]; statistics of a group are those of the stream's name.
            memories: of each before its reading, [K].
            readings: of each, [K].

        Returns:
            For each stream its new memory and the answer, or what is wrong with its reading: the stream is then where
            it was, and the others are not affected.
        """
        found = self.read(names, memories, [[reading] for reading in readings])
        return [one.error or Stepped(one.memory, one.answers[0]) for one in found]

    def read(
        self, names: Sequence[str], memories: Sequence[Memory], readings: Sequence[Sequence[Reading]]
    ) -> list[Stretch]:
        """Take streams further by any number of readings each, all at once.

        Args:
            names: of the streams, all different, [K].
            memories: of each before its readings, [K].
            readings: of each, one after the other, [K].

        Returns:
            How far each stream came. One stops at a reading that cannot be used; the others are not affected.
        """
        found = [Stretch(memory) for memory in memories]
        several = self._vectors is not None and not self._alone
        at_once = max(1, MOST_STEPS // max(1, len(names))) if several else 1
        going = [place for place, own in enumerate(readings) if own]
        while going:
            usable = self.reception.usable(
                [names[place] for place in going],
                [found[place].memory for place in going],
                [readings[place][len(found[place].answers) :][:at_once] for place in going],
            )
            read = self._each(usable.arrivals) if usable.arrivals is not None else []
            for place, stretch in zip(usable.places, read, strict=True):
                found[going[place]] = found[going[place]].then(stretch)
            for place, error in usable.errors.items():
                found[going[place]] = found[going[place]].ended(error)
            going = [
                place
                for place in going
                if found[place].error is None and len(found[place].answers) < len(readings[place])
            ]
        return found

    def read_whole(self, arrived: Sequence[Arrivals]) -> list[Stepped | InputError]:
        """What is said of sequences with all their steps; one with which something is wrong does not affect others.

        Args:
            arrived: the last reading of each, with all others kept.
        """
        found: list[Stepped | InputError] = []
        try:
            found.extend(self._anew(Arrivals.joined(arrived)) if arrived else [])
        except InputError as error:
            found.extend([error] if len(arrived) == 1 else [own for one in arrived for own in self.read_whole([one])])
        return found

    def _each(self, arrivals: Arrivals) -> list[Stretch]:
        """Together where nothing is wrong, else one by one, to find out with which."""
        if self._alone and len(arrivals) > 1:
            return [found for one in arrivals.each() for found in self._each(one)]
        try:
            return self._together(arrivals)
        except InputError as error:
            if len(arrivals) > 1:
                return [found for one in arrivals.each() for found in self._each(one)]
            return [Stretch(arrivals.memories[0], error=error) if len(arrivals.steps) == 1 else self._halved(arrivals)]

    def _halved(self, one: Arrivals) -> Stretch:
        """The readings of a stream before the one with which something is wrong, found by halving."""
        middle = len(one.steps) // 2
        (first,) = self._each(one.until(middle))
        if first.error is not None:
            return first
        (second,) = self._each(one.since(middle, first.memory))
        return first.then(second)

    def _together(self, arrivals: Arrivals) -> list[Stretch]:
        """All streams further.

        Raises:
            InputError: something is wrong with one of them.
        """
        if self._vectors is not None:
            return self._carry(arrivals, self._vectors)
        return [Stretch(found.memory, [found.answer], [found.memory.last]) for found in self._anew(arrivals)]

    def _anew(self, arrivals: Arrivals) -> list[Stepped]:
        """By all steps that are kept, whatever the network could carry."""
        lookback = self.model.fewest
        nothing = np.empty(0, np.float32)
        memories = self._remembered(arrivals, [nothing] * len(arrivals))
        pairs = zip(arrivals.memories, arrivals.own(), strict=True)
        known = [self._keeper.known(memory.kept, steps) for memory, steps in pairs]
        found = [Stepped(memory, {"waiting": lookback - count}) for memory, count in zip(memories, known, strict=True)]
        ready = [place for place, count in enumerate(known) if count >= lookback]
        if ready:
            said, widths = self._read_again(arrivals if len(ready) == len(arrivals) else arrivals.chosen(ready))
            for place, answer, own in zip(ready, said, widths, strict=True):
                found[place] = Stepped(memories[place]._replace(widths=own), answer)
        else:
            self.pipeline.transform(table(self.form, arrivals))  # what is wrong is said at once
        return found

    def _carry(self, arrivals: Arrivals, vectors: Vectors) -> list[Stretch]:
        """By the state that the network carries."""
        dataset = table(self.form, arrivals)
        prepared = self.pipeline.transform(dataset)
        newest = Newest.of(dataset, prepared, arrivals)
        batch = newest.examples.batch(np.arange(len(arrivals)))
        rows = np.stack([memory.carried for memory in arrivals.memories])
        with torch.inference_mode():
            before = vectors.carried(torch.from_numpy(rows)[batch.order])
            told, carried = self.model.read_on(batch, before, newest.asked(batch))
            after = [row.copy() for row in vectors.rows(carried)[torch.argsort(batch.order)].numpy()]
            outputs = {name: values.numpy() for name, values in told.items()}
        said = answers(self.model.answer(outputs, self.pipeline, newest.ends), len(newest.ends))
        times = [math.nan] * len(said) if arrivals.steps.times is None else arrivals.steps.times.tolist()
        stops = arrivals.stops.tolist()
        return [
            Stretch(memory, said[first:stop], times[first:stop])
            for memory, first, stop in zip(self._remembered(arrivals, after), [0, *stops[:-1]], stops, strict=True)
        ]

    def _read_again(self, arrivals: Arrivals) -> tuple[list[Answer], Sequence[NDArray[np.float32]]]:
        """By all the steps that the model looks at; beside the answers what the widths of intervals follow."""
        prepared = self.pipeline.transform(table(self.form, arrivals))
        examples = self.model.latest(prepared, self.model.settings)
        found = last_outputs(self.model, examples)
        if self.model.sizes.per_step:
            examples = replace(examples, start=examples.stop - 1, warm=None)
        widths: Sequence[NDArray[np.float32]] = [NOTHING] * len(arrivals)
        if self._widths is None:
            prediction = self.model.prediction(found, self.pipeline, examples)
        else:
            prediction, widths = self._widths.answered(arrivals, prepared, examples, found, self.pipeline)
        return answers(self._in_stream_time(prediction, arrivals), len(arrivals)), widths

    def _in_stream_time(self, prediction: Prediction, arrivals: Arrivals) -> Prediction:
        """Numbers of steps counted from the beginning of the stream, where there is no clock."""
        if not isinstance(prediction, ForecastPrediction) or self.form.clock != "none":
            return prediction
        gone = np.array([memory.readings for memory in arrivals.memories]) - arrivals.kept
        return replace(prediction, times=prediction.times + gone[:, None])

    def _remembered(self, arrivals: Arrivals, carried: Sequence[NDArray[np.float32]]) -> list[Memory]:
        """The memories after the readings."""
        kept = [memory.kept for memory in arrivals.memories]
        if not self._keeper.nothing:
            kept = [self._keeper.after(before, steps) for before, steps in zip(kept, arrivals.own(), strict=True)]
        numbers = np.array([memory.readings for memory in arrivals.memories]) + arrivals.counts
        widths = [memory.widths for memory in arrivals.memories]
        streams = zip(numbers.tolist(), arrivals.last, kept, carried, arrivals.statics, widths, strict=True)
        return [Memory(*parts) for parts in streams]
