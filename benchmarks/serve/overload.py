"""More load than a server can carry: what it answers, what it holds, and whether anything acknowledged is lost.

    python -m benchmarks.serve.overload --seconds 30

Twice as many connections as calls may wait, each of which asks again as soon as it is answered, and a second after it
was refused, as `Retry-After` says.
"""

import argparse
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.serve.measure import model
from benchmarks.serve.process import Server

WAITING = 256
WARM = 3.0


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--streams", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        options = ["--limit-waiting", str(WAITING)]
        with Server(model(Path(folder)), Path(folder) / "streams.db", options) as server:
            once = {"streams": given.streams, "together": 100, "connections": 1, "once": "", "prefix": "s"}
            server.load("many", seconds=1000, **once)
            held: list[float] = []
            ended = threading.Event()
            watching = threading.Thread(target=_watch, args=(server, held, ended))
            watching.start()
            numbers = {"streams": given.streams, "begin": 1, "prefix": "s", "connections": 2 * WAITING}
            found = server.load("http", seconds=given.seconds, **numbers)
            ended.set()
            watching.join()
    print(f"acknowledged {found['readings_per_second']:,.0f}/s, p99 {found['p99_ms']:.0f} ms; {found['wrong']} wrong")
    print(f"refused {found['refused']:,}, p99 {found['refused_p99_ms']:.0f} ms")
    print(f"memory {held[0]:.0f} MiB after {WARM:.0f} s, {max(held):.0f} at most, {held[-1]:.0f} in the end")


def _watch(server: Server, held: list[float], ended: threading.Event) -> None:
    time.sleep(WARM)
    while not ended.is_set():
        held.append(server.memory)
        time.sleep(0.5)


if __name__ == "__main__":
    main()
