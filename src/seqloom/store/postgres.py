"""Sessions on a PostgreSQL server: durable there, whichever machine they are served from."""

from collections.abc import Sequence

from seqloom.store.change import Change
from seqloom.store.limits import check_after
from seqloom.store.postgres_link import Link
from seqloom.store.tables import Row, TableStore, session_row

_COMMIT = """WITH owner AS MATERIALIZED (
    SELECT 1 FROM seqloom_store WHERE owner = %b FOR SHARE
), gone AS (
    DELETE FROM seqloom_sessions USING owner WHERE stream = ANY (%b::text[])
), kept AS (
    INSERT INTO seqloom_sessions (stream, epoch, seq, digest, memory, answers, time, at, checksum)
    SELECT given.* FROM owner, unnest(
        %b::text[], %b::bigint[], %b::bigint[], %b::text[], %b::bytea[], %b::bytea[], %b::bigint[], %b::bigint[],
        %b::bytea[]) AS given
    ON CONFLICT (stream) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, digest = excluded.digest,
    memory = excluded.memory, answers = excluded.answers, time = excluded.time, at = excluded.at,
    checksum = excluded.checksum
), noted AS (
    INSERT INTO seqloom_records (stream, epoch, seq, digest, at, time, inputs, prediction, truth, norm)
    SELECT stream, epoch, seq, digest, at, time, inputs, prediction, truth, norm FROM owner, unnest(
        %b::text[], %b::bigint[], %b::bigint[], %b::text[], %b::bigint[], %b::bigint[], %b::bytea[], %b::bytea[],
        %b::bytea[], %b::float8[])
    WITH ORDINALITY AS given (stream, epoch, seq, digest, at, time, inputs, prediction, truth, norm, place)
    ORDER BY place
    ON CONFLICT (stream, epoch, seq) DO UPDATE SET digest = excluded.digest, at = excluded.at, time = excluded.time,
    inputs = excluded.inputs, prediction = excluded.prediction, truth = excluded.truth, norm = excluded.norm
)
SELECT count(*) FROM owner"""
"""One statement, hence one transaction and one journey: nothing happens if there is no row `owner`.

That row is locked until the commit is done; a new owner, who changes it, waits so long.
"""
_STREAMS = "SELECT stream FROM sessions WHERE stream > ? ORDER BY stream LIMIT ?"
_OWNER = "WITH owner AS MATERIALIZED (SELECT 1 FROM seqloom_store WHERE owner = %b FOR SHARE)"
_TELL = f"""{_OWNER}, told AS (
    UPDATE seqloom_records SET truth = %b FROM owner WHERE stream = %s AND epoch = %s AND seq = %s RETURNING 1
)
SELECT (SELECT count(*) FROM owner), (SELECT count(*) FROM told)"""
_FORGET = f"""{_OWNER}, gone AS (
    DELETE FROM seqloom_records USING owner WHERE id IN (
        SELECT id FROM seqloom_records WHERE at < %s ORDER BY at, id LIMIT %s) RETURNING 1
)
SELECT (SELECT count(*) FROM owner), (SELECT count(*) FROM gone)"""
_SESSION_COLUMNS, _RECORD_COLUMNS = 9, 10


class PostgresStore(TableStore):
    """A store in tables of a PostgreSQL database, `seqloom_sessions` and `seqloom_records`, made if they are not there.

    One commit is one transaction, on the server's disk when `commit` returns. A lost connection is an error of the call
    that finds it; the next one connects again and goes on if nobody took the store over meanwhile.

    Args:
        url: `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`; the schema is the first of the search path.

    Raises:
        SettingsError: no such form of an address.
        InputError: a store of a later version, or a database that is not in UTF-8.
        StorageError: another process owns the store, or the server refuses.
    """

    def __init__(self, url: str) -> None:
        self._link = Link(url)
        super().__init__(self._link.where)

    def commit(self, change: Change) -> None:
        """See `Store.commit`."""
        sessions = _columns([session_row(session) for session in change.sessions], _SESSION_COLUMNS)
        records = _columns(change.records, _RECORD_COLUMNS)
        self._change(_COMMIT, list(change.ended), *sessions, *records)

    def streams(self, *, after: str = "", limit: int = 100) -> list[str]:
        """See `Store.streams`."""
        check_after(after)
        return [stream for (stream,) in self._ask(_STREAMS, after, limit)]

    def close(self) -> None:
        """See `Store.close`."""
        self._link.close()

    def _ask(self, question: str, *values: object) -> list[Row]:
        return self._link.run(question.replace("?", "%s").replace("FROM ", "FROM seqloom_"), values)

    def _tell(self, truth: bytes, stream: str, epoch: int, seq: int) -> int:
        return self._change(_TELL, truth, stream, epoch, seq)

    def _forget(self, before: int, limit: int) -> int:
        return self._change(_FORGET, before, limit)

    def _change(self, statement: str, *values: object) -> int:
        """The last number that a statement answers, whose first one says whether the store is still ours."""
        ((owned, *rest),) = self._link.run(statement, [self._link.owner, *values])
        if not owned:
            raise self._link.fenced()
        return int(rest[-1]) if rest else 0


def _columns(rows: Sequence[tuple[object, ...]], count: int) -> list[list[object]]:
    """So many columns of these rows."""
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(count)]
