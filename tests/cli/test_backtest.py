"""The command that goes back in time."""

import json

import numpy as np
import polars as pl
import pytest

SETTINGS = ("--target", "load", "--horizon", "3", "--lookback", "8", "--method", "ridge", "--folds", "2")


@pytest.fixture
def series(tmp_path):
    """A short series in a file."""
    steps = np.arange(120)
    load = 5 + np.sin(steps) + np.random.default_rng(0).normal(0, 0.1, 120)
    pl.DataFrame({"load": load}).write_csv(tmp_path / "load.csv")
    return tmp_path / "load.csv"


def test_origins_are_a_table_and_a_sentence(command, series):
    """All windows of both origins, then who won."""
    lines = command("backtest", series, *SETTINGS, "--quiet").out.splitlines()
    assert lines[0].startswith("2 origins, ")
    assert "mase" in lines[1].split()
    assert {"model", "naive", "ar"} <= {line.split()[0] for line in lines[2:]}


def test_the_report_is_written_where_it_is_asked_for(command, series, tmp_path):
    """As a page, or as data."""
    for name in ("found.html", "found.json"):
        command("backtest", series, *SETTINGS, "--quiet", "-o", tmp_path / name)
    assert "Error after each origin" in (tmp_path / "found.html").read_text()
    assert json.loads((tmp_path / "found.json").read_text())["kind"] == "Backtest"


def test_all_of_it_is_one_object(command, series):
    """Fold by fold."""
    found = json.loads(command("backtest", series, *SETTINGS, "--quiet", "--json").out)
    assert [fold["fitted"] for fold in found["folds"]] == [True, True]
    assert len(found["rmse_by_step"]["model"]) == 3


def test_numbers_out_of_range_are_refused(command, series):
    """In one line."""
    came = command("backtest", series, *SETTINGS, "--first", "1.5")
    assert came.code == 2
    assert "first: expected a share between 0 and 1, came 1.5" in came.err
