"""Streams that another model began: what becomes of them with this one."""

from collections.abc import Sequence
from typing import Any, Literal

import orjson

from seqloom.errors import ModelChangedError, SettingsError
from seqloom.live.memory import Memory
from seqloom.live.reading import Reading
from seqloom.live.stepper import Stepper
from seqloom.live.visit import Live
from seqloom.store import Record, Session, Store

Changed = Literal["refuse", "reset"] | int
"""What becomes of streams of another model: refused, begun anew, or so many of their latest readings read again."""


class Heritage:
    """What a model takes over of the streams of another one. Their states mean nothing to it; their readings do.

    Args:
        stepper: of the model.
        digest: of its artifact.
        changed: the rule.

    Raises:
        SettingsError: a negative number of readings.
    """

    def __init__(self, stepper: Stepper, digest: str, changed: Changed) -> None:
        if isinstance(changed, int) and changed < 0:
            raise SettingsError("changed", expected="a number of readings", came=str(changed), fix="choose 0 or more")
        self._stepper, self._digest, self._changed = stepper, digest, changed

    @property
    def refuses(self) -> bool:
        """Whether nothing is taken over."""
        return self._changed == "refuse"

    def taken_over(self, sessions: Sequence[Session], store: Store) -> list[Live | ModelChangedError]:
        """Streams of another model as this one goes on with them, all at once; or why it does not.

        Args:
            sessions: as the store has them.
            store: where their readings are recorded.

        Raises:
            StorageError: the store refused.
        """
        if self._changed == "refuse":
            return [self._refused(session) for session in sessions]
        if self._changed == "reset":
            return [Live(session.epoch + 1, 0, self._stepper.begin()) for session in sessions]
        memories = self._replayed(sessions, store, self._changed)
        return [Live(session.epoch, session.seq, memory) for session, memory in zip(sessions, memories, strict=True)]

    def _refused(self, session: Session) -> ModelChangedError:
        return ModelChangedError(
            f"stream '{session.stream}'",
            expected=f"a stream of the model {self._digest[:12]}",
            came=f"one of {session.digest[:12]}",
            fix="serve that model, or say what becomes of its streams with --on-change reset or --on-change replay",
        )

    def _replayed(self, sessions: Sequence[Session], store: Store, most: int) -> list[Memory]:
        """What this model remembers of the latest recorded readings; after one that it cannot use it begins anew."""
        names = [session.stream for session in sessions]
        memories = [self._stepper.begin()] * len(sessions)
        waiting = [self._recorded(session, store, most) for session in sessions]
        while any(waiting):
            for place, stretch in enumerate(self._stepper.read(names, memories, waiting)):
                waiting[place] = waiting[place][len(stretch.answers) + 1 :]
                memories[place] = stretch.memory if stretch.error is None else self._stepper.begin()
        return memories

    def _recorded(self, session: Session, store: Store, most: int) -> list[Reading]:
        """The latest readings of a stream that follow each other, with what it is as a whole."""
        first = max(0, session.seq - most)
        records = store.stretch(session.stream, session.epoch, first, session.seq - 1) if first < session.seq else []
        expected = session.seq
        following: list[Record] = []
        for record in reversed(records):
            expected -= 1
            if record.seq != expected:
                break
            following.append(record)
        said = self._said_at_first(session, store) if following else {}
        readings = [_reading(record) for record in reversed(following)]
        return [reading._replace(values={**said, **reading.values}) for reading in readings]

    def _said_at_first(self, session: Session, store: Store) -> dict[str, Any]:
        """What the stream is as a whole: it is given with its first reading only."""
        form = self._stepper.form
        names = (*form.static_numbers, *form.static_listed)
        beginning = store.record(session.stream, session.epoch, 0) if names else None
        said = {} if beginning is None else _reading(beginning).values
        return {name: said[name] for name in names if name in said}


def _reading(record: Record) -> Reading:
    """A reading as it was recorded."""
    return Reading(**orjson.loads(record.inputs))
