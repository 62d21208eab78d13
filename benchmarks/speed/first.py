"""The first training step of a cell in this process.

python -m benchmarks.speed.first CELL     prints its seconds as JSON
"""

import json
import sys
import time

from benchmarks.speed.case import Case
from benchmarks.speed.peers.seqloom import prepare


def main(cell: str) -> None:
    """Print the seconds of a forward and a backward pass of a small layer."""
    work = prepare(Case("train", cell, batch=32, steps=20, features=8, hidden=64), "")
    start = time.perf_counter()
    work.call()
    print(json.dumps({"seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main(sys.argv[1])
