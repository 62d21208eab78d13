"""How much memory ten million steps of eight features take from the columns to the batches."""

import subprocess
import sys

import pytest

STEPS, FEATURES = 10_000_000, 8
DATA = STEPS * FEATURES * 4

PROGRAM = """
import resource, sys
from pathlib import Path
import numpy as np
import torch
from seqloom.prepare import Pipeline, PrepareSettings, SplitSettings, epoch, split, windows
from seqloom.sequence import Column, Schema, SequenceDataset

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

before = peak()
steps, features, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
names = ["y", *(f"x{i}" for i in range(1, features))]
columns = {}
for place, name in enumerate(names):
    if folder:
        columns[name] = np.memmap(Path(folder) / name, dtype=np.float32, mode="w+", shape=(steps,))
    else:
        columns[name] = np.empty(steps, dtype=np.float32)
    generator = np.random.default_rng(place)
    for start in range(0, steps, 100_000):
        piece = columns[name][start : start + 100_000]
        piece[:] = generator.standard_normal(len(piece), dtype=np.float32)
schema = Schema(columns=tuple(Column(name=n, kind="number", role="target" if n == "y" else "past") for n in names))
dataset = SequenceDataset(schema, np.array([0, steps]), columns, {}, np.array(["0"]))
parts = split(dataset, SplitSettings(), by_steps=True, seed=0)
pipeline = Pipeline.fit(dataset, parts, PrepareSettings(), task="values")
prepared = pipeline.transform(dataset)
seen = {part: windows(prepared, parts, part, lookback=168, horizon=24) for part in ("train", "validation", "test")}
for number, indices in enumerate(epoch(seen["train"], 32, generator=np.random.default_rng(0))):
    batch = seen["train"].batch(indices)
    if number == 300:
        break
windowed = sum(len(some) for some in seen.values())
assert windowed > steps - 1000, windowed
print(peak() - before)
"""


def peak_bytes(folder=""):
    """Highest resident memory beyond that of the imports, in a process of its own."""
    command = [sys.executable, "-c", PROGRAM, str(STEPS), str(FEATURES), str(folder)]
    finished = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(finished.stdout)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is counted in kilobytes on Linux only")
@pytest.mark.parametrize("mapped", [False, True])
def test_ten_million_steps_are_prepared_and_batched_in_three_times_their_bytes(mapped, tmp_path):
    """Fit, transform, all windows of all parts and a shuffled epoch; mapped pages in memory count as well."""
    assert peak_bytes(tmp_path if mapped else "") <= 3 * DATA
