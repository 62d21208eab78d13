"""The page of a backtest."""

import numpy as np
import pytest

from seqloom.estimators import FitSettings, backtest, backtest_report
from seqloom.evaluate import Origins
from seqloom.read import read


@pytest.fixture(scope="module")
def report():
    """Two origins of a series with a clock."""
    days = np.arange("2026-01-01", "2026-05-01", dtype="datetime64[D]")
    load = np.sin(np.arange(len(days))) + np.random.default_rng(0).normal(0, 0.1, len(days))
    values = {"target": ["load"], "time": "day", "horizon": 3, "lookback": 6, "method": "ridge"}
    settings = FitSettings.flat(values)
    dataset = read({"day": days, "load": load}, settings=settings.reading)
    return backtest_report(backtest(dataset, settings, Origins(folds=2)))


def test_every_origin_has_a_row(report):
    """With the days between which it was known, and forecast."""
    (table,) = report.sections[1].tables
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    assert [row["origin"] for row in rows] == [1, 2]
    assert rows[0]["forecast until"] == rows[1]["known until"]
    assert all(row["best alternative"] for row in rows)
    assert all(row["MASE"] > 0 and row["its MASE"] > 0 for row in rows)


def test_scaled_errors_stand_among_the_metrics(report):
    """Over the windows of all origins."""
    (table,) = report.sections[0].tables
    assert "MASE" in [column.name for column in table.columns]


def test_the_settings_of_the_last_fit_are_listed(report):
    """Those that had a say."""
    (table,) = report.sections[-1].tables
    assert ("horizon", "3") in table.rows
