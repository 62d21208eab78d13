"""Peers as processes: started when first asked, given the same cores and threads, and answered for when they fail."""

import contextlib
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

REPOSITORY = Path(__file__).resolve().parents[2]
ENVIRONMENTS = REPOSITORY / ".peers"
PATIENCE = 300.0
"""Seconds an answer may take."""

OWN = ("seqloom", "torch_nn", "eager_loop")
"""Peers that run in the environment of the package; each other one has its own."""


class Unavailable(Exception):  # noqa: N818 - what is not there is reported, and the others go on
    """A peer that cannot do a case; the message says why."""


@dataclass(frozen=True)
class Cores:
    """What each peer may use.

    Args:
        threads: how many cores, and threads of every kind.
        clock: what seconds are: `wall`, or `processor`, those a process was at work.
    """

    threads: int
    clock: str = "wall"

    def hold(self) -> None:
        """Keep this process, and those it starts, on the first of the cores it may use.

        Raises:
            Unavailable: there are not so many.
        """
        if not hasattr(os, "sched_setaffinity"):
            return
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
        allowed = sorted(os.sched_getaffinity(0))
        if len(allowed) < self.threads:
            raise Unavailable(f"expected {self.threads} cores, came {len(allowed)}")
        os.sched_setaffinity(0, allowed[: self.threads])

    def environment(self, *, own: bool) -> dict[str, str]:
        """What tells libraries how many threads to use.

        Args:
            own: whether the process runs in the package's environment, whose search path it then shares.
        """
        kept = {name: value for name, value in os.environ.items() if own or name != "PYTHONPATH"}
        one = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1" if self.threads == 1 else ""
        names = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
        more = {"XLA_FLAGS": one, "PYTHONWARNINGS": "ignore", "SPEED_CLOCK": self.clock}
        return {**kept, **dict.fromkeys(names, str(self.threads)), **more}


def interpreter(peer: str, environments: Path = ENVIRONMENTS) -> str:
    """The Python of a peer.

    Raises:
        Unavailable: its environment has not been made.
    """
    if peer in OWN:
        return sys.executable
    python = environments / peer / "bin" / "python"
    if not (environments / peer / "installed").exists():
        raise Unavailable(f"not installed: run scripts/peers {peer}")
    return str(python)


class Process:
    """One peer's process.

    Args:
        command: what is run; it answers as `peer.serve` does.
        environment: its environment.
    """

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, cwd=REPOSITORY, env=environment, stdin=pipe, stdout=pipe, stderr=self._errors
        )
        self._held = b""

    @classmethod
    def of_peer(cls, peer: str, cores: Cores) -> Self:
        """The process of a peer of ours.

        Raises:
            Unavailable: its environment has not been made.
        """
        command = [interpreter(peer), "-m", f"benchmarks.speed.peers.{peer}"]
        return cls(command, cores.environment(own=peer in OWN))

    def ask(self, do: str, patience: float = PATIENCE, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - what JSON holds
        """The answer to a message.

        Raises:
            Unavailable: it refused, failed, ended, or did not answer in time; in the last two cases it is gone.
        """
        line = json.dumps({"do": do, **more}) + "\n"
        try:
            self._writer.write(line.encode())
            self._writer.flush()
        except (BrokenPipeError, ValueError):
            raise Unavailable(f"its process ended: {self._complaint()}") from None
        answer: dict[str, Any] = json.loads(self._line(time.monotonic() + patience, patience))
        for word in ("refused", "failed"):
            if word in answer:
                raise Unavailable(str(answer[word]))
        return answer

    @property
    def ended(self) -> bool:
        """Whether it is gone."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.05)
        return self._process.poll() is not None

    def close(self) -> None:
        """End it."""
        with contextlib.suppress(OSError, ValueError):
            self._writer.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.close()
        self._errors.close()

    @property
    def _writer(self) -> IO[bytes]:
        return self._process.stdin  # type: ignore[return-value]  # it was asked for

    @property
    def _reader(self) -> IO[bytes]:
        return self._process.stdout  # type: ignore[return-value]  # it was asked for

    def _line(self, until: float, patience: float) -> bytes:
        while b"\n" not in self._held:
            ready, _, _ = select.select([self._reader], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                self._process.kill()
                raise Unavailable(f"no answer within {patience:.0f} seconds")
            more = os.read(self._reader.fileno(), 1 << 20)
            if not more:
                raise Unavailable(f"its process ended: {self._complaint()}")
            self._held += more
        line, _, self._held = self._held.partition(b"\n")
        return line

    def _complaint(self) -> str:
        """The last line of its error output."""
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else "without a word"


class Peers:
    """The processes of all peers of a measurement, each started when it is first asked.

    Args:
        cores: what each may use.
        start: starts a peer's process.
    """

    def __init__(self, cores: Cores, start: Any = Process.of_peer) -> None:  # noqa: ANN401 - a function (name, cores)
        self.cores, self._start = cores, start
        self._running: dict[str, Process] = {}
        self._gone: dict[str, str] = {}
        self.versions: dict[str, dict[str, str]] = {}

    def ask(self, peer: str, do: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - what JSON holds
        """The answer of a peer; one whose process ended is started again for its next question.

        Raises:
            Unavailable: see `Process.ask`.
        """
        if peer in self._gone:
            raise Unavailable(self._gone[peer])
        try:
            if peer not in self._running:
                self._running[peer] = self._start(peer, self.cores)
                self.versions[peer] = self._running[peer].ask("versions")["versions"]
        except Unavailable as reason:
            self._gone[peer] = str(reason)
            self.forget(peer)
            raise
        try:
            return self._running[peer].ask(do, **more)
        except Unavailable:
            if self._running[peer].ended:
                self.forget(peer)
            raise

    def forget(self, peer: str) -> None:
        """End a peer's process, if there is one."""
        process = self._running.pop(peer, None)
        if process is not None:
            process.close()

    def close(self) -> None:
        """End them all."""
        for peer in list(self._running):
            self.forget(peer)
