"""Streams, a reading further: memory in, memory and answer out."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from seqloom.artifact import Bundle
from seqloom.errors import DataError, InputError
from seqloom.live.answers import Answer, answers
from seqloom.live.arrival import Arrived, Reception
from seqloom.live.form import Form
from seqloom.live.keep import Keeper
from seqloom.live.memory import Memory
from seqloom.live.reading import Reading
from seqloom.live.table import table
from seqloom.live.vectors import Vectors
from seqloom.model import outputs
from seqloom.prepare import EventTargets, Examples
from seqloom.sequence import Array, ForecastPrediction, Prediction, PreparedDataset, SequenceDataset


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


class Stepper:
    """A model that reads on: for each stream one reading in, one answer out.

    The answer after a reading is what the model would predict for a file that ends with it, by the same code: the rows
    a preparation needs are prepared as a data set. What the network carries from step to step is not computed again;
    a model that reads both directions, or a window, reads all of it anew.

    Args:
        bundle: the artifact.

    Raises:
        SettingsError: it is one of a model that does not answer reading by reading.
    """

    def __init__(self, bundle: Bundle) -> None:
        self.form = Form.of(bundle)
        self.model, self.pipeline = bundle.model.eval(), bundle.pipeline
        self._reach = self.model.reach
        self._vectors = Vectors(self.model.begin(1)) if self._reach == 0 else None
        filled = self.pipeline.prepare.missing == "forward-fill"
        back = filled or isinstance(self.pipeline.targets, EventTargets)
        self._keeper = Keeper(self.form, self._reach, back, filled)
        self._first = Memory.begin(self.form, np.empty(0, np.float32) if self._vectors is None else self._vectors.first)
        self._reception = Reception(self.form, self.model.sizes.horizon, whole=self._reach is None)

    @property
    def width(self) -> int:
        """Numbers that the network carries from step to step; 0 where it reads steps anew."""
        return 0 if self._vectors is None else self._vectors.width

    def begin(self) -> Memory:
        """The memory of a stream before its first reading."""
        return self._first

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
        found: list[Stepped | InputError | None] = [None] * len(names)
        arrived: dict[int, Arrived] = {}
        for place, (name, memory, reading) in enumerate(zip(names, memories, readings, strict=True)):
            try:
                arrived[place] = self._reception.receive(name, memory, reading)
            except InputError as error:
                found[place] = error
        for place, result in self._each(arrived):
            found[place] = result
        return [result for result in found if result is not None]

    def _each(self, arrived: Mapping[int, Arrived]) -> list[tuple[int, Stepped | InputError]]:
        """Together where nothing is wrong, else one by one, to find out with which."""
        if not arrived:
            return []
        try:
            return list(zip(arrived, self._together(list(arrived.values())), strict=True))
        except InputError as error:
            if len(arrived) == 1:
                return [(place, error) for place in arrived]
        return [found for place, one in arrived.items() for found in self._each({place: one})]

    def _together(self, arrived: list[Arrived]) -> list[Stepped]:
        """All streams one step further.

        Raises:
            InputError: something is wrong with one of them.
        """
        if self._vectors is not None:
            return self._carry(arrived, self._vectors)
        lookback = self._reach or 1
        known = [self._keeper.known(one.memory.kept, one.step) for one in arrived]
        nothing = np.empty(0, np.float32)
        found = [
            Stepped(self._remember(one, nothing), {"waiting": lookback - count})
            for one, count in zip(arrived, known, strict=True)
        ]
        ready = [place for place, count in enumerate(known) if count >= lookback]
        if ready:
            said = self._read_again([arrived[place] for place in ready])
            for place, answer in zip(ready, said, strict=True):
                found[place] = replace(found[place], answer=answer)
        else:
            self.pipeline.transform(table(self.form, arrived))  # what is wrong is said at once
        return found

    def _carry(self, arrived: list[Arrived], vectors: Vectors) -> list[Stepped]:
        """By the state that the network carries."""
        dataset = table(self.form, arrived)
        prepared = self.pipeline.transform(dataset)
        examples = _newest(dataset, prepared, np.array([len(one.memory.kept) for one in arrived]))
        batch = examples.batch(np.arange(len(arrived)))
        rows = np.stack([one.memory.carried for one in arrived])
        with torch.inference_mode():
            told, carried = self.model.read_on(batch, vectors.carried(torch.from_numpy(rows)[batch.order]))
            back = torch.argsort(batch.order)
            after = [row.copy() for row in vectors.rows(carried)[back].numpy()]
            outputs = {name: values[back].numpy() for name, values in told.items()}
        last = replace(examples, start=examples.stop - 1)
        said = answers(self.model.answer(outputs, self.pipeline, last), len(arrived))
        return [
            Stepped(self._remember(one, after[place]), answer)
            for place, (one, answer) in enumerate(zip(arrived, said, strict=True))
        ]

    def _read_again(self, arrived: list[Arrived]) -> list[Answer]:
        """By all the steps that the model looks at."""
        prepared = self.pipeline.transform(table(self.form, arrived))
        examples = self.model.latest(prepared, self.model.settings)
        found = outputs(self.model, examples)
        if self.model.sizes.per_step:
            ends = np.cumsum(examples.stop - examples.start) - 1
            found = {name: values[ends] for name, values in found.items()}
            examples = replace(examples, start=examples.stop - 1)
        prediction = self.model.prediction(found, self.pipeline, examples)
        return answers(self._in_stream_time(prediction, arrived), len(arrived))

    def _in_stream_time(self, prediction: Prediction, arrived: list[Arrived]) -> Prediction:
        """Numbers of steps counted from the beginning of the stream, where there is no clock."""
        if not isinstance(prediction, ForecastPrediction) or self.form.clock != "none":
            return prediction
        gone = np.array([one.memory.readings - len(one.memory.kept) for one in arrived])
        return replace(prediction, times=prediction.times + gone[:, None])

    def _remember(self, one: Arrived, carried: NDArray[np.float32]) -> Memory:
        """The memory after a reading."""
        kept = self._keeper.after(one.memory.kept, one.step)
        last = math.nan if one.step.time is None else one.step.time
        return Memory(one.memory.readings + 1, last, kept, carried, one.statics)


def _newest(dataset: SequenceDataset, prepared: PreparedDataset, kept: Array) -> Examples:
    """The steps of each stream's new reading.

    Raises:
        DataError: a reading has none.
    """
    rows = dataset.offsets[:-1] + kept
    start, stop = (rows, rows + 1) if prepared.starts is None else (prepared.starts[rows], prepared.starts[rows + 1])
    if (start == stop).any():
        raise DataError(dataset.source, expected="a text with a token", came="none", fix="send a text, or nothing")
    return Examples(prepared, np.arange(len(kept)), start, stop)
