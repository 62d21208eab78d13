"""Records of a store that a running server owns: asked of the server, page by page."""

import base64
import binascii
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Protocol, Self

from seqloom.errors import InputError
from seqloom.store.record import Record
from seqloom.store.remote import asked

WHOSE = "the administrator's token"
PLAIN = ("stream", "epoch", "seq", "digest", "at", "time", "norm")
RAW = ("inputs", "prediction", "truth")


class Records(Protocol):
    """Where records are read: a store, or a server that has one."""

    def records(self, *, since: int = 0, stream: str | None = None) -> Iterator[Record]:
        """See `Store.records`."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class ServedRecords:
    """The records of a running server.

    Args:
        address: of the server, such as `http://127.0.0.1:8000`.
        token: of an administrator; None: it asks for none.
    """

    def __init__(self, address: str, token: str | None = None) -> None:
        self._address = address.rstrip("/")
        self._token = token

    def records(self, *, since: int = 0, stream: str | None = None) -> Iterator[Record]:
        """See `Store.records`; those that are made meanwhile are among them.

        Raises:
            StorageError: the server does not answer, or refuses.
            InputError: what answers is no server of this kind.
        """
        place = f"{since},-1"
        while True:
            page = asked(
                self._address, f"/v1/records?after={place}", token=self._token, what="its records", whose=WHOSE
            )
            try:
                found = [_record(row) for row in page["records"]]
                place = ",".join(str(int(part)) for part in page["after"])
            except (KeyError, TypeError, ValueError, binascii.Error) as error:
                fix = "correct the address"
                raise InputError(self._address, expected="records", came="something else", fix=fix) from error
            if not found:
                return
            yield from (one for one in found if stream in (None, one.stream))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """There is nothing to let go."""


def written(record: Record) -> dict[str, Any]:
    """A record as a server tells it, ready for JSON: what it holds as JSON goes as base64, byte for byte.

    Example:
        >>> record = Record("a", 0, 1, "d", 5, None, b'{"x":1}', b"{}")
        >>> _record(written(record)) == record
        True
    """
    raw = {name: getattr(record, name) for name in RAW}
    coded = {name: None if part is None else base64.b64encode(part).decode() for name, part in raw.items()}
    return {name: getattr(record, name) for name in PLAIN} | coded


def _record(row: dict[str, Any]) -> Record:
    found: dict[str, Any] = {name: row[name] for name in PLAIN}
    for name in RAW:
        found[name] = None if row[name] is None else base64.b64decode(row[name], validate=True)
    return Record(**found)
