"""Data larger than memory walks all the way: read, prepared, trained on, judged, saved and predicted with."""

import json
import subprocess
import sys

import pytest

ALLOWANCE = 114 << 20
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the limit on a process's own memory is Linux's"),
]

PROGRAM = """
import json, resource, sys
from pathlib import Path
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
from seqloom.cli.main import run

folder, ending, task = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
rows, features, allowance = map(int, sys.argv[4:])
PIECE, LONG = 100_000, 4_000

def piece(start, stop):
    steps, drawn = np.arange(start, stop), np.random.default_rng(start)
    columns = {f"x{i}": drawn.standard_normal(len(steps)).round(3) for i in range(1, features)}
    sequence, place = np.divmod(steps, LONG)
    match task:
        case "forecast":
            columns["y"] = np.sin(steps / 4) + 0.1 * drawn.standard_normal(len(steps))
        case "classify":
            columns |= {"id": sequence, "x1": columns["x1"] + sequence % 2, "y": np.array(["a", "b"])[sequence % 2]}
        case "regress":
            columns |= {"id": sequence, "x1": columns["x1"] + place / LONG, "y": 1 - place / LONG}
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

def walk(name, rows, ask=None):
    data = write(folder / (name + ending), rows)
    model, answers = folder / (name + ".loom"), folder / (name + "-answers.csv")
    stride = str(rows // 3_000)
    shape = ["--group", "id", "--batch-size", "4"]
    if task == "forecast":
        shape = ["--lookback", "48", "--horizon", "12", "--stride", stride, "--judged-stride", stride]
    words = ["--task", task, "--target", "y", "--time", "time", "--hidden-size", "4", "--epochs", "1", *shape]
    memory = ["--memory", "16MB"]
    fit = run(["fit", str(data), *words, *memory, "--json", "--quiet", "-o", str(model)], debug=True)
    predict = run(["predict", str(model), str(ask or data), *memory, "-o", str(answers)], debug=True)
    assert (fit, predict) == (0, 0)

few = 40 * LONG
walk("small", few)
limit = held("VmData") + allowance
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
walk("large", rows, ask=folder / ("small" + ending) if task == "regress" else None)
columns = features + 1
print(json.dumps({"bytes": rows * columns * 8, "answers": len(pl.read_csv(folder / "large-answers.csv"))}))
"""


def walked(folder, ending, task, *, rows=2_400_000, features=12, allowance=ALLOWANCE):
    """What the walk over a file of so many rows came to, in a process that may take no more than the allowance."""
    arguments = (folder, ending, task, rows, features, allowance)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={"OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1", "PATH": "", "TMPDIR": str(folder)},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("ending", [".parquet", ".arrow", ".csv"])
def test_a_series_twice_as_large_as_memory_is_learned_and_forecast(ending, tmp_path):
    """The limit is on private memory, which the kernel cannot give back to the disk as it can with mapped columns."""
    result = walked(tmp_path, ending, "forecast")
    assert result["bytes"] >= 2 * ALLOWANCE
    assert result["answers"] == 12


@pytest.mark.parametrize(("task", "answers"), [("classify", 600), ("regress", 160_000)])
def test_sequences_twice_as_large_as_memory_are_learned_and_answered(task, answers, tmp_path):
    """Whole sequences come from the disk batch by batch; answers for every step of them are asked of a smaller file."""
    result = walked(tmp_path, ".parquet", task)
    assert result["bytes"] >= 2 * ALLOWANCE
    assert result["answers"] == answers
