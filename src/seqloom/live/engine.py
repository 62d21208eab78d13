"""Many streams and their store: read, made durable, and only then acknowledged."""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import orjson

from seqloom.artifact import Bundle
from seqloom.errors import DamagedStreamError, DataError, InputError, StreamError
from seqloom.live.anomaly import scored
from seqloom.live.answers import Answer
from seqloom.live.call import Call, Reply, repeated
from seqloom.live.heritage import Changed, Heritage
from seqloom.live.reading import moment
from seqloom.live.stepper import Stepper, Stretch
from seqloom.live.visit import Live, Visit, met
from seqloom.store import Change, Place, Record, Session, Store

HOT = 100_000
"""Streams whose memory is at hand without asking the store."""


@dataclass(frozen=True)
class Round:
    """Calls that were read and wait to become durable.

    Args:
        replies: one for each call, to be given out when the change is durable.
        change: what has to become durable.
        after: the streams as they are then.
    """

    replies: list[Reply]
    change: Change
    after: dict[str, Live] = field(default_factory=dict)


class Engine:
    """Streams of one model.

    A stream goes on only when what it came to is durable: `read` steps, commits, and then lets the streams go on. A
    server does the three by itself. Where a commit fails, every stream is where it was.

    Args:
        bundle: the artifact.
        store: where sessions are kept.
        records: whether every prediction is recorded.
        changed: what becomes of streams of another model.
        hot: streams that are held in memory; those not read for longest are left to the store.
        deterministic: whether every reading is computed by itself, see `Stepper`.

    Raises:
        SettingsError: the model does not answer reading by reading; or a negative number of readings is to be replayed.
    """

    def __init__(
        self,
        bundle: Bundle,
        store: Store,
        *,
        records: bool = False,
        changed: Changed = "refuse",
        hot: int = HOT,
        deterministic: bool = False,
    ) -> None:
        self.stepper = Stepper(bundle, deterministic=deterministic)
        self.digest, self.task = bundle.digest or "", bundle.task
        self.store = store
        self._records, self._hot = records, hot
        self._forecast = self.stepper.form.schema.targets if bundle.model.sizes.horizon else ()
        self._heritage = Heritage(self.stepper, self.digest, changed)
        self._live: OrderedDict[str, Live] = OrderedDict()
        self._live_lock, self._store_lock = threading.Lock(), store.lock

    def read(self, calls: Sequence[Call]) -> list[Reply]:
        """Read the calls and make them durable.

        Args:
            calls: of different streams.

        Raises:
            StorageError: the store refused; no stream has moved, and nothing is acknowledged.
        """
        found = self.step(calls)
        self.commit(found)
        self.settle(found)
        return found.replies

    def step(self, calls: Sequence[Call]) -> Round:
        """Read the calls; nothing is durable yet, and no stream has moved.

        Args:
            calls: of different streams, none of which waits to be settled.
        """
        found = self._find([call.stream for call in calls])
        begun = [self._begin(call, found[call.stream]) for call in calls]
        reading = [one for one in begun if isinstance(one, Visit)]
        self._advance(reading)
        after = {one.call.stream: one.after for one in reading if one.moved and not one.ends}
        replies = [one.reply() if isinstance(one, Visit) else one for one in begun]
        return Round(replies, self._change(reading), after)

    def commit(self, found: Round) -> None:
        """Make a round durable.

        Raises:
            StorageError: the store refused; the round is to be forgotten.
        """
        if found.change.sessions or found.change.ended or found.change.records:
            with self._store_lock:
                self.store.commit(found.change)

    def settle(self, found: Round) -> None:
        """Let the streams go on from where a durable round left them."""
        with self._live_lock:
            for stream in found.change.ended:
                self._live.pop(stream, None)
            for stream, live in found.after.items():
                self._live[stream] = live
                self._live.move_to_end(stream)
            while len(self._live) > self._hot:
                self._live.popitem(last=False)

    def find(self, stream: str) -> Live | None:
        """A stream as it is; None: there is none.

        Raises:
            StreamError: what is stored of it is damaged, or of another model.
            InputError: no stream can have this name.
        """
        found = self._find([stream])[stream]
        if isinstance(found, Exception):
            raise found
        return found

    def stored(self, stream: str) -> Session | None:
        """What the store has of a stream, see `Store.session`."""
        with self._store_lock:
            return self.store.session(stream)

    def knows(self, stream: str) -> bool:
        """Whether there is a stream of this name, in whatever state.

        Raises:
            StorageError: the store refused.
        """
        with self._live_lock:
            if stream in self._live:
                return True
        try:
            return self.stored(stream) is not None
        except DamagedStreamError:
            return True
        except InputError:
            return False  # no stream can have this name

    def cool(self, stream: str) -> None:
        """Leave a stream to the store, as if it had not been read for long."""
        with self._live_lock:
            self._live.pop(stream, None)

    @property
    def refuses(self) -> bool:
        """Whether streams of another model are refused."""
        return self._heritage.refuses

    def streams(self, *, after: str = "", limit: int = 100) -> list[str]:
        """Names of streams that the store has, see `Store.streams`."""
        with self._store_lock:
            return self.store.streams(after=after, limit=limit)

    def count(self) -> int:
        """How many streams the store has."""
        with self._store_lock:
            return self.store.count()

    def recorded(self, stream: str, live: Live, limit: int) -> list[Record]:
        """The latest records of a stream as it is, at most `limit`; not those of an earlier one of its name."""
        with self._store_lock:
            return self.store.stretch(stream, live.epoch, max(0, live.seq - limit), live.seq - 1) if live.seq else []

    def page(self, after: Place) -> tuple[list[Record], Place]:
        """Records of all streams in the order they were made, see `Store.page`."""
        with self._store_lock:
            return self.store.page(after)

    def record(self, stream: str, epoch: int, seq: int) -> Record | None:
        """The record of one prediction, see `Store.record`."""
        with self._store_lock:
            return self.store.record(stream, epoch, seq)

    def latest(self, count: int) -> Iterator[Record]:
        """About so many of the latest records, in the order they were made; others may use the store meanwhile."""
        with self._store_lock:
            found = self.store.records(since=self.store.since(count))
        while True:
            with self._store_lock:
                record = next(found, None)
            if record is None:
                return
            yield record

    def forget(self, before: int, *, limit: int | None = None) -> int:
        """Remove old records, see `Store.forget`."""
        with self._store_lock:
            return self.store.forget(before, limit=limit)

    def probe(self) -> None:
        """Commit nothing, to see whether the store would.

        Raises:
            StorageError: it would not.
        """
        with self._store_lock:
            self.store.commit(Change())

    def session(self, stream: str, live: Live) -> Session:
        """What is stored of a stream."""
        told = [{"seq": seq, "prediction": answer} for seq, answer in live.answers]
        return Session(
            stream=stream,
            epoch=live.epoch,
            seq=live.seq,
            digest=self.digest,
            memory=live.memory.encode(),
            answers=orjson.dumps(told),
            time=moment(live.memory.last),
            at=time.time_ns() // 1000,
        )

    def _find(self, streams: Sequence[str]) -> dict[str, Live | StreamError | InputError | None]:
        """Streams as they are; those of another model by the rule for these, all at once."""
        with self._live_lock:
            found: dict[str, Live | StreamError | InputError | None] = {name: self._live.get(name) for name in streams}
        others = []
        for name in [name for name, live in found.items() if live is None]:
            try:
                session = self.stored(name)
                if session is not None and session.digest != self.digest:
                    others.append(session)
                elif session is not None:
                    found[name] = self._woken(session)
            except (StreamError, InputError) as error:
                found[name] = error
        if others:
            with self._store_lock:
                taken = self._heritage.taken_over(others, self.store)
            found.update((session.stream, one) for session, one in zip(others, taken, strict=True))
        return found

    def _woken(self, session: Session) -> Live:
        """A stored stream, decoded.

        Raises:
            DamagedStreamError: what is stored of it is nothing that this model made.
        """
        try:
            return self.woken(session)
        except DataError as error:  # it is nothing a client could have sent
            raise DamagedStreamError(error.where, expected=error.expected, came=error.came, fix=error.fix) from error

    def _begin(self, call: Call, live: Live | StreamError | InputError | None) -> Visit | Reply:
        """A call with its stream, what was acknowledged before answered as it was; or why it cannot be read."""
        if isinstance(live, Exception):
            return Reply(call.stream, 0, 0, error=live)
        if live is None and (ended := self._ended(call)):
            return ended
        live = met(call, live, self.stepper.begin())
        try:
            again = repeated(call, live.epoch, live.seq)
        except StreamError as error:
            return Reply(call.stream, live.epoch, live.seq, error=error)
        first, last = live.seq if call.seq is None else call.seq, dict(live.answers)
        answers = [
            (seq, last[seq] if seq in last else self._told(call.stream, live.epoch, seq))
            for seq in range(first, first + again)
        ]
        return Visit(call, live, answers)

    def _ended(self, call: Call) -> Reply | None:
        """What was answered to a call that ended its stream; None: it did not, or it is not recorded."""
        if not call.end or call.begin or call.epoch is None or not call.seq:
            return None
        stop = call.seq + len(call.readings)
        told = [(seq, self._told(call.stream, call.epoch, seq)) for seq in range(call.seq, stop)]
        recorded = all(answer is not None for _, answer in told)
        return Reply(call.stream, call.epoch, stop, told) if recorded else None

    def _told(self, stream: str, epoch: int, seq: int) -> Answer | None:
        """What was answered some time ago, where it is still recorded."""
        with self._store_lock:
            record = self.store.record(stream, epoch, seq)
        return None if record is None else orjson.loads(record.prediction)

    def _advance(self, visits: list[Visit]) -> None:
        """All new readings of all streams."""
        names, memories = [one.call.stream for one in visits], [one.live.memory for one in visits]
        stretches = self.stepper.read(names, memories, [one.readings for one in visits])
        for one, stretch in zip(visits, stretches, strict=True):
            one.came(self._scored(one, stretch) if self._forecast else stretch)

    def _scored(self, visit: Visit, stretch: Stretch) -> Stretch:
        """With the anomaly of each reading."""
        last = dict(visit.live.answers)
        before = last.get(visit.live.seq - 1)
        answers = scored(stretch, visit.readings, self._forecast, before)
        return stretch._replace(answers=answers)

    def _change(self, visits: list[Visit]) -> Change:
        moved, ended = [one for one in visits if one.moved], [one.call.stream for one in visits if one.ends]
        sessions = [self.session(one.call.stream, one.after) for one in moved if not one.ends]
        if not self._records:
            return Change(sessions, ended=ended)
        at = time.time_ns() // 1000
        return Change(sessions, [record for one in moved for record in one.records(self.digest, at)], ended)

    def woken(self, session: Session) -> Live:
        """A session of this model, decoded.

        Raises:
            DataError: its memory cannot be that of this model.
        """
        where = f"stream '{session.stream}'"
        memory = self.stepper.decoded(session.memory, where)
        told = [(one["seq"], one["prediction"]) for one in orjson.loads(session.answers)]
        return Live(session.epoch, session.seq, memory, told)
