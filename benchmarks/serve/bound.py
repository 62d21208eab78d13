"""The server beside one that has no model and checks nothing, in turns: how much of what this machine carries is left.

    python -m benchmarks.serve.bound --seconds 6 --rounds 3

Rates of a shared machine change from hour to hour, by a factor of two and more; the share does less.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.serve.measure import WAYS, model
from benchmarks.serve.process import Server, loaded

BARE = Path(__file__).parent / "peers" / "bare.py"


@contextmanager
def bare(folder: Path) -> Iterator[int]:
    """The server without a model; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [sys.executable, str(BARE), str(port), str(folder / "bare.db")]
    with subprocess.Popen(words, env=os.environ | {"OMP_NUM_THREADS": "1"}) as process:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        yield port
        process.kill()


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--streams", type=int, default=10_000)
    parser.add_argument("--no-watch", action="store_true", help="the server without its monitor")
    given = parser.parse_args()
    options = ["--no-watch"] if given.no_watch else []
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Server(model(folder), folder / "streams.db", options) as server, bare(folder) as port:
            for turn in range(given.rounds):
                for place, (way, (kind, numbers, *_)) in enumerate(WAYS.items()):
                    own = {"seconds": given.seconds, "streams": given.streams, "prefix": f"{place}-{turn}", **numbers}
                    found.setdefault((way, "seqloom"), []).append(loaded(server.port, kind, **own))
                    found.setdefault((way, "bare"), []).append(loaded(port, kind, **own))
    print(f"{'':34}{'bare/s':>10}{'p99 ms':>8}{'seqloom/s':>12}{'p99 ms':>8}{'share':>8}{'wrong':>7}")
    for way in WAYS:
        rates = [median(run["readings_per_second"] for run in found[way, who]) for who in ("bare", "seqloom")]
        times = [median(run["p99_ms"] for run in found[way, who]) for who in ("bare", "seqloom")]
        wrong = sum(run["wrong"] + run["refused"] for who in ("bare", "seqloom") for run in found[way, who])
        ours = f"{rates[1]:12,.0f}{times[1]:8.1f}{rates[1] / rates[0]:8.0%}"
        print(f"{way:34}{rates[0]:10,.0f}{times[0]:8.1f}{ours}{wrong:7}")


if __name__ == "__main__":
    main()
