"""Starts a server, loads it in three ways, and prints a table.

    python -m benchmarks.serve.measure --seconds 10

Server and client share the machine; every answer that counts is durable in SQLite before it is given.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

import seqloom
from benchmarks.serve.process import Server

WAYS = {
    "http, one reading per call": ("http", {"connections": 128}, 4_000, 80),
    "websocket, one reading per frame": ("websocket", {"connections": 8}, 8_000, 60),
    "http, 4 readings of 128 streams": ("many", {"connections": 4, "together": 128, "each": 4}, 40_000, None),
    "http, 512 readings of one stream": ("http", {"connections": 8, "each": 512}, 40_000, None),
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


def load(server: Server, way: str, seconds: float, streams: int) -> dict[str, Any]:
    """What a client found, after one that made its streams."""
    kind, numbers, *_ = WAYS[way]
    server.load("many", seconds=1000, streams=streams, prefix=kind, together=100, connections=1, once="")
    return server.load(kind, seconds=seconds, streams=streams, prefix=kind, begin=1, **numbers)


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--streams", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = model(Path(folder))
        with Server(path, Path(folder) / "streams.db") as server:
            print(f"{'':34}{'readings/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'refused':>9}{'wrong':>7}   wanted")
            for way, (*_, rate, limit) in WAYS.items():
                found = load(server, way, given.seconds, given.streams)
                numbers = f"{found['readings_per_second']:12,.0f}{found['p50_ms']:9.1f}{found['p99_ms']:9.1f}"
                wanted = f"{rate:,}/s" + (f", p99 {limit} ms" if limit else "")
                print(f"{way:34}{numbers}{found['refused']:9}{found['wrong']:7}   {wanted}", flush=True)


if __name__ == "__main__":
    main()
