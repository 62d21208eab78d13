"""Starts a server, loads it in three ways, and prints a table.

    python -m benchmarks.serve.measure --seconds 10

Server and client share the machine; every answer that counts is durable in SQLite before it is given.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

import seqloom

WAYS = {
    "http, one reading per call": ("http", {"connections": 128}, 4_000, 80),
    "websocket, one reading per frame": ("websocket", {"connections": 8}, 8_000, 60),
    "http, 512 readings per call": ("many", {"connections": 4, "together": 128, "each": 4}, 40_000, None),
}
"""What the client does, with how many, and what is to be reached: readings per second, and p99 in milliseconds."""


def model(folder: Path) -> Path:
    """A GRU of two numbers and a category that tells a value at each step."""
    rng = np.random.default_rng(0)
    rows = [
        {
            "id": f"s{one}",
            "at": float(at),
            "a": a,
            "b": b,
            "mode": "on" if b > 0 else "off",
            "level": a + b,
        }
        for one in range(20)
        for at, (a, b) in enumerate(rng.normal(size=(30, 2)).tolist())
    ]
    settings = {"group": "id", "time": "at", "members": 1}
    found = seqloom.SequenceRegressor(cell="gru", hidden_size=32, epochs=1, settings=settings)
    found.fit(pl.DataFrame(rows), target="level")
    return Path(found.save(folder / "model.loom"))


def load(port: int, way: str, seconds: float, streams: int) -> dict[str, Any]:
    """What a client found, after one that made its streams."""
    kind, numbers, *_ = WAYS[way]
    client, common = [sys.executable, "-m", "benchmarks.serve.client"], ["--streams", str(streams), "--prefix", kind]
    first = [*client, "many", "127.0.0.1", str(port), *common, "--together", "100", "--connections", "1", "--once"]
    subprocess.run([*first, "--seconds", "1000"], capture_output=True, check=True)
    words = [*client, kind, "127.0.0.1", str(port), *common, "--begin", "1"]
    words += [word for name, number in numbers.items() for word in (f"--{name}", str(number))]
    done = subprocess.run([*words, "--seconds", str(seconds)], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--streams", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = model(Path(folder))
        words = [sys.executable, "-m", "seqloom", "serve", str(path), "--store", f"sqlite:///{folder}/streams.db"]
        environment = os.environ | {"OMP_NUM_THREADS": "1"}
        with subprocess.Popen([*words, "--port", "0"], stdout=subprocess.PIPE, text=True, env=environment) as server:
            port = int((server.stdout.readline() if server.stdout else "").rpartition(":")[2])
            print(f"{'':34}{'readings/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'refused':>9}{'wrong':>7}   wanted")
            for way, (*_, rate, limit) in WAYS.items():
                found = load(port, way, given.seconds, given.streams)
                numbers = f"{found['readings_per_second']:12,.0f}{found['p50_ms']:9.1f}{found['p99_ms']:9.1f}"
                wanted = f"{rate:,}/s" + (f", p99 {limit} ms" if limit else "")
                print(f"{way:34}{numbers}{found['refused']:9}{found['wrong']:7}   {wanted}", flush=True)
            server.terminate()


if __name__ == "__main__":
    main()
