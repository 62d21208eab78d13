"""Many streams of which few are read: what is held in memory, and how soon a killed server is ready again.

    python -m benchmarks.serve.hold --streams 100000 --busy 5000

Opens the streams, reads on with the busy ones, then with all, each of which must go on where it was; kills the server
and starts it again.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks.serve.measure import model
from benchmarks.serve.process import Server

ALL_AT_ONCE = 10_000.0


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=100_000)
    parser.add_argument("--busy", type=int, default=5_000)
    parser.add_argument("--hot", type=int, default=10_000, help="streams held in memory")
    parser.add_argument("--seconds", type=float, default=10.0)
    given = parser.parse_args()
    once = {"together": 500, "connections": 2, "once": "", "seconds": ALL_AT_ONCE, "prefix": "s"}
    with tempfile.TemporaryDirectory() as folder:
        place, options = (model(Path(folder)), Path(folder) / "streams.db"), ["--limit-hot", str(given.hot)]
        with Server(*place, options) as server:
            print(f"{'ready, no streams':44}{server.ready:8.1f} s {server.memory:8.0f} MiB")
            opened = server.load("many", streams=given.streams, **once)
            print(_line(f"{given.streams:,} streams opened", server, opened))
            busy = {"streams": given.busy, "together": 128, "each": 4, "connections": 2, "begin": 1, "prefix": "s"}
            found = server.load("many", seconds=given.seconds, **busy)
            print(_line(f"{given.busy:,} of them read on", server, found))
            server.kill()
        with Server(*place, options) as server:
            print(f"{'killed and ready again':44}{server.ready:8.1f} s {server.memory:8.0f} MiB")
            rest = {"from": given.busy, "streams": given.streams, "begin": 1}
            found = server.load("many", **rest, **once)
            print(_line("each of the others goes on where it was", server, found))


def _line(what: str, server: Server, found: dict[str, float]) -> str:
    wrong = f"{found['wrong']:.0f} wrong, {found['refused']:.0f} refused"
    return f"{what:44}{found['readings_per_second']:8,.0f}/s{server.memory:8.0f} MiB   {wrong}"


if __name__ == "__main__":
    main()
