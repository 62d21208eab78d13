"""Kill processes that answer live streams.

    scripts/kill-streams [--kills 300] [--streams 1000] [--over http [--changing]] [--store URL] [--seed 0]

Every stream sums whole numbers, so that a lost, doubled, swapped or misplaced reading changes an answer. Exits with 1
where something went wrong.
"""

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.reliability.killing import Killing, prepared
from benchmarks.reliability.link import HTTPLink, PipeLink


def main(arguments: list[str] | None = None) -> int:
    """Kill, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--over", choices=("http", "pipe"), default="http", help="what is killed: server or command")
    parser.add_argument("--changing", action="store_true", help="the model of the server changes all the time")
    parser.add_argument("--store", help="address of the store [a SQLite file that is removed in the end]")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        prepared(Path(folder))
        store = options.store or f"sqlite:///{folder}/streams.db"
        link = partial(HTTPLink, changing=options.changing) if options.over == "http" else PipeLink
        killing = Killing(lambda: link(store), options.streams, seed=options.seed)
        findings = killing.run(options.kills, lambda kill: print(f"\r{kill} kills", end="", file=sys.stderr))
    print(f"\r{findings.table()}")
    return 0 if findings.clean else 1


if __name__ == "__main__":
    sys.exit(main())
