"""A client that keeps connections busy: it asks again as soon as it is answered, and checks every acknowledgement.

    python -m benchmarks.serve.client http 127.0.0.1 8000 --seconds 10

Prints one JSON object: readings per second, and percentiles of the time to an answer in milliseconds.
"""

import argparse
import asyncio
import base64
import json
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

KEY = base64.b64encode(b"seqloom-benchmark").decode()
MASKED, TEXT, SHORT, MEDIUM = 0x80, 0x81, 126, 1 << 16


@dataclass
class Load:
    """What is asked, and what came of it.

    Args:
        streams: numbers of the streams that are read, from and up to.
        together: of them in one call.
        each: readings of each in one call.
        prefix: of the names of the streams.
        begin: number of the first reading.
        form: of a call of one reading: `seqloom`, or `oip`, the Open Inference Protocol.
        once: whether each stream is asked once.
        seconds: how long calls are measured.
        pause: seconds between an answer and the next call of its connection.
    """

    streams: tuple[int, int]
    together: int
    each: int
    prefix: str
    begin: int
    once: bool
    seconds: float
    form: str = "seqloom"
    pause: float = 0.0
    times: list[float] = field(default_factory=list)
    refusals: list[float] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)
    wrong: int = 0
    until: float = 0.0

    def answered(self, call: "Call", status: int, body: bytes) -> bool:
        """Count an answer; returns whether it is one, and not a refusal."""
        if status != 200:  # noqa: PLR2004 - it means fine
            self.refused[status] += 1
            self.refusals.append(time.perf_counter() - call.asked)
            return False
        self.times.append(time.perf_counter() - call.asked)
        self.wrong += call.streams - body.count(call.sign)
        return True


@dataclass
class Call:
    """One request or frame.

    Args:
        path: of HTTP.
        body: JSON.
        sign: what the answer has of each stream.
        streams: how many.
        asked: when it was sent.
    """

    path: str
    body: bytes
    sign: bytes
    streams: int = 1
    asked: float = 0.0


def reading(seq: int, place: int) -> str:
    """One reading, as JSON."""
    values = f'{{"a":{(place % 7) / 7:.4f},"b":{(seq % 11) / 11:.4f},"mode":"on"}}'
    return f'{{"seq":{seq},"time":{seq},"values":{values}}}'


def inference(stream: str, seq: int, place: int) -> bytes:
    """One reading as the Open Inference Protocol has it."""
    values = {"a": ("FP64", (place % 7) / 7), "b": ("FP64", (seq % 11) / 11), "mode": ("BYTES", "on")}
    values["at"] = ("FP64", float(seq))
    inputs = [{"name": n, "shape": [1], "datatype": kind, "data": [value]} for n, (kind, value) in values.items()]
    parameters = {"sequence_id": stream, "sequence_start": seq == 0, "sequence_end": False}
    return json.dumps({"inputs": inputs, "parameters": parameters}).encode()


def calls(load: Load, first: int, last: int) -> Iterator[Call]:
    """The calls of one connection: its own streams in turn, once or for ever."""
    seq = load.begin
    while seq == load.begin or not load.once:
        for start in range(first, last, load.together):
            chosen = range(start, min(start + load.together, last))
            sign = f'"acknowledged":{seq + load.each},'.encode()
            rows = [[reading(seq + more, one) for more in range(load.each)] for one in chosen]
            bodies = [f'"epoch":0,"readings":[{",".join(row)}]' for row in rows]
            if load.form == "oip":
                yield Call("/v2/models/model/infer", inference(f"{load.prefix}-{start}", seq, start), b'"outputs"')
            elif load.together == 1:
                yield Call(f"/v1/streams/{load.prefix}-{start}/readings", f"{{{bodies[0]}}}".encode(), sign)
            else:
                parts = [f'{{"stream":"{load.prefix}-{one}",{body}}}' for one, body in zip(chosen, bodies, strict=True)]
                yield Call("/v1/readings", f'{{"streams":[{",".join(parts)}]}}'.encode(), sign, len(chosen))
        seq += load.each


class Http(asyncio.Protocol):
    """A connection of HTTP with one call under way."""

    def __init__(self, load: Load, own: Iterator[Call], done: Callable[[], None]) -> None:
        self.load, self.own, self.done = load, own, done
        self.held = b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # narrower
        """Ask the first time."""
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        """The next call, until time is up."""
        following = next(self.own, None)
        if time.perf_counter() > self.load.until or following is None:
            self.done()
            return
        self.call = following
        self.send()

    def after(self) -> None:
        """The next call, at once or later."""
        if self.load.pause:
            asyncio.get_running_loop().call_later(self.load.pause, self.ask)
        else:
            self.ask()

    def send(self) -> None:
        """The call, for the first time or again."""
        self.call.asked = time.perf_counter()
        head = f"POST {self.call.path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
        size = len(self.call.body)
        self.transport.write(f"{head}content-length: {size}\r\n\r\n".encode() + self.call.body)

    def data_received(self, data: bytes) -> None:
        """An answer, or a part of it."""
        self.held += data
        border = self.held.find(b"\r\n\r\n") + 4
        if border < 4:  # noqa: PLR2004 - not found
            return
        place = self.held.find(b"content-length: ") + 16
        size = int(self.held[place : self.held.find(b"\r", place)])
        if len(self.held) >= border + size:
            body, status = self.held[border : border + size], int(self.held[9:12])
            self.held = self.held[border + size :]
            if self.load.answered(self.call, status, body):
                self.after()
            elif time.perf_counter() > self.load.until:
                self.done()
            else:
                asyncio.get_running_loop().call_later(AGAIN, self.send)


class Socket(asyncio.Protocol):
    """A WebSocket with many calls under way."""

    def __init__(self, load: Load, own: Iterator[Call], done: Callable[[], None]) -> None:
        self.load, self.own, self.done = load, own, done
        self.held, self.open = b"", False
        self.waiting: deque[tuple[float, bytes]] = deque()
        self.asked: dict[bytes, Call] = {}
        self.number = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # narrower
        """Shake hands."""
        self.transport = transport
        head = "GET /v1/stream HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
        transport.write(f"{head}sec-websocket-version: 13\r\nsec-websocket-key: {KEY[:22]}==\r\n\r\n".encode())

    def ask(self, count: int) -> None:
        """So many calls more, in one go."""
        now, frames = time.perf_counter(), []
        if now > self.load.until:
            if not self.asked:
                self.done()
            return
        for _ in range(count):
            call = next(self.own)
            self.number += 1
            name = call.path.split("/")[3]
            frame = f'{{"id":{self.number},"stream":"{name}",'.encode() + call.body[1:]
            size = len(frame)
            head = bytes([TEXT, MASKED | size]) if size < SHORT else bytes([TEXT, MASKED | SHORT]) + size.to_bytes(2)
            frames.append(head + bytes(4) + frame)  # a mask of zeros leaves the frame as it is
            self.asked[b'"id":%d,' % self.number] = call
            call.asked = now
        self.transport.write(b"".join(frames))

    def data_received(self, data: bytes) -> None:
        """Answers."""
        self.held += data
        if not self.open:
            border = self.held.find(b"\r\n\r\n") + 4
            if border < 4:  # noqa: PLR2004 - not found
                return
            self.open, self.held = self.held.startswith(b"HTTP/1.1 101"), self.held[border:]
            self.ask(WINDOW)
        place, came = 0, 0
        while len(self.held) - place >= 4:  # noqa: PLR2004 - a header
            size, start = self.held[place + 1], place + 2
            if size == SHORT:
                size, start = int.from_bytes(self.held[start : start + 2]), start + 2
            if len(self.held) < start + size:
                break
            body = self.held[start : start + size]
            place, came = start + size, came + 1
            call = self.asked.pop(body[1 : body.index(b",") + 1])
            self.load.answered(call, 429 if b'"error"' in body else 200, body)
        self.held = self.held[place:]
        if came:
            self.ask(came)


AGAIN = 1.0
"""Seconds after which a refused call is sent again, as `Retry-After` says."""
WINDOW = 32
"""Calls that are under way on each WebSocket."""


async def run(kind: str, host: str, port: int, connections: int, load: Load) -> float:
    """Keep the connections busy; returns the seconds it took."""
    loop, finished = asyncio.get_running_loop(), asyncio.Event()
    left = connections

    def done() -> None:
        nonlocal left
        left -= 1
        if not left:
            finished.set()

    borders = np.linspace(*load.streams, connections + 1).astype(int)
    made = Socket if kind == "websocket" else Http
    began = time.perf_counter()
    load.until = began + load.seconds
    for first, last in pairwise(borders):
        own = calls(load, int(first), int(last))
        await loop.create_connection(lambda own=own: made(load, own, done), host, port)  # type: ignore[misc]  # bound now
    await finished.wait()
    return time.perf_counter() - began


def asked() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["http", "websocket", "many"])
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    for name, default in {"connections": 128, "streams": 10_000, "together": 1, "each": 1}.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--begin", type=int, default=0)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--form", choices=["seqloom", "oip"], default="seqloom")
    parser.add_argument("--prefix", default="load")
    parser.add_argument("--pause", type=float, default=0.0)
    parser.add_argument("--seconds", type=float, default=10.0)
    return parser.parse_args()


def main() -> None:
    """Load a server as the command line says."""
    given = asked()
    streams = given.first, given.streams
    load = Load(
        streams,
        given.together,
        given.each,
        given.prefix,
        given.begin,
        given.once,
        given.seconds,
        given.form,
        given.pause,
    )
    seconds = asyncio.run(run(given.kind, given.host, given.port, given.connections, load), debug=False)
    times = np.array(load.times or [0.0]) * 1000
    readings = len(load.times) * given.together * given.each
    refusals = np.array(load.refusals or [0.0]) * 1000
    found = {
        "readings_per_second": readings / seconds,
        "p50_ms": float(np.percentile(times, 50)),
        "p99_ms": float(np.percentile(times, 99)),
        "calls": len(load.times),
        "refused": sum(load.refused.values()),
        "refused_p99_ms": float(np.percentile(refusals, 99)),
        "wrong": load.wrong,
        "client_cpu_seconds": sum(os.times()[:2]),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
