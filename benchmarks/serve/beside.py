"""The server beside others on the same machine, in turns: one reading per call over HTTP.

    scripts/peers fastapi mlserver
    python -m benchmarks.serve.beside --seconds 8 --rounds 3

The others keep states in memory and lose them with the process; seqloom has each on the disk before it answers.
"""

import argparse
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from benchmarks.serve.measure import model
from benchmarks.serve.process import Server, loaded

HERE = Path(__file__).parent
PEERS = HERE.parent.parent / ".peers"
OTHERS = {"fastapi": ("fastapi_onnx", "seqloom", "/docs"), "mlserver": ("mlserver_onnx", "oip", "/v2/health/ready")}
"""Of each other service: its file, what it is asked, and what answers when it is ready."""
NAMES = {
    "seqloom": "seqloom serve, durable",
    "oip": "seqloom serve, durable, Open Inference Protocol",
    "fastapi": "FastAPI and ONNX Runtime, in memory",
    "mlserver": "MLServer and ONNX Runtime, in memory, Open Inference Protocol",
}


@contextmanager
def other(name: str) -> Iterator[int]:
    """Another service; gives its port."""
    file, _, path = OTHERS[name]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [str(PEERS / name / "bin" / "python"), str(HERE / "peers" / f"{file}.py"), str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(words, stdout=quiet, stderr=quiet, env=os.environ | {"OMP_NUM_THREADS": "1"}) as process:
        while True:
            try:
                urlopen(f"http://127.0.0.1:{port}{path}").close()
                break
            except HTTPError:
                break
            except URLError:
                time.sleep(0.1)
        yield port
        process.kill()


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--streams", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=128)
    given = parser.parse_args()
    numbers = {"streams": given.streams, "connections": given.connections}
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in NAMES}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        server = stack.enter_context(Server(model(Path(folder)), Path(folder) / "streams.db"))
        ports = {"seqloom": server.port, "oip": server.port}
        ports |= {name: stack.enter_context(other(name)) for name in OTHERS}
        for turn in range(given.rounds):
            for name, port in ports.items():
                form = "oip" if name == "oip" else OTHERS.get(name, ("", "seqloom"))[1]
                own = {"form": form, "prefix": f"{name}-{turn}", **numbers}
                found[name].append(loaded(port, "http", seconds=given.seconds, **own))
    print(f"{'':64}{'readings/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'refused':>9}{'wrong':>7}")
    for name, runs in found.items():
        middle = {key: median(run[key] for run in runs) for key in ("readings_per_second", "p50_ms", "p99_ms")}
        wrong = f"{sum(run['refused'] for run in runs):9}{sum(run['wrong'] for run in runs):7}"
        rate, *times = middle.values()
        print(f"{NAMES[name]:64}{rate:12,.0f}{times[0]:9.1f}{times[1]:9.1f}{wrong}")


if __name__ == "__main__":
    main()
