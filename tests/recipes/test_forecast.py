import numpy as np
import polars as pl
import pytest

from seqloom.cli.main import run


@pytest.mark.slow
def test_the_recipe_forecasts_the_days_that_only_the_plan_covers(tmp_path, capsys):
    """The recipe forecasts each of the six shops for the two weeks after its last sale."""
    assert run(["recipe", "run", "forecast", str(tmp_path), "--epochs", "1"]) == 0
    assert "naive" in capsys.readouterr().out
    last_sale = pl.read_csv(tmp_path / "sales.csv", try_parse_dates=True)["date"].max()
    forecast = pl.read_csv(tmp_path / "forecast.csv", try_parse_dates=True)
    days_ahead = (forecast["time"].dt.date() - last_sale).dt.total_days().to_numpy()
    assert np.array_equal(days_ahead, np.tile(np.arange(1, 15), 6))
    assert forecast["sequence"].n_unique() == 6
