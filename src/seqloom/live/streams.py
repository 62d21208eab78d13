"""Live streams inside a program: no server, the same sessions."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from seqloom.artifact import Bundle
from seqloom.errors import SettingsError
from seqloom.live.answers import Answer
from seqloom.live.call import Call, Reply
from seqloom.live.engine import Engine
from seqloom.live.heritage import Changed
from seqloom.live.reading import Reading
from seqloom.store import Store, open_store

ONLY = "stream"
"""The name of a stream that is the only one."""


class LiveStreams:
    """Streams of a model in this process: one reading in, one answer out, what the model remembers kept for each.

    With a store everything an answer was given for is durable, and streams go on after a restart as if there had been
    none. Not to be used by several threads at once.

    Args:
        bundle: the artifact.
        store: where sessions are kept: an address (`sqlite:///live.db`), a path that ends in `.db`, or an open store;
            None: in memory only.
        records: whether every prediction is recorded in the store.
        deterministic: whether answers are the same to the last bit whoever else is read at the same time; slower.
        changed: what becomes of streams the store has of another model: `refuse`, `reset`, or how many of their latest
            recorded readings this model reads to catch up.

    Raises:
        SettingsError: the model does not answer reading by reading; or it was not saved, and its streams are to be.
    """

    def __init__(
        self,
        bundle: Bundle,
        store: Store | str | Path | None = None,
        *,
        records: bool = False,
        changed: Changed = "refuse",
        deterministic: bool = False,
    ) -> None:
        if store is not None and bundle.digest is None:
            fix = "save the model, and load it again"
            raise SettingsError("store", expected="a saved model, known by its digest", came="one in memory", fix=fix)
        self._own = not isinstance(store, Store)
        self.store = store if isinstance(store, Store) else open_store(store)
        try:
            self.engine = Engine(bundle, self.store, records=records, changed=changed, deterministic=deterministic)
        except BaseException:
            self.close()
            raise

    def step(
        self,
        values: Mapping[str, Any],
        *,
        time: Any = None,  # noqa: ANN401 - a stamp in any form
        ahead: Sequence[Mapping[str, Any]] = (),
        stream: str = ONLY,
        seq: int | None = None,
    ) -> Answer | None:
        """One reading of one stream.

        Args:
            values: of the columns, by name; None where a value is missing.
            time: of the reading, as in training: a time stamp or a number.
            ahead: the columns known ahead of the steps that follow.
            stream: which one; a new name begins a new one.
            seq: number of the reading, from 0 on; one that came before is answered as it was then. None: the next.

        Returns:
            What the model says now, by name, as `predict` writes it of all readings so far. A forecaster says nothing
            before it has seen a lookback: `waiting` is the number of readings it still needs. None: a repeated reading
            whose answer is no longer kept.

        Raises:
            InputError: the reading cannot be used; the stream is where it was.
            StreamError: it does not follow the one before, or the stream is of another model.
            StorageError: the store refused; the stream is where it was.
        """
        (reply,) = self.read([Call(stream, [Reading(values, time, ahead)], seq)])
        if reply.error is not None:
            raise reply.error
        return reply.answers[-1][1]

    def read(self, calls: Sequence[Call]) -> list[Reply]:
        """Readings of many streams at once: all streams that have one go a step together.

        Args:
            calls: of different streams.

        Raises:
            StorageError: the store refused; no stream has moved.
        """
        return self.engine.read(calls)

    def close(self) -> None:
        """Let the store go."""
        if self._own:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
