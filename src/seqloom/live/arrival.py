"""A stream with new readings: what is checked before a model sees them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seqloom.errors import DataError, InputError
from seqloom.live import reading as reading_of
from seqloom.live.form import Form
from seqloom.live.memory import Memory
from seqloom.live.reading import Reading, Statics, Step

MOST_KEPT = 10_000
"""Steps that are kept of a stream at most, where a model reads whole sequences."""


@dataclass(frozen=True)
class Arrived:
    """A stream with new readings.

    Args:
        name: of the stream.
        memory: what is kept of the readings before.
        steps: the readings, at least one.
        ahead: what is known of the steps after the last of them.
        statics: what the stream is as a whole; None: nobody said.
    """

    name: str
    memory: Memory
    steps: Sequence[Step]
    ahead: Sequence[Step]
    statics: Statics | None

    @property
    def rows(self) -> int:
        """Kept steps, the new ones, and those ahead."""
        return len(self.memory.kept) + len(self.steps) + len(self.ahead)

    @property
    def step(self) -> Step:
        """The last reading."""
        return self.steps[-1]


@dataclass(frozen=True)
class Reception:
    """What readings must be like.

    Args:
        form: their columns.
        ahead: steps of the known columns that are needed after each.
        whole: whether all steps of a stream are kept.
    """

    form: Form
    ahead: int
    whole: bool

    def receive(self, name: str, memory: Memory, reading: Reading) -> Arrived:
        """A reading of a stream, checked.

        Raises:
            DataError: the model cannot use it; the message names the stream, the reading and the column.
        """
        where = f"stream '{name}', reading {memory.readings}"
        step = reading_of.step(self.form, reading, where)
        ahead = reading_of.ahead(self.form, reading, where) if reading.ahead else []
        statics = reading_of.statics(self.form, reading, where)
        self._refuse_others(memory, statics, where)
        self._refuse_earlier(memory, step.time, where)
        if self.form.known and len(ahead) < self.ahead:
            raise DataError(
                f"{where}, ahead",
                expected=f"the next {self.ahead} values of {', '.join(self.form.known)}",
                came=str(len(ahead)),
                fix="give what is known of the steps after the reading",
            )
        if self.whole and len(memory.kept) >= MOST_KEPT:
            raise DataError(
                where,
                expected=f"at most {MOST_KEPT} readings, since this model reads whole sequences",
                came="one more",
                fix="begin the stream anew, or fit with bidirectional and convolution set to false",
            )
        return Arrived(name, memory, [step], ahead, statics or memory.statics)

    def receive_all(
        self, name: str, memory: Memory, readings: Sequence[Reading]
    ) -> tuple[Arrived | None, InputError | None]:
        """Readings of a stream that follow each other, as far as they can be used, and what is wrong with the next."""
        steps: list[Step] = []
        now, problem = memory, None
        ahead: Sequence[Step] = ()
        for reading in readings:
            try:
                one = self.receive(name, now, reading)
            except InputError as error:
                problem = error
                break
            steps.append(one.step)
            time = now.last if one.step.time is None else one.step.time
            now, ahead = Memory(now.readings + 1, time, now.kept, now.carried, one.statics), one.ahead
        return (Arrived(name, memory, steps, ahead, now.statics) if steps else None), problem

    def _refuse_others(self, memory: Memory, said: Statics | None, where: str) -> None:
        """What a stream is as a whole does not change."""
        before = memory.statics
        if said is None or before is None:
            return
        same = np.array_equal(said.numbers, before.numbers, equal_nan=True)
        if not same or not np.array_equal(said.codes, before.codes):
            names = ", ".join((*self.form.static_numbers, *self.form.static_listed))
            fix = "leave them out after the first reading, or begin the stream anew"
            raise DataError(f"{where}, {names}", expected="the values of the first reading", came="others", fix=fix)

    def _refuse_earlier(self, memory: Memory, time: float | None, where: str) -> None:
        """Time goes forward."""
        if time is None or not memory.readings:
            return
        if time < memory.last or (time == memory.last and not self.form.schema.ties):
            expected = "a time after that of the reading before"
            raise DataError(f"{where}, time", expected=expected, came="an earlier or equal one", fix="send it in order")
