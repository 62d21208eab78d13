"""Whole sequences, read at once and forgotten: what a stream would be answered after its last reading."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seqloom.errors import InputError
from seqloom.live.arrival import Arrived, Reception
from seqloom.live.engine import Engine
from seqloom.live.memory import Kept, Memory
from seqloom.live.operations import Operated, Operation
from seqloom.live.reading import Reading, Step
from seqloom.live.stepper import Stepped, Stepper


@dataclass(frozen=True)
class Whole(Operation):
    """Read sequences, none of which is a stream.

    Args:
        sequences: name and readings of each; the names may be those of streams.
    """

    sequences: Sequence[tuple[str, Sequence[Reading]]]

    @property
    def streams(self) -> tuple[str, ...]:
        """None."""
        return ()

    @property
    def size(self) -> int:
        """All readings."""
        return sum(len(readings) for _, readings in self.sequences)

    def operate(self, engine: Engine) -> Operated:
        """See `Operation.operate`; the answer has one entry for each sequence, in order."""
        found = read(engine.stepper, self.sequences)
        return Operated({"sequences": [one if isinstance(one, InputError) else one.answer for one in found]})


def read(stepper: Stepper, sequences: Sequence[tuple[str, Sequence[Reading]]]) -> list[Stepped | InputError]:
    """Read sequences to their end.

    Args:
        stepper: of the model.
        sequences: name and readings of each, at least one.

    Returns:
        For each the memory and the answer after its last reading, or what is wrong with one of its readings.
    """
    if stepper.width:
        return _read_on(stepper, sequences)
    found: list[Arrived | InputError] = []
    for name, readings in sequences:
        try:
            found.append(_arrived(stepper, name, readings))
        except InputError as error:
            found.append(error)
    told = iter(stepper.read_whole([one for one in found if isinstance(one, Arrived)]))
    return [next(told) if isinstance(one, Arrived) else one for one in found]


def _read_on(stepper: Stepper, sequences: Sequence[tuple[str, Sequence[Reading]]]) -> list[Stepped | InputError]:
    """As streams that are forgotten, where the network carries all that an answer needs."""
    names, readings = [name for name, _ in sequences], [own for _, own in sequences]
    found = stepper.read(names, [stepper.begin()] * len(names), readings)
    return [one.error or Stepped(one.memory, one.answers[-1]) for one in found]


def _arrived(stepper: Stepper, name: str, readings: Sequence[Reading]) -> Arrived:
    """The last reading of a sequence, with all others kept.

    Raises:
        DataError: the model cannot use one of them.
    """
    *before, last = readings
    memory = stepper.begin()
    arrived, error = Reception(stepper.form, ahead=0, whole=False).receive_all(name, memory, before)
    if error is not None:
        raise error
    if arrived is not None:
        time = math.nan if arrived.step.time is None else arrived.step.time
        kept = _kept(stepper, arrived.steps)
        memory = Memory(len(before), time, kept, memory.carried, arrived.statics)
    return stepper.reception.receive(name, memory, last)


def _kept(stepper: Stepper, steps: Sequence[Step]) -> Kept:
    form = stepper.form
    times = None if form.clock == "none" else np.array([step.time for step in steps], form.time_type)
    numbers = np.array([step.numbers for step in steps], np.float64).reshape(len(steps), len(form.numbers))
    codes = np.array([step.codes for step in steps], np.int32).reshape(len(steps), len(form.listed))
    return Kept(numbers, codes, times, [step.words for step in steps])
