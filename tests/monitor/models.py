"""A small model, fitted once."""

from functools import cache
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl

import seqloom
from seqloom.artifact import load


@cache
def estimator():
    """A model of eight short sequences that tells a value for each."""
    rng = np.random.default_rng(5)
    rows = [
        {"id": f"s{one}", "a": float(value), "mode": str(rng.choice(["on", "off"])), "level": float(one)}
        for one in range(40)
        for value in rng.normal(size=12)
    ]
    settings = {"group": "id", "members": 1, "bidirectional": False, "convolution": False}
    return seqloom.SequenceRegressor(cell="gru", hidden_size=4, epochs=1, settings=settings).fit(
        pl.DataFrame(rows), target="level"
    )


def regressor():
    """Its bundle."""
    return estimator().bundle_


@cache
def saved():
    """The same, saved and loaded: it has a digest."""
    with TemporaryDirectory() as folder:
        return load(estimator().save(f"{folder}/level.loom"))
