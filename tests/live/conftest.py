"""Small models of every kind that streams, fitted once, and their data."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

import seqloom
from seqloom.live import Form, Memory
from seqloom.live.columns import Statics
from seqloom.live.steps import Steps
from seqloom.sequence import Column, Schema

RANDOM = 5


def steps(count=12, length=20, *, gaps=False):
    """A long table: two numbers, a category, a time, a static column, a class per step and a value per step."""
    rng = np.random.default_rng(RANDOM)
    rows = []
    for one in range(count):
        level = 0.0
        for step in range(length + one % 3):
            value = float(rng.normal())
            level = 0.8 * level + value
            rows.append(
                {
                    "id": f"s{one}",
                    "at": float(step),
                    "a": None if gaps and rng.random() < 0.2 else value,
                    "b": None if gaps and rng.random() < 0.2 else float(rng.normal()),
                    "mode": str(rng.choice(["on", "off", "idle"])),
                    "size": float(one),
                    "level": level,
                    "state": "high" if level > 0 else "low",
                    "kind": "even" if one % 2 else "odd",
                }
            )
    return pl.DataFrame(rows)


LONG = {"group": "id", "time": "at"}


def classes(pooling, **more):
    """A classifier of sequences that reads forwards."""
    model = seqloom.SequenceClassifier(
        hidden_size=6,
        pooling=pooling,
        epochs=1,
        settings={"bidirectional": False, "convolution": False, "members": 2, **LONG, **more},
    )
    table = steps().drop("level", "state")
    return model.fit(table, target="kind"), table


def values():
    """A value at every step."""
    table = steps().drop("state", "kind")
    model = seqloom.SequenceRegressor(cell="lstm", hidden_size=6, epochs=1, settings=LONG)
    return model.fit(table, target="level"), table


def gaps(missing):
    """A value at every step of columns with gaps."""
    table = steps(gaps=True).drop("state", "kind")
    model = seqloom.SequenceRegressor(cell="gru", hidden_size=6, epochs=1, settings={**LONG, "missing": missing})
    return model.fit(table, target="level"), table


def tags():
    """A class at every step, read forwards."""
    table = steps().drop("level", "kind")
    model = seqloom.Tagger(hidden_size=6, epochs=1, settings={**LONG, "bidirectional": False})
    return model.fit(table, target="state"), table


def forecasts(missing="reject", **more):
    """The next three values of two series."""
    table = steps(gaps=missing != "reject", length=60, count=3).select("id", "at", "a", "b")
    settings = {**LONG, "missing": missing, **more}
    model = seqloom.Forecaster(horizon=3, lookback=8, hidden_size=6, epochs=1, settings=settings)
    return model.fit(table, target=["a", "b"]), table


def events():
    """The next event, its gap, and an attribute."""
    table = steps().select("id", "at", "mode", "a")
    model = seqloom.EventPredictor(hidden_size=6, epochs=1, settings={**LONG, "attributes": ["a"]})
    return model.fit(table, target="mode"), table


def simple_classes(method):
    """A classifier of sequences that is no network."""
    table = steps(30).drop("level", "state")
    return seqloom.SequenceClassifier(settings={"method": method, **LONG}).fit(table, target="kind"), table


def simple_values(method):
    """A value at every step, of what came up to it."""
    table = steps(30).drop("state", "kind")
    return seqloom.SequenceRegressor(settings={"method": method, **LONG}).fit(table, target="level"), table


def simple_tags(method):
    """A class at every step, by a method that looks at no other step."""
    table = steps(30).drop("level", "kind")
    return seqloom.Tagger(settings={"method": method, **LONG}).fit(table, target="state"), table


def simple_labels(method):
    """Any number of labels for a sequence."""
    table = steps(30).drop("level", "state")
    big, even = pl.col("size") > 12, pl.col("kind") == "even"
    table = table.with_columns(big=big.cast(pl.Float64), even=even.cast(pl.Float64)).drop("kind", "size")
    model = seqloom.SequenceLabeler(settings={"method": method, **LONG})
    return model.fit(table, target=["big", "even"]), table


def simple_forecasts(method, missing="reject", **more):
    """The next three values of two series with a season of twelve, from a lookback of eight."""
    table = steps(gaps=missing != "reject", length=90 if missing == "reject" else 200, count=3).select(
        "id", "at", "a", "b"
    )
    wave = (pl.col("at") * 2 * np.pi / 12).sin() * 20
    table = table.with_columns(a=pl.col("a") + wave, b=pl.col("b") - wave)
    settings = {"method": method, **LONG, "missing": missing, **more}
    return seqloom.Forecaster(horizon=3, lookback=8, settings=settings).fit(table, target=["a", "b"]), table


CASES = {
    **{
        f"classes, {pooling}": lambda pooling=pooling: classes(pooling)
        for pooling in ("last", "mean", "max", "attention")
    },
    "values": values,
    "values over gaps filled forward": lambda: gaps("forward-fill"),
    "values over gaps imputed": lambda: gaps("impute"),
    "tags": tags,
    "forecasts": forecasts,
    "forecasts over gaps filled forward": lambda: forecasts("forward-fill"),
    "forecasts over gaps imputed": lambda: forecasts("impute"),
    "forecasts with adaptive intervals": lambda: forecasts(interval_width="adaptive"),
    "forecasts with adaptive intervals over gaps": lambda: forecasts("impute", interval_width="adaptive"),
    "forecasts by ridge with adaptive intervals": lambda: simple_forecasts("ridge", interval_width="adaptive"),
    "events": events,
    **{f"classes by {method}": lambda method=method: simple_classes(method) for method in ("logistic", "rocket")},
    "values by ridge": lambda: simple_values("ridge"),
    "tags by logistic": lambda: simple_tags("logistic"),
    "labels by logistic": lambda: simple_labels("logistic"),
    **{
        f"forecasts by {method}": lambda method=method: simple_forecasts(method)
        for method in ("seasonal_naive", "drift", "ridge", "ar", "theta", "ets")
    },
    "forecasts by seasonal_naive over gaps filled forward": lambda: simple_forecasts("seasonal_naive", "forward-fill"),
    "forecasts by ridge over gaps imputed": lambda: simple_forecasts("ridge", "impute"),
    "classes, both directions": lambda: classes("attention", bidirectional=True),
    "classes, convolutions": lambda: classes("mean", convolution=True),
}


@pytest.fixture(scope="session", params=CASES, ids=lambda name: name.replace(", ", "-").replace(" ", "-"))
def case(request):
    """A fitted estimator and the table it learned from."""
    return CASES[request.param]()


@pytest.fixture(scope="session")
def values_model():
    """A model with a value at every step, and its table."""
    return values()


COLUMNS = (("a", "number"), ("b", "number"), ("mode", "category"), ("said", "category"))


def form_of(clock="stamps", **other):
    """Two numbers, a category, a word, and what the stream is: a number and a category."""
    usual = Form(
        schema=Schema(columns=tuple(Column(name=name, kind=kind, role="past") for name, kind in COLUMNS)),
        clock=clock,
        numbers=("a", "b"),
        listed=("mode",),
        spelt=("said",),
        static_numbers=("size",),
        static_listed=("make",),
        labels={"mode": ("off", "on"), "make": ("x",)},
        known=(),
        unasked=(),
        closed=True,
    )
    return replace(usual, **other)


def memory_of(kept=2, *, statics=True, clock="stamps"):
    """A memory with something of everything."""
    times = None if clock == "none" else np.arange(kept).astype(np.int64 if clock == "stamps" else np.float64)
    words = tuple(("ä☃", None)[place % 2 : place % 2 + 1] for place in range(kept))
    codes = np.arange(kept, dtype=np.int32).reshape(kept, 1) % 2
    steps = Steps(np.arange(2.0 * kept).reshape(kept, 2), codes, times, words)
    said = Statics(np.array([1.5]), np.array([0], np.int32)) if statics else None
    return Memory(7, 3.0, steps, np.array([0.25, -1.0, 3.0], np.float32), said)


@pytest.fixture(name="form")
def form_fixture():
    """Makes the form of readings of a small stream; some of it may be other than usual."""
    return form_of


@pytest.fixture(name="memory")
def memory_fixture():
    """Makes the memory of a small stream."""
    return memory_of
