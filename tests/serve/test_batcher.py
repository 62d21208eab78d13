"""Calls of many clients, stepped together."""

import asyncio
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqloom.errors import OverloadedError, StorageError
from seqloom.live import Call, Engine, Fork, Look, Reading
from seqloom.serve import Batcher, Limits
from seqloom.store import MemoryStore

READING = Reading({"a": 1.0, "mode": "on"})


def call(stream, seq=None, count=1):
    """Some readings of a stream."""
    return Call(stream, [READING] * count, seq=seq)


class Watching(Engine):
    """An engine that notes what it stepped together, and waits where it is told to."""

    def __init__(self, bundle, store):
        super().__init__(bundle, store)
        self.groups, self.go, self.begun = [], threading.Event(), threading.Event()
        self.go.set()

    def step(self, calls):
        """Note them."""
        self.groups.append([one.stream for one in calls])
        self.begun.set()
        assert self.go.wait(10)
        return super().step(calls)


@pytest.fixture
def watching(bundle, store):
    """Such an engine."""
    return Watching(bundle, store)


async def until(event):
    """Wait for another thread."""
    await asyncio.get_running_loop().run_in_executor(None, event.wait, 10)


def test_what_comes_while_a_round_is_computed_is_the_next_round(watching):
    """Groups form by themselves: the first call goes alone, those that came meanwhile go together."""

    async def run():
        batcher = Batcher(watching)
        watching.go.clear()
        replies = [batcher.put(call("first"))]
        await until(watching.begun)
        replies += [batcher.put(call(f"later-{one}")) for one in range(5)]
        watching.go.set()
        await asyncio.gather(*replies)
        await batcher.close()

    asyncio.run(run())
    assert watching.groups == [["first"], [f"later-{one}" for one in range(5)]]


def test_calls_that_come_at_the_same_time_go_together(watching):
    """What the loop has at hand in one turn is one round."""

    async def run():
        batcher = Batcher(watching)
        await asyncio.gather(*[batcher.submit(call(f"s{one}")) for one in range(7)])
        await batcher.close()

    asyncio.run(run())
    assert [len(group) for group in watching.groups] == [7]


def test_what_comes_while_a_round_is_committed_is_one_round(watching, store):
    """Nothing else is stepped meanwhile, so that the next round is as large as it can be."""

    async def run():
        batcher = Batcher(watching)
        store.go.clear()
        replies = []
        for name in "abcd":
            replies.append(batcher.put(call(name)))
            await asyncio.sleep(0.05)
        groups, done = list(watching.groups), [reply.done() for reply in replies]
        store.go.set()
        await asyncio.gather(*replies)
        await batcher.close()
        return groups, done

    groups, done = asyncio.run(run())
    assert groups == [["a"]]
    assert done == [False] * 4
    assert watching.groups == [["a"], ["b", "c", "d"]]


@settings(deadline=None)  # another process may take its time
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3)), max_size=25))
def test_every_call_is_answered_once_and_in_order(bundle, asked):
    """However calls of streams are mixed, each stream reads them in the order they came, and none is lost."""

    async def run():
        batcher = Batcher(Engine(bundle, MemoryStore()))
        told = await asyncio.gather(*[batcher.submit(call(stream, count=count)) for stream, count in asked])
        await batcher.close()
        return told

    told, at = asyncio.run(run()), dict.fromkeys("abc", 0)
    for (stream, count), reply in zip(asked, told, strict=True):
        assert [seq for seq, _ in reply.answers] == list(range(at[stream], at[stream] + count))
        at[stream] += count


def test_a_failing_commit_answers_all_and_moves_nobody(engine, store):
    """Every call of the round is told, no stream has moved, and the same calls may come again."""

    async def run():
        batcher = Batcher(engine)
        store.failures = 1
        told = await asyncio.gather(*[batcher.submit(call(name, 0)) for name in "abc"], return_exceptions=True)
        again = await asyncio.gather(*[batcher.submit(call(name, 0)) for name in "abc"])
        await batcher.close()
        return told, again

    told, again = asyncio.run(run())
    assert [type(one) for one in told] == [StorageError] * 3
    assert [one.acknowledged for one in again] == [1, 1, 1]


def test_too_many_calls_are_refused_at_once(engine, store):
    """Beyond its bounds a batcher takes nothing, in all and of one stream, and what it took is answered."""

    async def run():
        batcher = Batcher(engine, Limits(waiting=5, waiting_stream=3))
        store.go.clear()
        replies, times = [], []
        for stream in ["a"] * 4 + ["b", "c", "d"]:
            began = time.perf_counter()
            try:
                replies.append(batcher.put(call(stream)))
            except OverloadedError:
                times.append(time.perf_counter() - began)
        assert batcher.waiting == 5
        store.go.set()
        told = await asyncio.gather(*replies)
        await batcher.close()
        return told, times

    told, times = asyncio.run(run())
    assert [one.stream for one in told] == ["a", "a", "a", "b", "c"]
    assert len(times) == 2
    assert max(times) < 0.1


def test_many_readings_are_refused_but_a_lone_call_is_not(engine, store):
    """Readings that wait are bounded too; one call is taken whatever its size."""

    async def run():
        batcher = Batcher(engine, Limits(waiting_readings=4))
        store.go.clear()
        reply = batcher.put(call("a", count=9))
        with pytest.raises(OverloadedError, match="9 readings"):
            batcher.put(call("b"))
        store.go.set()
        return (await reply).acknowledged, await batcher.close()

    assert asyncio.run(run()) == (9, None)


def test_one_who_would_come_in_vain_is_told_before(engine, store):
    """Where no call at all is taken any more; where some are, he may try."""

    async def run():
        batcher = Batcher(engine, Limits(waiting=1))
        store.go.clear()
        batcher.admit()
        reply = batcher.put(call("a"))
        with pytest.raises(OverloadedError, match="1 calls with 1 readings"):
            batcher.admit()
        store.go.set()
        await reply
        batcher.admit()
        await batcher.close()
        with pytest.raises(OverloadedError, match="closes"):
            batcher.admit()

    asyncio.run(run())


def test_closing_answers_all_that_was_taken(engine, store):
    """What was taken is durable when `close` returns; later calls are told that the server is closing."""

    async def run():
        batcher = Batcher(engine)
        replies = [batcher.put(call(name)) for name in "aaabbc"]
        closing = asyncio.ensure_future(batcher.close())
        await asyncio.sleep(0)
        with pytest.raises(OverloadedError, match="closes"):
            batcher.put(call("d"))
        await closing
        return [reply.done() for reply in replies]

    assert asyncio.run(run()) == [True] * 6
    assert [store.session(name).seq for name in "abc"] == [3, 2, 1]


def test_one_who_leaves_does_not_disturb_the_others(engine, store):
    """A call whose client is gone is read all the same."""

    async def run():
        batcher = Batcher(engine)
        replies = [batcher.put(call(name)) for name in "ab"]
        replies[0].cancel()
        told = await replies[1]
        await batcher.close()
        return told.acknowledged

    assert asyncio.run(run()) == 1
    assert store.session("a").seq == 1


def test_an_operation_waits_for_all_its_streams(engine):
    """A copy is of the stream as it is after the calls before it, and later calls of both see it."""

    async def run():
        batcher = Batcher(engine)
        works = [call("a", count=2), Fork("a", "b"), call("b"), call("a"), Look("b"), Fork("a", "a")]
        told = await asyncio.gather(*[batcher.put(work) for work in works], return_exceptions=True)
        await batcher.close()
        return told

    _, copied, of_copy, of_first, looked, refused = asyncio.run(run())
    assert copied == {"stream": "b", "epoch": 0, "acknowledged": 2}
    assert (of_copy.acknowledged, of_first.acknowledged, looked["acknowledged"]) == (3, 3, 3)
    assert "no stream has" in str(refused)


def test_a_lone_call_does_not_wait_for_a_timer(engine):
    """An idle server answers as fast as it can step and commit."""

    async def run():
        batcher = Batcher(engine)
        times = []
        for _ in range(20):
            began = time.perf_counter()
            await batcher.submit(call("a"))
            times.append(time.perf_counter() - began)
        await batcher.close()
        return sorted(times)[10]

    assert asyncio.run(run()) < 0.1
