"""A server in a process of its own, and what it holds."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.error import URLError
from urllib.request import urlopen


class Server:
    """`seqloom serve` at a free port.

    Args:
        path: of the model.
        store: file of the store.
        options: further words of the command line.
    """

    def __init__(self, path: Path, store: Path, options: Sequence[str] = ()) -> None:
        words = [sys.executable, "-m", "seqloom", "serve", str(path), "--store", f"sqlite:///{store}", "--port", "0"]
        environment = os.environ | {"OMP_NUM_THREADS": "1"}
        began = time.perf_counter()
        self.process = subprocess.Popen([*words, *options], stdout=subprocess.PIPE, text=True, env=environment)
        said = self.process.stdout.readline() if self.process.stdout else ""
        self.port = int(said.rpartition(":")[2])
        self.listening = time.perf_counter() - began
        """Seconds until it said that it serves."""
        self._ready()
        self.ready = time.perf_counter() - began
        """Seconds until it said that it is ready."""

    def _ready(self) -> None:
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/readyz") as answer:
                    if answer.status == 200:  # noqa: PLR2004 - it means fine
                        return
            except URLError:
                time.sleep(0.01)

    @property
    def memory(self) -> float:
        """Resident memory in MiB."""
        return self._status("VmRSS") / 1024

    @property
    def descriptors(self) -> int:
        """Files and sockets that are open."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def _status(self, name: str) -> int:
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith(name)))

    def load(self, kind: str, *, seconds: float, **numbers: int | str) -> dict[str, Any]:
        """What a client found, see `loaded`."""
        return loaded(self.port, kind, seconds=seconds, **numbers)

    def kill(self) -> None:
        """At once."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


def loaded(port: int, kind: str, *, seconds: float, **numbers: int | str) -> dict[str, Any]:
    """What `benchmarks.serve.client` found, in a process of its own.

    Args:
        port: of a server on this machine.
        kind: of its calls.
        seconds: how long.
        **numbers: further options; an empty text stands for one without a value.
    """
    words = [sys.executable, "-m", "benchmarks.serve.client", kind, "127.0.0.1", str(port), "--seconds", str(seconds)]
    for name, value in numbers.items():
        words += [f"--{name}"] if value == "" else [f"--{name}", str(value)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
