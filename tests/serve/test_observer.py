"""What a batcher tells of its work."""

import asyncio

from seqloom.errors import OverloadedError
from seqloom.live import Call, Reading
from seqloom.serve import Batcher, Limits
from seqloom.serve.observer import Observer


def test_nobody_has_to_listen(engine):
    """The observer that is there by default does nothing."""
    silent = Observer()
    assert (silent.stepped(1, 2, 0.1), silent.committed(0.1), silent.failed(), silent.refused()) == (None,) * 4


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
