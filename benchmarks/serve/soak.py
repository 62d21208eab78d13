"""A server under a load that goes on: does it hold more and more?

    python -m benchmarks.serve.soak --minutes 30

In bursts, each with connections and streams of its own: readings one by one, many in a call, whole sequences; streams
are copied, begun anew and ended, and more and more wait in the store. Prints memory and open files once a minute, and
how much they grew.
"""

import argparse
import json
import tempfile
import time
from itertools import count
from pathlib import Path
from urllib.request import Request, urlopen

import numpy as np

from benchmarks.serve.measure import model
from benchmarks.serve.process import Server

BURST = 5.0
WARM = 5
"""Minutes that are not judged: what is read once is held from then on."""
COPIES = 50


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--streams", type=int, default=10_000)
    parser.add_argument("--pause", type=float, default=0.05, help="seconds between calls of one connection")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = model(Path(folder)), Path(folder) / "streams.db"
        with Server(*place, ["--limit-hot", str(given.streams)]) as server:
            once = {"streams": given.streams, "together": 100, "connections": 1, "once": "", "prefix": "s"}
            server.load("many", seconds=1000, **once)
            held = _soak(server, given.streams, given.minutes, given.pause)
    minutes, memory, files = map(np.array, zip(*held, strict=True))
    late = minutes >= min(WARM, minutes[-1] / 3)
    slope = np.polyfit(minutes[late], memory[late], 1)[0]
    print(f"memory grew by {slope * 60:.1f} MiB an hour, from {memory[late][0]:.0f} to {memory[-1]:.0f} MiB")
    print(f"open files: {files.min()} to {files.max()}")


def _soak(server: Server, streams: int, minutes: float, pause: float) -> list[tuple[float, float, int]]:
    """Minutes, MiB and open files, after every round of bursts."""
    began, held, seen = time.monotonic(), [], -1
    numbers = {"streams": streams, "pause": pause}
    for turn in count():
        gone = (time.monotonic() - began) / 60
        if gone > minutes:
            return held
        server.load("http", seconds=BURST, connections=16, prefix=f"h{turn}", **numbers)
        server.load("many", seconds=BURST, connections=2, together=50, each=2, prefix=f"m{turn}", **numbers)
        _look_after(server, turn)
        held.append((gone, server.memory, server.descriptors))
        if int(gone) > seen:
            seen = int(gone)
            print(f"{seen:4} min {held[-1][1]:8.1f} MiB {held[-1][2]:5} files", flush=True)
    return held


def _look_after(server: Server, turn: int) -> None:
    """Copy streams, begin copies anew, end them; predict; look at pages."""
    for number in range(COPIES):
        stream, copy = f"s-{number}", f"copy-{turn}-{number}"
        _ask(server, "POST", f"/v1/streams/{stream}/fork", {"to": copy})
        _ask(server, "POST", f"/v1/streams/{copy}/reset", {})
        _ask(server, "DELETE", f"/v1/streams/{copy}")
    readings = [{"time": at, "values": {"a": 1.0, "b": 0.5, "mode": "on"}} for at in range(20)]
    _ask(server, "POST", "/v1/predict", {"sequences": [{"readings": readings}] * 20})
    for path in ("/metrics", "/v1/streams?limit=100", "/v1/streams/s-1/recent?limit=100", "/openapi.json"):
        _ask(server, "GET", path)


def _ask(server: Server, method: str, path: str, document: object = None) -> None:
    body = None if document is None else json.dumps(document).encode()
    headers = {"content-type": "application/json"}
    with urlopen(Request(f"http://127.0.0.1:{server.port}{path}", body, headers, method=method)) as answer:
        answer.read()


if __name__ == "__main__":
    main()
