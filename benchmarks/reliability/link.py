"""What stands between clients and a process that answers them."""

import contextlib
import http.client
import json
import os
import queue
import select
import signal
import threading
from abc import ABC, abstractmethod
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from typing import Any
from zlib import crc32

PRELOADED = ["benchmarks.reliability.host"]
WORKERS = 4
"""Connections to a server."""
TOGETHER = 64
"""Readings in one request, at most."""

Answer = dict[str, Any]


def context() -> ForkServerContext:
    """Where processes come from that start in milliseconds, because all they need is loaded already."""
    found = get_context("forkserver")
    found.set_forkserver_preload(PRELOADED)
    return found


class Link(ABC):
    """A process that answers, and the way to it."""

    @abstractmethod
    def send(self, lines: list[bytes]) -> None:
        """Send readings, as lines of JSON; to a process that has ended nothing is sent."""

    @abstractmethod
    def hear(self, seconds: float) -> list[Answer]:
        """The answers that came, waiting for the first one for so long; `{"stream", "seq", "prediction"}` each."""

    @abstractmethod
    def end(self, *, kill: bool) -> list[Answer]:
        """End the process, at once or when it is done; gives the answers that were on their way."""


class PipeLink(Link):
    """The command `seqloom stream`.

    Args:
        store: address of the store; empty: none.
    """

    def __init__(self, store: str) -> None:
        from benchmarks.reliability.host import answer  # noqa: PLC0415 - the process loads it, not this one

        makes = context()
        theirs, self._lines = makes.Pipe(duplex=False)
        self._answers, their_answers = makes.Pipe(duplex=False)
        self._process = makes.Process(target=answer, args=(store, theirs, their_answers), daemon=True)
        self._process.start()
        theirs.close()
        their_answers.close()
        self._buffer = b""

    def send(self, lines: list[bytes]) -> None:
        """See `Link.send`."""
        with contextlib.suppress(BrokenPipeError):
            view = memoryview(b"".join(lines))
            while view:
                view = view[os.write(self._lines.fileno(), view) :]

    def hear(self, seconds: float) -> list[Answer]:
        """See `Link.hear`."""
        ready, _, _ = select.select([self._answers], [], [], seconds)
        return self._more(os.read(self._answers.fileno(), 1 << 16)) if ready else []

    def end(self, *, kill: bool) -> list[Answer]:
        """See `Link.end`."""
        if kill:
            os.kill(self._process.pid or 0, signal.SIGKILL)
        self._lines.close()
        self._process.join()
        found: list[Answer] = []
        with contextlib.suppress(OSError):
            while more := os.read(self._answers.fileno(), 1 << 16):
                found.extend(self._more(more))
        self._answers.close()
        return found

    def _more(self, raw: bytes) -> list[Answer]:
        *whole, self._buffer = (self._buffer + raw).split(b"\n")
        return [json.loads(line) for line in whole]


class HTTPLink(Link):
    """The command `seqloom serve`, asked over several connections at a time.

    Args:
        store: address of the store.
        changing: whether the model changes all the time.
    """

    def __init__(self, store: str, *, changing: bool = False) -> None:
        from benchmarks.reliability.host import serving  # noqa: PLC0415 - the process loads it, not this one

        makes = context()
        ours, theirs = makes.Pipe(duplex=False)
        self._process = makes.Process(target=serving, args=(store, theirs), kwargs={"changing": changing}, daemon=True)
        self._process.start()
        theirs.close()
        self._port = _port(ours)
        self._asked: list[queue.Queue[list[bytes] | None]] = [queue.Queue() for _ in range(WORKERS)]
        self._heard: queue.Queue[Answer] = queue.Queue()
        self._workers = [threading.Thread(target=self._ask, args=(asked,), daemon=True) for asked in self._asked]
        for worker in self._workers:
            worker.start()

    def send(self, lines: list[bytes]) -> None:
        """See `Link.send`; the readings of a stream go over one connection, so that they keep their order."""
        for worker, asked in enumerate(self._asked):
            own = [line for line in lines if crc32(line[: line.index(b",")]) % WORKERS == worker]
            for first in range(0, len(own), TOGETHER):
                asked.put(own[first : first + TOGETHER])

    def hear(self, seconds: float) -> list[Answer]:
        """See `Link.hear`."""
        found = []
        with contextlib.suppress(queue.Empty):
            found.append(self._heard.get(timeout=seconds))
            while True:
                found.append(self._heard.get_nowait())
        return found

    def end(self, *, kill: bool) -> list[Answer]:
        """See `Link.end`."""
        os.kill(self._process.pid or 0, signal.SIGKILL if kill else signal.SIGTERM)
        self._process.join()
        for asked in self._asked:
            asked.put(None)
        for worker in self._workers:
            worker.join()
        return self.hear(0)

    def _ask(self, asked: "queue.Queue[list[bytes] | None]") -> None:
        """One connection, until the process ends."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)) as connection:
            while lines := asked.get():
                with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
                    connection.request("POST", "/v1/readings", _body(lines), {"content-type": "application/json"})
                    for told in json.loads(connection.getresponse().read()).get("streams", []):
                        self._take(told)

    def _take(self, told: Answer) -> None:
        for prediction in told.get("predictions", []):
            self._heard.put({"stream": told["stream"], **prediction})
        if "error" in told:
            self._heard.put({"stream": told["stream"], "error": json.dumps(told["error"])})


def _port(ours: Connection) -> int:
    """What the process listens at; 0 where it ended before it did."""
    with contextlib.suppress(EOFError):
        return int(str(ours.recv()).rpartition(":")[2])
    return 0


def _body(lines: list[bytes]) -> bytes:
    """Readings, one line each, as one request: those of a stream in one entry."""
    streams: dict[str, dict[str, Any]] = {}
    for line in lines:
        reading = json.loads(line)
        name, epoch = reading.pop("stream"), reading.pop("epoch")
        streams.setdefault(name, {"stream": name, "epoch": epoch, "readings": []})["readings"].append(reading)
    return json.dumps({"streams": list(streams.values())}).encode()
