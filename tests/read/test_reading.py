import csv
import gc
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings, read

HOURS = [f"2024-01-01 {hour:02}:00:00" for hour in range(24)]
LOAD = [float(hour % 7) for hour in range(24)]


def equal(one, other):
    """Whether two data sets hold the same sequences."""
    same = one.schema == other.schema and one.categories == other.categories
    arrays = [(one.offsets, other.offsets), (one.times, other.times), (one.keys, other.keys)]
    arrays += [(one.column(name), other.column(name)) for name in one.schema.names()]
    return same and all(np.array_equal(left, right) for left, right in arrays)


@pytest.fixture(params=["csv", "parquet", "arrow", "jsonl"])
def path(request, tmp_path):
    """One table of two places, in every format."""
    places, moods = ["north"] * 24 + ["south"] * 24, ["b", "a", "c"] * 16
    frame = pl.DataFrame({"place": places, "time": HOURS * 2, "load": LOAD * 2, "mood": moods, "size": [1.5, 2.5] * 24})
    path = tmp_path / f"a.{request.param}"
    writers = {
        "csv": frame.write_csv,
        "parquet": frame.write_parquet,
        "arrow": frame.write_ipc,
        "jsonl": frame.write_ndjson,
    }
    writers[request.param](path)
    return path


SETTINGS = ReadSettings(target="load", group="place")


def test_every_format_gives_the_same_data_set(path):
    """The same rows come out of each format of table."""
    found = read(path, settings=SETTINGS)
    assert found.keys.tolist() == ["north", "south"]
    assert found.offsets.tolist() == [0, 24, 48]
    assert found.steps["load"].tolist() == LOAD * 2
    assert found.categories == {"mood": ("a", "b", "c")}
    assert found.steps["mood"].tolist() == [1, 0, 2] * 16
    assert found.times[25] == np.datetime64("2024-01-01T01:00")
    assert (found.schema.time, found.schema.interval, found.source) == ("time", 3600.0, path.name)


def test_a_spooled_data_set_is_the_same(path):
    """A source above the memory limit gives the same data set, mapped from disk."""
    found = read(path, settings=SETTINGS.model_copy(update={"memory": 100}))
    assert isinstance(found.steps["load"], np.memmap)
    assert equal(found, read(path, settings=SETTINGS))


def test_the_spool_is_removed_with_the_data_set(path, tmp_path, monkeypatch):
    """Columns on disk exist as long as the data set."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "spool"))
    (tmp_path / "spool").mkdir()
    found = read(path, settings=SETTINGS.model_copy(update={"memory": 100}))
    assert len(list((tmp_path / "spool").iterdir())) == 1
    del found
    gc.collect()
    assert list((tmp_path / "spool").iterdir()) == []


def test_a_failed_reading_leaves_nothing_behind(tmp_path, write, monkeypatch):
    """Where a large source is refused, its columns on disk are removed."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "spool"))
    (tmp_path / "spool").mkdir()
    path = write("a.csv", "time,load\n2024-01-02,1\n2024-01-01,2\n")
    with pytest.raises(DataError) as refused:
        read(path, settings=ReadSettings(memory=10))
    assert "sort the file by 'time', or raise --memory" in str(refused.value)
    del refused
    gc.collect()
    assert list((tmp_path / "spool").iterdir()) == []


def test_bad_cells_of_a_stream_are_named_by_their_row(write):
    """A bad cell far down a streamed file is named by its row in the file."""
    rows = "".join(f"{row},1.5\n" for row in range(300_000))
    path = write("a.csv", "a,b\n" + rows + "7,oops\n")
    with pytest.raises(DataError, match="column 'b', row 300001: expected a number, came 'oops'"):
        read(path, settings=ReadSettings(target="b", memory="64KB"))


def test_bad_rows_are_written_to_a_file(write, tmp_path):
    """Skipped rows are written as they came, with row number and reason."""
    path = write("a.csv", "a,b\n1,2\n3,oops\n5,6\n")
    rejected = tmp_path / "a.rejected.csv"
    found = read(path, settings=ReadSettings(target="b", on_error="skip"), rejected=rejected)
    assert found.rows.tolist() == [0, 2]
    with rejected.open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["row", "reason", "a", "b"], ["2", "column 'b', expected a number, came 'oops'", "3", "oops"]]


def test_no_bad_row_makes_no_file(write, tmp_path):
    """Where nothing was skipped no file is written."""
    path = write("a.csv", "a,b\n1,2\n3,4\n")
    read(path, settings=ReadSettings(target="b", on_error="skip"), rejected=tmp_path / "a.rejected.csv")
    assert not (tmp_path / "a.rejected.csv").exists()


@pytest.mark.parametrize(("count", "cells"), [(1, "3"), (3, "3,4,5")])
def test_uneven_rows_are_refused(write, count, cells):
    """A row with too few or too many fields is refused, or skipped on request."""
    path = write("a.csv", f"a,b\n1,2\n{cells}\n6,7\n")
    with pytest.raises(DataError, match=f"row 2: expected 2 fields, came {count}; correct the line"):
        read(path, settings=ReadSettings(target="b"))
    assert read(path, settings=ReadSettings(target="b", on_error="skip")).steps["b"].tolist() == [2.0, 7.0]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({}, "expected columns, came none"),
        ({"a": []}, "expected rows of data, came only a header"),
        (5, "source: expected a path, a table, a dictionary of columns, or arrays, came int"),
    ],
)
def test_sources_without_data_are_refused(source, message):
    """A source that holds nothing, or is none, is refused."""
    with pytest.raises(DataError, match=message):
        read(source)


def test_a_header_alone_is_refused(write):
    """A file that names columns and stops is refused."""
    with pytest.raises(DataError, match=r"a\.csv: expected rows of data, came only a header"):
        read(write("a.csv", "a,b\n"))


LIMITED = """
import resource, sys
import numpy as np
from seqloom.read import ReadSettings, read
from seqloom.sequence import SequenceDataset

def used():
    lines = open("/proc/self/status").read().splitlines()
    return 1024 * int(next(line.split()[1] for line in lines if line.startswith("VmData")))

limit = used() + int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
found = read(sys.argv[1], settings=ReadSettings(target="f0", memory="64MB"))
print(found.total_steps, found.nbytes, sum(float(column[-1]) for column in found.steps.values()))
"""

FULL = """
import resource, sys
from seqloom.read import ReadSettings, read

def peak():
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

base = peak()
found = read(sys.argv[1], settings=ReadSettings(target="f0", memory="8GB"))
print(found.nbytes, peak() - base)
"""


def write_large(path: Path, steps: int) -> float:
    """Writes time and eight features; returns the sum of the last row."""
    generator, writer, chunk = np.random.default_rng(0), None, 500_000
    for start in range(0, steps, chunk):
        minutes = np.arange(start, start + chunk).astype("datetime64[m]").astype("datetime64[us]")
        features = {f"f{place}": generator.standard_normal(chunk, dtype=np.float32) for place in range(8)}
        rows = pa.table({"time": minutes, **features})
        writer = writer or pq.ParquetWriter(path, rows.schema)
        writer.write_table(rows)
    writer.close()
    return sum(float(values[-1]) for values in features.values())


def run(code: str, *arguments: object) -> list[str]:
    """The words a fresh interpreter prints."""
    environment = os.environ | {
        "POLARS_MAX_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "OMP_NUM_THREADS": "1",
    }
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.split()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the limit on data is Linux's")
def test_a_file_larger_than_memory_is_read(tmp_path):
    """A file of 760 MB is read where only 300 MB may be allocated."""
    limit = 300 * 1024**2
    last = write_large(tmp_path / "a.parquet", 20_000_000)
    steps, size, found = run(LIMITED, tmp_path / "a.parquet", limit)
    assert int(steps) == 20_000_000
    assert int(size) > 2 * limit
    assert float(found) == last


@pytest.mark.slow
def test_ten_million_steps_take_at_most_three_times_their_size(tmp_path):
    """Reading ten million steps of eight features takes at most three times the bytes of the data."""
    write_large(tmp_path / "a.parquet", 10_000_000)
    size, peak = map(int, run(FULL, tmp_path / "a.parquet"))
    assert size == 10_000_000 * (8 + 8 * 4)
    assert peak <= 3 * size


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "settings", "sequences", "steps", "interval"),
    [
        ("ett/ETTh1.csv.gz", {"target": "OT"}, 1, 17_420, 3600.0),
        ("classic_series/airline-passengers.csv", {}, 1, 144, 2_629_746.0),
        ("classic_series/daily-min-temperatures.csv", {}, 1, 3650, 86_400.0),
        ("classic_series/shampoo.csv", {"time": "Month"}, 1, 36, 2_629_746.0),
        ("classic_series/pollution.csv.gz", {"target": "pm2.5"}, 1, 43_824, None),
        ("m4/Hourly-train.csv.gz", {}, 414, 353_500, None),
        ("exchange_rate/exchange_rate.txt.gz", {"target": "c0"}, 1, 7588, None),
        ("cmapss/train_FD001.txt.gz", {"target": "c25", "group": "c0", "time": "c1"}, 100, 20_631, 1.0),
        ("skab/valve1/0.csv", {"target": "Current"}, 1, 1147, 1.0),
    ],
)
def test_public_tables_are_read(shared_data, name, settings, sequences, steps, interval):
    """Public tables have as many sequences and steps as their authors say, and the clock they were recorded by."""
    found = read(shared_data / name, settings=ReadSettings(**settings))
    assert (len(found), found.total_steps, found.schema.interval) == (sequences, steps, interval)


@pytest.mark.shared
def test_missing_values_of_a_public_table_are_counted(shared_data):
    """The air quality of Beijing lacks 2 067 of its values."""
    found = read(shared_data / "classic_series/pollution.csv.gz", settings=ReadSettings(target="pm2.5"))
    assert np.isnan(found.steps["pm2.5"]).sum() == 2067


@pytest.mark.shared
def test_series_of_a_competition_keep_their_lengths(shared_data):
    """The hourly series have 700 to 960 values, none missing within."""
    found = read(shared_data / "m4/Hourly-train.csv.gz")
    assert (found.lengths.min(), found.lengths.max()) == (700, 960)
    assert not np.isnan(found.steps["value"]).any()
    assert found.keys[0] == "H1"
