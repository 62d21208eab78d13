"""At most so many streams."""

import asyncio

import pytest
from starlette.testclient import TestClient

from seqloom.errors import QuotaError, StorageError
from seqloom.live import Call, End, Engine, Fork, Reading, Restore, Snapshot
from seqloom.serve import App, Batcher, Limits

READING = Reading({"a": 1.0, "mode": "on"})
MOST = 3


def done(engine, *works, most=MOST, together=True):
    """What each of some works came to on a server with a limit."""

    async def run():
        batcher = Batcher(engine, Limits(kept=most))
        if together:
            told = await asyncio.gather(*map(batcher.put, works), return_exceptions=True)
        else:
            told = [(await asyncio.gather(batcher.put(work), return_exceptions=True))[0] for work in works]
        await batcher.close()
        return told

    return asyncio.run(run())


def begun(*names):
    """First readings of streams."""
    return [Call(name, [READING]) for name in names]


@pytest.mark.parametrize("together", [True, False])
def test_one_more_is_refused_and_the_others_go_on(engine, together):
    """Whether they come together or one by one."""
    told = done(engine, *begun("a", "b", "c", "d"), together=together)
    assert [one.acknowledged for one in told[:MOST]] == [1, 1, 1]
    assert isinstance(told[MOST], QuotaError)
    assert "stream 'd': expected at most 3 streams, came one more" in str(told[MOST])
    assert engine.count() == MOST
    assert [one.acknowledged for one in done(engine, *begun("a", "b", "c"))] == [2, 2, 2]


def test_streams_of_an_earlier_server_count(engine, bundle, store):
    """They are in the store."""
    done(engine, *begun("a", "b", "c"))
    assert isinstance(done(Engine(bundle, store), *begun("d"))[0], QuotaError)


def test_an_end_makes_room(engine):
    """For as many as ended."""
    told = done(engine, *begun("a", "b", "c"), End("a"), End("none"), *begun("d", "e"), together=False)
    assert told[5].acknowledged == 1
    assert isinstance(told[6], QuotaError)


def test_what_came_to_nothing_takes_no_room(engine, store):
    """Neither a first reading that cannot be used, nor one that the store refused."""

    async def run():
        batcher = Batcher(engine, Limits(kept=1))
        wrong = await batcher.submit(Call("a", [Reading({"a": 1.0, "mode": 7})]))
        store.failures = 1
        with pytest.raises(StorageError):
            await batcher.submit(*begun("b"))
        last = await batcher.submit(*begun("c"))
        await batcher.close()
        return wrong, last

    wrong, last = asyncio.run(run())
    assert wrong.error is not None
    assert (last.error, last.acknowledged) == (None, 1)


def test_copies_and_snapshots_count_too(engine):
    """An administrator makes no stream too many, either; a snapshot put back in its own place is none."""
    told = done(engine, *begun("a", "b", "c"), Fork("a", "d"), Snapshot("a"), together=False)
    assert isinstance(told[3], QuotaError)
    again = done(engine, Restore("e", told[4]["snapshot"] if "snapshot" in told[4] else told[4]), Restore("a", told[4]))
    assert isinstance(again[0], QuotaError)
    assert again[1]["acknowledged"] == 1


def test_a_call_that_begins_nothing_is_answered_as_ever(engine):
    """A gap is a gap, also where there is no room."""
    told = done(engine, *begun("a"), Call("b", [READING], seq=5), most=1, together=False)
    assert told[1].error.number == 0


def test_without_a_limit_nothing_is_counted(engine, monkeypatch):
    """It costs nothing."""
    monkeypatch.setattr(engine, "knows", lambda _: pytest.fail("nobody has to ask"))
    assert [one.acknowledged for one in done(engine, *begun(*"abcdef"), most=None)] == [1] * 6


def test_a_client_is_told_with_a_status(engine, body):
    """429, the code `quota`, and when to come again; it is counted."""
    with TestClient(App(engine, limits=Limits(kept=1)), base_url="http://127.0.0.1") as client:
        assert client.post("/v1/streams/a/readings", json=body(0)).status_code == 200
        refused = client.post("/v1/streams/b/readings", json=body(0))
        counts = client.get("/metrics").text
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "quota")
    assert refused.headers["retry-after"]
    assert "seqloom_streams_refused_total 1.0" in counts
