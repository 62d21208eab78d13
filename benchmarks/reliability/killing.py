"""Streams under load whose process is killed again and again: is anything lost, doubled, swapped or mixed up?"""

import contextlib
import json
import os
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import numpy as np

from benchmarks.reliability.accumulator import LARGEST

PRELOADED = ["benchmarks.reliability.host"]
UNANSWERED = 20.0
"""Seconds after which a silent process has failed."""


@dataclass
class Client:
    """One stream as its client sees it.

    Args:
        name: of the stream.
        values: all it sent, acknowledged or not.
        acknowledged: how many were.
        totals: both sums after each acknowledged reading.
    """

    name: str
    values: list[int] = field(default_factory=list)
    acknowledged: int = 0
    totals: list[tuple[float, float]] = field(default_factory=list)

    def line(self, seq: int) -> bytes:
        """A reading as a line."""
        found = {"stream": self.name, "seq": seq, "epoch": 0, "values": {"x": self.values[seq]}}
        return json.dumps(found).encode() + b"\n"

    def expected(self, seq: int) -> tuple[float, float]:
        """Both sums after a reading."""
        totals = np.cumsum(self.values[: seq + 1])
        return float(totals[-1]), float(totals.sum())


@dataclass
class Findings:
    """What went wrong, and how much was done.

    Args:
        kills: processes killed.
        acknowledged: readings that were answered.
        repeated: readings that were sent again though answered, and answered alike.
        lost: streams that went back behind an acknowledged reading.
        doubled: readings that counted twice.
        corrupt: answers that are none of these and still wrong.
    """

    kills: int = 0
    acknowledged: int = 0
    repeated: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.doubled or self.corrupt)

    def table(self) -> str:
        """One line for each count."""
        rows = {
            "kills": self.kills,
            "acknowledged": self.acknowledged,
            "repeated, answered alike": self.repeated,
            "LOSS": len(self.lost),
            "DUP": len(self.doubled),
            "CORRUPT": len(self.corrupt),
        }
        lines = [f"{name:<26}{count:>10,}" for name, count in rows.items()]
        return "\n".join([*lines, *self.lost[:5], *self.doubled[:5], *self.corrupt[:5]])


class Killing:
    """Clients that send readings, and a process that answers them until it is killed.

    Args:
        store: address of the store; empty: none.
        streams: how many clients there are.
        seed: of the values and of the moments at which is killed.
        lifetime: seconds a process lives, from and to.
    """

    def __init__(self, store: str, streams: int, *, seed: int = 0, lifetime: tuple[float, float] = (0.05, 0.6)) -> None:
        self.store, self.lifetime = store, lifetime
        self.random = np.random.default_rng(seed)
        self.clients = [Client(f"stream {place}") for place in range(streams)]
        self.findings = Findings()
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(PRELOADED)

    def run(self, kills: int, progress: Callable[[int], None] = lambda _: None) -> Findings:
        """Kill so many processes, and let the last one answer what is left."""
        for kill in range(kills):
            self._live(time.monotonic() + self.random.uniform(*self.lifetime))
            self.findings.kills += 1
            progress(kill + 1)
        self._live(None)
        return self.findings

    def _live(self, until: float | None) -> None:
        """One process: killed at a moment, or ended when all is answered."""
        process, lines, answers = self._start()
        buffer, waiting = b"", self._send_again(lines)
        began = time.monotonic()
        try:
            while until is None or time.monotonic() < until:
                if until is None and not waiting:
                    break
                ready, _, _ = select.select([answers], [], [], 0.01)
                if ready:
                    began = time.monotonic()
                    buffer += os.read(answers.fileno(), 1 << 16)
                    *whole, buffer = buffer.split(b"\n")
                    for line in whole:
                        waiting -= self._hear(json.loads(line))
                if until is not None and waiting < len(self.clients):
                    waiting += self._send(lines)
                if time.monotonic() - began > UNANSWERED:
                    self.findings.corrupt.append("no answer any more")
                    break
        finally:
            if until is not None:
                os.kill(process.pid or 0, signal.SIGKILL)
            lines.close()
            process.join()
            self._hear_rest(buffer, answers)

    def _hear_rest(self, buffer: bytes, answers: Connection) -> None:
        """Answers that were on their way when the process ended count as well."""
        with contextlib.suppress(OSError):
            while more := os.read(answers.fileno(), 1 << 16):
                buffer += more
        for line in buffer.split(b"\n")[:-1]:
            self._hear(json.loads(line))
        answers.close()

    def _start(self) -> tuple[ForkServerProcess, Connection, Connection]:
        from benchmarks.reliability.host import answer  # noqa: PLC0415 - the process loads it, not this one

        theirs, lines = self._context.Pipe(duplex=False)
        answers, their_answers = self._context.Pipe(duplex=False)
        process = self._context.Process(target=answer, args=(self.store, theirs, their_answers), daemon=True)
        process.start()
        theirs.close()
        their_answers.close()
        return process, lines, answers

    def _send_again(self, lines: Connection) -> int:
        """All that was not acknowledged, and now and then something that was."""
        sent = 0
        for client in self.clients:
            again = int(self.random.integers(0, 3)) if client.acknowledged > 3 else 0  # noqa: PLR2004 - some
            first = client.acknowledged - again
            sent += self._write(lines, b"".join(client.line(seq) for seq in range(first, len(client.values))))
        return sent

    def _send(self, lines: Connection) -> int:
        """New readings of some clients."""
        sent = 0
        for place in self.random.integers(0, len(self.clients), 64).tolist():
            client = self.clients[place]
            if len(client.values) - client.acknowledged < 4:  # noqa: PLR2004 - so many wait
                client.values.append(int(self.random.integers(0, LARGEST)))
                sent += self._write(lines, client.line(len(client.values) - 1))
        return sent

    @staticmethod
    def _write(lines: Connection, raw: bytes) -> int:
        """Write some lines; nothing is sent to a process that has ended."""
        with contextlib.suppress(BrokenPipeError):
            view = memoryview(raw)
            while view:
                view = view[os.write(lines.fileno(), view) :]
        return raw.count(b"\n")

    def _hear(self, found: dict[str, object]) -> int:
        """Compare an answer with what it must be."""
        name = str(found.get("stream"))
        client = self.clients[int(name.split()[1])] if name.startswith("stream ") else None
        if client is None or "seq" not in found:
            self._wrong(found)
            return 1
        seq, prediction = int(str(found["seq"])), found["prediction"]
        if prediction is None:
            return 1  # answered before, and no longer kept
        assert isinstance(prediction, dict)  # noqa: S101 - what JSON holds
        came, expected = (prediction["total"], prediction["weighted"]), client.expected(seq)
        if came != expected:
            place = f"{name}, reading {seq}: expected {expected}, came {came}"
            (self.findings.doubled if came[0] > expected[0] else self.findings.corrupt).append(place)
        if seq < client.acknowledged:
            self.findings.repeated += 1
        else:
            client.acknowledged = seq + 1
            self.findings.acknowledged += 1
        return 1

    def _wrong(self, found: dict[str, object]) -> None:
        """An error where there must be none: a gap says that something acknowledged is gone."""
        gap = "expected reading" in str(found.get("error"))
        (self.findings.lost if gap else self.findings.corrupt).append(str(found))


def prepared(folder: Path) -> Path:
    """The accumulator in a folder, made if it is not there, and named to the processes to come."""
    from benchmarks.reliability.accumulator import make  # noqa: PLC0415 - brings the whole library

    artifact = folder / "accumulator.loom"
    if not artifact.exists():
        make(artifact)
    os.environ["SEQLOOM_RELIABILITY"] = str(artifact)
    return artifact
