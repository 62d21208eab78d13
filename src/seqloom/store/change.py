"""All that one commit makes durable."""

from collections.abc import Sequence
from dataclasses import dataclass

from seqloom.errors import InputError
from seqloom.store.limits import check_count, check_moment, check_name
from seqloom.store.record import Record
from seqloom.store.session import Session


@dataclass(frozen=True)
class Change:
    """What is to become durable together, or not at all.

    Args:
        sessions: streams as they are from now on.
        records: predictions that were made; one with the stream, epoch and seq of an earlier one takes its place, as
            after a stream that was ended and begun again.
        ended: streams that are no longer there; their records stay until they are forgotten.

    Raises:
        InputError: a stream stands twice in `sessions` and `ended`, a prediction twice in `records`, or a name or
            number is none that a store can hold.
    """

    sessions: Sequence[Session] = ()
    records: Sequence[Record] = ()
    ended: Sequence[str] = ()

    def __post_init__(self) -> None:
        sessions, records = self.sessions, self.records
        names = [*(session.stream for session in sessions), *self.ended]
        distinct = set(names)
        if len(distinct) < len(names):
            raise _twice("streams", len(names) - len(distinct))
        keys = {record[:3] for record in records}
        if len(keys) < len(records):
            raise _twice("records", len(records) - len(keys))
        distinct.update([record.stream for record in records])
        for stream in distinct:
            check_name(stream)
        entries: list[Session | Record] = [*sessions, *records]
        check_count(*[entry.epoch for entry in entries], *[entry.seq for entry in entries])
        check_moment(*[entry.at for entry in entries], *[entry.time for entry in entries if entry.time is not None])


def _twice(what: str, count: int) -> InputError:
    return InputError(
        f"{what} of one commit", expected="each once", came=f"{count} more than once", fix="keep the last of each"
    )
