"""Data larger than memory walks all the way: read, prepared, trained on, judged, saved and predicted with."""

import json
import subprocess
import sys

import pytest

MEGABYTE = 1 << 20

PROGRAM = """
import json, resource, sys
from pathlib import Path
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
from seqloom.cli.main import run

folder, ending, group_steps, rows, features, allowance = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])
PIECE = 100_000

def piece(start, stop):
    steps, drawn = np.arange(start, stop), np.random.default_rng(start)
    columns = {f"x{i}": drawn.standard_normal(len(steps)) for i in range(1, features)}
    if group_steps:
        columns |= {"id": steps // group_steps, "y": np.array(["low", "high"])[steps // group_steps % 2]}
        columns["x1"] = columns["x1"] + steps // group_steps % 2
    else:
        columns["y"] = np.sin(steps / 4) + 0.1 * drawn.standard_normal(len(steps))
    clock = np.datetime64("2000-01-01", "us") + steps * np.timedelta64(60_000_000, "us")
    return pa.table({"time": clock, **columns})

def write(path, rows):
    schema = piece(0, 2).schema
    makers = {
        ".parquet": lambda: pq.ParquetWriter(path, schema, compression="none"),
        ".arrow": lambda: pa.ipc.new_file(path, schema),
        ".csv": lambda: pc.CSVWriter(path, schema),
    }
    with makers[path.suffix]() as writer:
        for start in range(0, rows, PIECE):
            writer.write_table(piece(start, min(rows, start + PIECE)))
    return path

def held(name):
    return next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith(name))

def walk(name, rows):
    data, model = write(folder / (name + ending), rows), folder / (name + ".loom")
    shape = ["--group", "id", "--batch-size", "4"] if group_steps else ["--lookback", "48", "--horizon", "12"]
    words = ["--target", "y", "--time", "time", "--hidden-size", "4", "--epochs", "1", *shape]
    spacing = [] if group_steps else ["--stride", str(rows // 3_000), "--judged-stride", str(rows // 3_000)]
    memory = ["--memory", "16MB"]
    code = run(["fit", str(data), *words, *spacing, *memory, "--json", "--quiet", "-o", str(model)])
    code = code or run(["predict", str(model), str(data), *memory, "-o", str(folder / (name + "-answers.csv"))])
    if code:
        sys.exit(code)

walk("small", 40 * max(500, group_steps))
limit = held("VmData") + allowance
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
walk("large", rows)
columns = features + 1
print(json.dumps({"bytes": rows * columns * 8, "answers": len(pl.read_csv(folder / "large-answers.csv"))}))
"""


def walked(folder, ending, *, group_steps, rows, features, allowance):
    """What the walk over a file of so many rows came to, in a process that may take no more than the allowance."""
    arguments = (folder, ending, group_steps, rows, features, allowance)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={"OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1", "PATH": "", "TMPDIR": str(folder)},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the limit on a process's own memory is Linux's")
@pytest.mark.parametrize("ending", [".parquet", ".arrow", ".csv"])
def test_a_series_three_times_larger_than_memory_is_learned_and_forecast(ending, tmp_path):
    """The limit is on private memory, which the kernel cannot give back to the disk as it can with mapped columns."""
    allowance = 100 * MEGABYTE
    result = walked(tmp_path, ending, group_steps=0, rows=3_000_000, features=12, allowance=allowance)
    assert result["bytes"] >= 2.9 * allowance
    assert result["answers"] == 12


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the limit on a process's own memory is Linux's")
def test_sequences_three_times_larger_than_memory_are_learned_and_classified(tmp_path):
    """Whole sequences, told apart by a column, come from the disk batch by batch."""
    allowance = 100 * MEGABYTE
    result = walked(tmp_path, ".parquet", group_steps=4_000, rows=3_000_000, features=12, allowance=allowance)
    assert result["bytes"] >= 2.9 * allowance
    assert result["answers"] == 750
