"""Whole sequences, read at once and forgotten: what a stream would be answered after its last reading."""

from collections.abc import Sequence
from dataclasses import dataclass

from seqloom.errors import InputError
from seqloom.live.arrival import Arrivals, Reception
from seqloom.live.engine import Engine
from seqloom.live.memory import Memory
from seqloom.live.operations import Operated, Operation
from seqloom.live.reading import Reading
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
    if stepper.width or stepper.follows:
        return _read_on(stepper, sequences)
    found: list[Arrivals | InputError] = []
    for name, readings in sequences:
        try:
            found.append(_arrived(stepper, name, readings))
        except InputError as error:
            found.append(error)
    told = iter(stepper.read_whole([one for one in found if isinstance(one, Arrivals)]))
    return [next(told) if isinstance(one, Arrivals) else one for one in found]


def _read_on(stepper: Stepper, sequences: Sequence[tuple[str, Sequence[Reading]]]) -> list[Stepped | InputError]:
    """As streams that are forgotten, where something is carried from step to step that an answer needs."""
    names, readings = [name for name, _ in sequences], [own for _, own in sequences]
    found = stepper.read(names, [stepper.begin()] * len(names), readings)
    return [one.error or Stepped(one.memory, one.answers[-1]) for one in found]


def _arrived(stepper: Stepper, name: str, readings: Sequence[Reading]) -> Arrivals:
    """The last reading of a sequence, with all others kept.

    Raises:
        DataError: the model cannot use one of them.
    """
    *before, last = readings
    memory = stepper.begin()
    if before:
        found = Reception(stepper.form, ahead=0, whole=False).usable([name], [memory], [before])
        if found.errors:
            raise found.errors[0]
        if found.arrivals is not None:
            steps, (statics,) = found.arrivals.steps, found.arrivals.statics
            memory = Memory(len(steps), steps.last, steps, memory.carried, statics)
    return stepper.reception.receive([name], [memory], [[last]])
