import gzip

import numpy as np
import polars as pl

from benchmarks.speed import reports
from benchmarks.speed.case import Case
from benchmarks.speed.rounds import Effort

BRIEF = Effort(rounds=1)


def test_a_data_set_that_is_not_there_is_named(peers, monkeypatch, tmp_path):
    """The forecasts have a reason instead of seconds."""
    monkeypatch.setenv("SEQLOOM_DATA", str(tmp_path))
    measured = reports.measure(Case("reports", batch=4), ["forecasts"], peers, BRIEF)
    assert measured.figure("forecasts").reason == "no file ETTh1.csv.gz"


def test_judgements_and_their_pages_take_time(peers, monkeypatch, tmp_path):
    """Of forecasts, and of made-up sequences."""
    (tmp_path / "ett").mkdir()
    times = pl.datetime_range(pl.datetime(2020, 1, 1), pl.datetime(2020, 2, 1), "1h", eager=True).head(400)
    load = 10 + np.sin(np.arange(400) / 4) + np.random.default_rng(0).normal(0, 0.1, 400)
    table = pl.DataFrame({"date": times.dt.strftime("%Y-%m-%d %H:%M:%S"), "OT": load})
    (tmp_path / "ett" / "ETTh1.csv.gz").write_bytes(gzip.compress(table.write_csv().encode()))
    monkeypatch.setenv("SEQLOOM_DATA", str(tmp_path))
    measured = reports.measure(Case("reports", batch=4), ["forecasts", "tags"], peers, BRIEF)
    assert measured.figure("forecasts").value > 0
    assert measured.figure("tags").value > 0
