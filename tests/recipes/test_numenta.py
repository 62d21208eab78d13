import csv
import json

import numpy as np
import pytest

import seqloom
from seqloom.cli.main import run


@pytest.fixture
def benchmark(tmp_path):
    """A folder like the benchmark's: two made-up series, one with a spike in a window, and a published score."""
    folder, random = tmp_path / "nab", np.random.default_rng(0)
    times = np.datetime64("2014-01-01") + np.arange(600) * np.timedelta64(5, "m")
    values = np.sin(np.arange(600) / 10)[None] + random.normal(scale=0.1, size=(2, 600))
    values[0, 400] += 6
    for part in ("data/a", "labels", "results"):
        (folder / part).mkdir(parents=True)
    for name, own in zip(("one", "two"), values, strict=True):
        rows = [f"{str(time).replace('T', ' ')}:00,{value:.4f}" for time, value in zip(times, own, strict=True)]
        (folder / "data" / "a" / f"{name}.csv").write_text("\n".join(["timestamp,value", *rows]) + "\n")
    windows = {"a/one.csv": [[str(times[390]).replace("T", " "), str(times[420]).replace("T", " ")]], "a/two.csv": []}
    (folder / "labels" / "combined_windows.json").write_text(json.dumps(windows))
    with (folder / "results" / "nobody_standard_scores.csv").open("w") as file:
        writer = csv.writer(file)
        writer.writerows([("File", "Score"), ("a/one.csv", -1.0), ("a/two.csv", 0.0), ("Totals", 99)])
    return folder


@pytest.mark.slow
def test_the_recipe_scores_streams_by_the_published_rules(tmp_path, benchmark, capsys):
    """The network and the simple methods find the spike; who says nothing has 0."""
    assert run(["recipe", "run", "numenta", str(tmp_path), "--data", str(benchmark), "--epochs", "2"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0][:4] == ["2", "series,", "1", "windows;"]
    scores = {line[1]: float(line[2]) for line in lines if line[0] == "seqloom,"}
    assert set(scores) == {"network", "past", "gaussian"}
    assert min(scores.values()) > 50
    assert ["nobody,", "published", "0.0"] in lines
    assert "the network is better than nobody in 1 series and worse in 0" in [" ".join(line) for line in lines]
    written = list(csv.DictReader((tmp_path / "series.csv").read_text().splitlines()))
    assert [row["series"] for row in written] == ["a/one.csv", "a/two.csv"]
    assert seqloom.load(tmp_path / "streams.loom").usual == "stream"


def test_missing_labels_are_one_clear_line(tmp_path, capsys):
    """The line says where they come from."""
    assert run(["recipe", "run", "numenta", str(tmp_path), "--data", str(tmp_path / "nowhere")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "expected a file of the Numenta Anomaly Benchmark" in line
