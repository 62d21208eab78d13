"""At most so many streams: who would begin one more is refused, and those that are there go on."""

import threading
from collections.abc import Sequence

from seqloom.errors import QuotaError, StorageError
from seqloom.live import Engine, Round
from seqloom.serve import joint
from seqloom.serve.joint import Joint, Told, Work
from seqloom.serve.observer import Observer
from seqloom.store import Change


class Quota:
    """Does works together, see `joint`, as long as there are not too many streams.

    There are never more than the limit: streams that are being begun count before they are durable. How many there are
    is an upper bound, and counted again where it has reached the limit and may be too high.

    Args:
        most: streams of the store; None: there is no limit.
        observer: who is told of streams that are not begun.
    """

    def __init__(self, most: int | None, observer: Observer) -> None:
        self._most, self._observer = most, observer
        self._lock = threading.Lock()
        self._beginning: set[str] = set()
        self._count: float = float("inf")  # nobody has counted yet
        self._loose = True

    def step(self, engine: Engine, works: Sequence[Work]) -> Joint:
        """See `joint.step`; works that would begin one stream too many are refused."""
        if self._most is None:
            return joint.step(engine, works)
        most = self._most
        try:
            admitted = [self._admits(engine, work.begins, most) for work in works]
        except StorageError as error:
            return Joint(works, [error] * len(works), Round([], Change()))
        if all(admitted):
            return joint.step(engine, works)
        self._observer.full(admitted.count(False))
        done = joint.step(engine, [work for work, one in zip(works, admitted, strict=True) if one])
        rest = iter(done.told)
        told: list[Told] = [next(rest) if one else _full(work, most) for work, one in zip(works, admitted, strict=True)]
        return Joint(works, told, done.round)

    def commit(self, engine: Engine, found: Joint) -> Joint:
        """See `joint.commit`."""
        done = joint.commit(engine, found)
        if self._most is not None:
            with self._lock:
                begun = self._beginning & {work.begins for work in found.works}
                self._beginning -= begun
                self._count += len(begun & done.round.after.keys())
                self._loose |= bool(done.round.change.ended)
        return done

    def _admits(self, engine: Engine, stream: str | None, most: int) -> bool:
        if stream is None or engine.knows(stream):
            return True
        with self._lock:
            if self._loose and self._count + len(self._beginning) >= most:
                self._count, self._loose = engine.count(), bool(self._beginning)  # some of these may be stored already
            if self._count + len(self._beginning) >= most:
                return False
            self._beginning.add(stream)
            return True


def _full(work: Work, most: int) -> QuotaError:
    """Why a stream is not begun."""
    fix = "end streams that are not needed, or go on with those that are there"
    return QuotaError(
        f"stream '{work.begins}'", number=most, expected=f"at most {most} streams", came="one more", fix=fix
    )
