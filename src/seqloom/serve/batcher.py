"""Calls of many clients, stepped together: what comes while a round is computed is the next round."""

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn, TypeVar

from seqloom.errors import OverloadedError
from seqloom.live import Call, Engine, Operation, Reply
from seqloom.serve.joint import Joint, Told, Work
from seqloom.serve.limits import Limits
from seqloom.serve.observer import Observer
from seqloom.serve.quota import Quota

Come = TypeVar("Come")


class _Job:
    """A piece of work that was taken.

    Args:
        work: what is to be done.
        streams: what nobody else may touch meanwhile.
        size: its readings, at least 1.
        future: what it came to.
    """

    __slots__ = ("behind", "future", "size", "streams", "work")

    def __init__(self, work: Work, streams: tuple[str, ...], size: int, future: asyncio.Future[Any]) -> None:
        self.work, self.streams, self.size, self.future = work, streams, size, future
        self.behind = 0
        """Of its streams, those at which another one is before it."""


class Batcher:
    """Takes calls from an event loop, and answers each when it is durable.

    All calls whose streams are free are one round: stepped and committed together, in a thread of its own. What comes
    meanwhile is the next one; to step it while this one is committed made rounds smaller, and all of it slower. A
    stream with a call under way queues its later ones in order. Nothing waits for a timer: a lone call is read at once.

    Args:
        engine: the streams; nobody else may read with it meanwhile.
        limits: how many may wait, and how many are stepped together.
        observer: who is told of rounds.
    """

    def __init__(self, engine: Engine, limits: Limits | None = None, observer: Observer | None = None) -> None:
        self._engine, self._limits = engine, limits or Limits()
        self._observer = observer or Observer()
        self._quota = Quota(self._limits.kept, self._observer)
        self._worker = ThreadPoolExecutor(1, "seqloom-round")
        self._lines: dict[str, deque[_Job]] = {}
        self._ready: deque[_Job] = deque()
        self._round: asyncio.Task[None] | None = None
        """The one that is under way."""
        self._calls = self._readings = 0
        self._woken = self._closing = self._held = False

    @property
    def engine(self) -> Engine:
        """The streams."""
        return self._engine

    @property
    def waiting(self) -> int:
        """Calls that were taken and are not answered yet."""
        return self._calls

    @property
    def closing(self) -> bool:
        """Whether no further calls are taken."""
        return self._closing

    async def submit(self, call: Call) -> Reply:
        """Read a call, and come back when it is durable.

        Raises:
            OverloadedError: too many wait; nothing was read.
            StorageError: the store refused; the stream is where it was.
        """
        reply: Reply = await self.put(call)
        return reply

    async def operate(self, operation: Operation) -> Mapping[str, Any]:
        """Do something else with a stream, and come back when it is durable.

        Raises:
            OverloadedError: too many wait; nothing was done.
            StreamError: it cannot be done with this stream.
            InputError: what it was given cannot be used.
            StorageError: the store refused; the stream is where it was.
        """
        answer: Mapping[str, Any] = await self.put(operation)
        return answer

    def put(self, work: Work) -> asyncio.Future[Any]:
        """The same as `submit` and `operate`, for one who waits later.

        Raises:
            OverloadedError: too many wait; nothing was done.
        """
        streams, size = _extent(work)
        self._refuse_crowd(streams, size)
        job = _Job(work, streams, size, asyncio.get_running_loop().create_future())
        self._calls += 1
        self._readings += size
        for stream in streams:
            line = self._lines.setdefault(stream, deque())
            line.append(job)
            job.behind += len(line) > 1
        if not job.behind:
            self._ready.append(job)
            self._wake()
        return job.future

    async def exchange(self, engine: Engine) -> None:
        """Go on with another engine, that of another model on the same store.

        What is under way is finished and answered by the present one. Calls that come meanwhile wait: each is answered,
        by one of the two.
        """
        self._held = True
        try:
            while self._round is not None:
                await asyncio.wait([self._round])
            self._engine = engine
        finally:
            self._held = False
            self._wake()

    async def close(self) -> None:
        """Take no further calls, and come back when all that were taken are durable and answered."""
        self._closing = True
        while self._round is not None or self._ready or self._woken:
            if self._round is None:
                await asyncio.sleep(0)
            else:
                await asyncio.wait([self._round])
        self._worker.shutdown()

    def admit(self) -> None:
        """Refuse one who would come in vain, before what he brings is looked at.

        Raises:
            OverloadedError: too many wait, or the server closes.
        """
        if self._closing:
            fix = "send it again to the server that takes its place"
            raise OverloadedError(
                "server", closing=True, expected="calls before it closes", came="a later one", fix=fix
            )
        if self._calls >= self._limits.waiting:
            self._refuse(f"{self._calls} calls with {self._readings} readings")

    def _refuse_crowd(self, streams: tuple[str, ...], size: int) -> None:
        self.admit()
        limits = self._limits
        if self._readings and self._readings + size > limits.waiting_readings:
            self._refuse(f"{self._calls} calls with {self._readings} readings")
        if any(len(self._lines.get(stream, ())) >= limits.waiting_stream for stream in streams):
            self._refuse(f"{limits.waiting_stream} calls of the stream")

    def _refuse(self, came: str) -> NoReturn:
        self._observer.refused()
        raise OverloadedError("server", expected="fewer calls that wait", came=came, fix="send it again later")

    def _wake(self) -> None:
        """Begin a round when all that the loop has at hand was taken."""
        if not self._woken and not self._held and self._round is None:
            self._woken = True
            asyncio.get_running_loop().call_soon(self._begin)

    def _begin(self) -> None:
        self._woken = False
        if not self._ready or self._held or self._round is not None:
            return
        jobs, size = [self._ready.popleft()], 0
        size = jobs[0].size
        while self._ready and size + self._ready[0].size <= self._limits.group:
            size += self._ready[0].size
            jobs.append(self._ready.popleft())
        self._round = asyncio.get_running_loop().create_task(self._run(jobs))

    async def _run(self, jobs: list[_Job]) -> None:
        """A round: step and commit in the other thread, answer in this one."""
        works = [job.work for job in jobs]
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._worker, self._work, works)
        finally:
            self._round = None
            self._wake()  # the next one begins before clients hear of this one
        for job, told in zip(jobs, found.told, strict=True):
            self._answer(job, told)

    def _work(self, works: list[Work]) -> Joint:
        return self._commit(self._step(works))

    def _step(self, works: list[Work]) -> Joint:
        began = time.perf_counter()
        found = self._quota.step(self._engine, works)
        calls = [work for work in works if isinstance(work, Call)]
        if calls:
            readings = sum(len(call.readings) for call in calls)
            self._observer.stepped(len(calls), readings, time.perf_counter() - began)
        return found

    def _commit(self, found: Joint) -> Joint:
        began = time.perf_counter()
        done = self._quota.commit(self._engine, found)
        if done is found:
            self._observer.committed(time.perf_counter() - began)
        else:
            self._observer.failed()
        if done.round.change.records:
            self._observer.recorded(done.round.change.records)
        return done

    def _answer(self, job: _Job, told: Told) -> None:
        self._calls -= 1
        self._readings -= job.size
        for stream in job.streams:
            line = self._lines[stream]
            line.popleft()
            if line:
                line[0].behind -= 1
                if not line[0].behind:
                    self._ready.append(line[0])
            else:
                del self._lines[stream]
        if job.future.done():
            return  # nobody waits any more
        if isinstance(told, Exception):
            job.future.set_exception(told)
            job.future.exception()  # one who no longer waits is no mistake
        else:
            job.future.set_result(told)


def outcome(work: asyncio.Future[Come]) -> Come | Exception:
    """What came of a piece of work that is done."""
    error = work.exception()
    if error is None:
        return work.result()
    return error if isinstance(error, Exception) else RuntimeError(str(error))


def _extent(work: Work) -> tuple[tuple[str, ...], int]:
    """The streams of a piece of work, and its readings, at least one."""
    if isinstance(work, Call):
        return (work.stream,), max(1, len(work.readings))
    return tuple(dict.fromkeys(work.streams)), max(1, work.size)
