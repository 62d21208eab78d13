"""A small model for the commands."""

from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest


@pytest.fixture(scope="session")
def fitted(tmp_path_factory, command):
    """A file of one series, a model of it, and what the fit said."""
    folder = tmp_path_factory.mktemp("fitted")
    days = np.datetime64("2024-01-01") + np.arange(60)
    load = 10 + 3 * np.sin(np.arange(60) / 3) + 0.1 * (np.arange(60) % 5)
    pl.DataFrame({"day": days, "load": load.round(3)}).write_csv(folder / "series.csv")
    words = ["--target", "load", "--horizon", "2", "--lookback", "6", "--epochs", "2"]
    said = command("fit", folder / "series.csv", *words, "-o", folder / "model.loom")
    assert said.code == 0, said.err
    return SimpleNamespace(data=folder / "series.csv", model=folder / "model.loom", words=words, said=said)
