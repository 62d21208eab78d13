"""What a batcher tells of its work."""

import asyncio

from seqloom.errors import OverloadedError
from seqloom.live import Call, Reading
from seqloom.serve import Batcher, Limits
from seqloom.serve.observer import Observer, Observers


def test_nobody_has_to_listen(engine):
    """The observer that is there by default does nothing."""
    silent = Observer()
    assert (silent.stepped(1, 2, 0.1), silent.committed(0.1), silent.failed(), silent.refused()) == (None,) * 4
    assert (silent.recorded([]), silent.full(1), silent.expired("reset")) == (None,) * 3


def test_rounds_failures_and_refusals_are_told(engine, store):
    """Each once, with calls and readings."""
    heard = []

    class Listening(Observer):
        def stepped(self, calls, readings, seconds):
            heard.append(("stepped", calls, readings, seconds >= 0))

        def committed(self, seconds):
            heard.append(("committed", seconds >= 0))

        def failed(self):
            heard.append("failed")

        def refused(self):
            heard.append("refused")

    async def run():
        batcher = Batcher(engine, Limits(waiting=2), Listening())
        calls = [Call(name, [Reading({"a": 1.0, "mode": "on"})] * 2) for name in "abc"]
        replies = [batcher.put(one) for one in calls[:2]]
        try:
            batcher.put(calls[2])
        except OverloadedError:
            await asyncio.gather(*replies)
        store.failures = 1
        await asyncio.gather(batcher.submit(calls[0]), return_exceptions=True)
        await batcher.close()

    asyncio.run(run())
    rounds = [("stepped", 2, 4, True), ("committed", True), ("stepped", 1, 2, True), "failed"]
    assert heard == ["refused", *rounds]


def test_records_are_told_when_they_are_durable(engine, store):
    """Those of a round that failed are not."""
    heard = []

    class Listening(Observer):
        def recorded(self, records):
            heard.append([(record.stream, record.seq, store.commits) for record in records])

    async def run():
        batcher = Batcher(engine, observer=Listening())
        call = Call("a", [Reading({"a": 1.0, "mode": "on"})] * 2)
        store.failures = 1
        await asyncio.gather(batcher.submit(call), return_exceptions=True)
        await batcher.submit(call)
        await batcher.close()

    asyncio.run(run())
    assert heard == [[("a", 0, 1), ("a", 1, 1)]]


def test_several_are_told_everything():
    """Each of them."""
    heard = []

    class Listening(Observer):
        def __getattribute__(self, name):
            return lambda *told: heard.append((name, *told))

    both = Observers(Listening(), Listening())
    both.stepped(1, 2, 0.5)
    both.committed(0.5)
    both.recorded([])
    both.failed()
    both.refused()
    both.full(2)
    both.expired("reset")
    told = [
        ("stepped", 1, 2, 0.5),
        ("committed", 0.5),
        ("recorded", []),
        ("failed",),
        ("refused",),
        ("full", 2),
        ("expired", "reset"),
    ]
    assert heard == [one for one in told for _ in range(2)]
