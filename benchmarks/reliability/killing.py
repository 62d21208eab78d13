"""Streams under load whose process is killed again and again: is anything lost, doubled, swapped or mixed up?"""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.reliability.accumulator import LARGEST
from benchmarks.reliability.link import Link

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
        link: starts a process and the way to it.
        streams: how many clients there are.
        seed: of the values and of the moments at which is killed.
        lifetime: seconds a process lives after its first answer, from and to.
    """

    def __init__(
        self,
        link: Callable[[], Link],
        streams: int,
        *,
        seed: int = 0,
        lifetime: tuple[float, float] = (0.02, 0.4),
    ) -> None:
        self.link, self.lifetime = link, lifetime
        self.random = np.random.default_rng(seed)
        self.clients = [Client(f"stream {place}") for place in range(streams)]
        self.findings = Findings()

    def run(self, kills: int, progress: Callable[[int], None] = lambda _: None) -> Findings:
        """Kill so many processes, and let the last one answer what is left."""
        for kill in range(kills):
            self._live(self.random.uniform(*self.lifetime))
            self.findings.kills += 1
            progress(kill + 1)
        self._live(None)
        return self.findings

    def _live(self, seconds: float | None) -> None:
        """One process: killed so long after its first answer, or ended when all is answered."""
        link, waiting = self.link(), 0
        waiting += self._send_again(link)
        if not waiting:
            waiting += self._send(link)
        heard, until = time.monotonic(), None
        while time.monotonic() - heard < UNANSWERED and (until is None or time.monotonic() < until):
            if seconds is None and waiting <= 0:
                break
            answers = link.hear(0.01)
            if answers:
                heard = time.monotonic()
                until = heard + seconds if seconds is not None and until is None else until
            for answer in answers:
                waiting -= self._hear(answer)
            if seconds is not None and waiting < len(self.clients):
                waiting += self._send(link)
        else:
            if until is None:
                self.findings.corrupt.append("no answer any more")
        for answer in link.end(kill=seconds is not None):
            self._hear(answer)

    def _send_again(self, link: Link) -> int:
        """All that was not acknowledged, and now and then something that was."""
        lines = []
        for client in self.clients:
            again = int(self.random.integers(0, 3)) if client.acknowledged > 3 else 0  # noqa: PLR2004 - some
            lines += [client.line(seq) for seq in range(client.acknowledged - again, len(client.values))]
        link.send(lines)
        return len(lines)

    def _send(self, link: Link) -> int:
        """New readings of some clients."""
        lines = []
        for place in self.random.integers(0, len(self.clients), 64).tolist():
            client = self.clients[place]
            if len(client.values) - client.acknowledged < 4:  # noqa: PLR2004 - so many wait
                client.values.append(int(self.random.integers(0, LARGEST)))
                lines.append(client.line(len(client.values) - 1))
        link.send(lines)
        return len(lines)

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
