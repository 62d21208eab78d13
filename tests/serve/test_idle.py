"""Streams that nobody reads on with are let go of after some time."""

import asyncio
import time
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from seqloom.errors import DamagedStreamError, OverloadedError, StorageError
from seqloom.live import Call, Reading
from seqloom.serve import App, Batcher, Limits
from seqloom.serve.idle import DAY, PAGE, Idle
from seqloom.serve.observer import Observer

READING = Reading({"a": 1.0, "mode": "on"})


class Counting(Observer):
    """Notes what became of idle streams."""

    def __init__(self):
        self.outcomes, self.heard = [], asyncio.Event()

    def expired(self, outcome):
        """Note it."""
        self.outcomes.append(outcome)
        self.heard.set()


def now():
    """In microseconds."""
    return time.time_ns() // 1000


def swept(engine, before=None, meanwhile=None, limits=None):
    """Looks once at all streams; what was told."""
    counting = Counting()

    async def run():
        batcher = Batcher(engine, limits)
        idle = Idle(batcher, 1.0, counting)
        if meanwhile is not None:
            page = idle._page
            idle._page = lambda *given: (
                page(*given),
                asyncio.run_coroutine_threadsafe(meanwhile(batcher), loop).result(),
            )[0]
        loop = asyncio.get_running_loop()
        try:
            await idle.sweep(now() + 1 if before is None else before)
        finally:
            await batcher.close()

    asyncio.run(run())
    return counting.outcomes


def then(page, work, loop):
    """A page, and after it some work of the server's own loop."""

    def found(*given):
        told = page(*given)
        if given[1] == "":
            asyncio.run_coroutine_threadsafe(work, loop).result()
        return told

    return found


def begin(engine, count, first=0):
    """Streams of two readings each."""
    engine.read([Call(f"s{one:04}", [READING] * 2) for one in range(first, first + count)])


def test_all_idle_streams_are_found_page_by_page(engine):
    """However many there are; in the second sweep their names go, too."""
    begin(engine, 2 * PAGE + 3)
    assert swept(engine) == ["reset"] * (2 * PAGE + 3)
    assert engine.find("s0000").epoch == 1
    assert swept(engine) == ["forgotten"] * (2 * PAGE + 3)
    assert engine.count() == 0


def test_a_hot_stream_is_not_ended(engine):
    """Only those are that did not move since the time in question."""
    begin(engine, 3)
    time.sleep(0.002)
    border = now()
    engine.read([Call("s0001", [READING])])
    assert swept(engine, border) == ["reset"] * 2
    assert [engine.find(f"s{one:04}").seq for one in range(3)] == [0, 3, 0]


def test_a_reading_that_comes_between_look_and_end_keeps_its_stream(engine):
    """It was found idle, but is looked at again in its turn."""
    begin(engine, 2)
    border = now()

    async def read_on(batcher):
        await batcher.submit(Call("s0000", [READING], seq=2, epoch=0))

    time.sleep(0.002)
    assert swept(engine, border, read_on) == ["reset"]
    assert (engine.find("s0000").seq, engine.find("s0001").seq) == (3, 0)


def test_a_store_that_refuses_keeps_all(engine, store):
    """Nothing is let go of that the store did not take."""
    begin(engine, 2)
    store.failures = 1
    with pytest.raises(StorageError):
        swept(engine)
    assert [engine.find(name).seq for name in ("s0000", "s0001")] == [2, 2]


def test_a_crowded_server_is_left_alone(engine):
    """Clients come first; it is tried again later."""
    begin(engine, 3)
    with pytest.raises(OverloadedError):
        swept(engine, limits=Limits(waiting=1))


def test_a_damaged_stream_does_not_hold_up_the_others(engine, store, monkeypatch):
    """It stays as it is."""
    begin(engine, 3)
    session = store.session

    def reading(stream):
        if stream == "s0001":
            raise DamagedStreamError(stream, expected="a checksum", came="another", fix="restore it")
        return session(stream)

    monkeypatch.setattr(store, "session", reading)
    assert swept(engine) == ["reset"] * 2


def test_a_server_does_so_by_itself_and_tells_the_client(engine, body):
    """After the time that was set; going on is refused with the epoch that is now, and it is counted."""
    limits = Limits(idle=0.3 / DAY)
    with TestClient(App(engine, limits=limits), base_url="http://127.0.0.1") as client:
        client.post("/v1/streams/a/readings", json=body(0, 1))
        until = time.monotonic() + 20
        while 'outcome="reset"' not in client.get("/metrics").text and time.monotonic() < until:
            time.sleep(0.05)
        told = client.post("/v1/streams/a/readings", json=body(2))
    assert told.json()["error"]["code"] in ("epoch", "gap")
    assert told.status_code in (409, 412)


def test_without_a_time_nobody_looks(engine):
    """It ends at once."""
    batcher = SimpleNamespace(engine=None)
    assert asyncio.run(Idle(batcher, None, Observer()).watch()) is None


def test_a_failure_is_told_and_does_not_end_the_looking(engine, store, caplog):
    """The next look is another one."""
    begin(engine, 1)
    store.failures = 1

    async def run():
        counting, batcher = Counting(), Batcher(engine)
        looking = asyncio.create_task(Idle(batcher, 0.001 / DAY, counting).watch())
        await asyncio.wait_for(counting.heard.wait(), 20)
        looking.cancel()
        await batcher.close()
        return counting.outcomes

    assert asyncio.run(run())[0] == "reset"
    assert "idle streams are kept for now" in caplog.text
