"""A small series, a small space, and one finished search of it."""

import numpy as np
import polars as pl
import pytest

from seqloom.read import ReadSettings, read
from seqloom.tune import Budget, Choice, Place, Real, Searched, Space, Whole, Work, begin, job_of, search, tune

GIVEN = {"target": "load", "horizon": 2, "lookback": 6, "linear": 0, "epochs": 2, "threads": 1}


@pytest.fixture(scope="session")
def table():
    """A wave with noise, day by day."""
    rng = np.random.default_rng(0)
    days = np.datetime64("2024-01-01") + np.arange(120)
    load = 10 + 3 * np.sin(np.arange(120) / 3) + rng.normal(0, 0.3, 120)
    return pl.DataFrame({"day": days, "load": load.round(3)})


@pytest.fixture(scope="session")
def series(table):
    """The same as a data set."""
    return read(table, settings=ReadSettings(target=("load",)))


@pytest.fixture(scope="session")
def space():
    """Three settings, one of them with a condition."""
    return Space(
        (
            Searched("hidden_size", Whole(2, 32, log=True)),
            Searched("cell", Choice(("lstm", "gru"))),
            Searched("activation", Choice(("tanh", "relu")), {"cell": ("lstm",)}),
            Searched("learning_rate", Real(1e-4, 1e-2, log=True)),
        )
    )


@pytest.fixture
def job(series, space):
    """A search of four trials that gives none up."""
    return job_of(series, GIVEN, space=space, work=Work(Budget(trials=4), pruning="none"))


@pytest.fixture(scope="session")
def searched(series, space):
    """The same search, finished."""
    job = job_of(series, GIVEN, space=space, work=Work(Budget(trials=6), pruning="none"))
    place = Place()
    return search(job, place, begin(job, place)[0])


@pytest.fixture(scope="session")
def tuned(series, space):
    """A search with its final."""
    return tune(series, GIVEN, space=space, work=Work(Budget(trials=5), pruning="none"))
