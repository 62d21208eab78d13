"""Nets trained beside a model."""

import numpy as np
import polars as pl
import pytest

import seqloom
from seqloom.errors import SettingsError
from seqloom.train import Quiet


class Told(Quiet):
    """Remembers what was announced."""

    def __init__(self):
        self.said = []

    def announce(self, what):
        """Keep it."""
        self.said.append(what)


@pytest.fixture(scope="module")
def waves():
    """Short sequences of two classes: the same values, rising or falling."""
    random = np.random.default_rng(0)
    rows = []
    for one in range(60):
        values = np.sort(random.normal(size=8))[:: 1 if one % 2 else -1]
        rows += [
            {"id": one, "at": at, "x": float(x), "kind": "up" if one % 2 else "down"} for at, x in enumerate(values)
        ]
    return pl.DataFrame(rows)


@pytest.fixture(scope="module")
def fitted(waves):
    """A classifier compared with all there is, and what was said meanwhile."""
    told = Told()
    settings = {
        "group": "id",
        "time": "at",
        "members": 1,
        "against": "full",
        "convolution": False,
        "mixup": 0.0,
        "learning_rate": 0.05,
    }
    model = seqloom.SequenceClassifier(cell="gru", hidden_size=8, epochs=10, settings=settings)
    return model.fit(waves, target="kind", progress=told), told


def test_all_of_them_stand_in_the_table(fitted):
    """Behind the simple methods."""
    model, _ = fitted
    assert list(model.baselines_)[-5:] == ["cnn", "tcn", "transformer", "deep_sets", "shuffled"]
    assert {"majority", "logistic", "nearest", "rocket"} <= set(model.baselines_)


def test_what_is_trained_is_said(fitted):
    """Each of them by its title."""
    _, told = fitted
    assert "to compare with: a small Transformer" in told.said
    assert len([what for what in told.said if what.startswith("to compare with")]) == 5


def test_order_is_worth_nothing_to_those_who_do_not_see_it(fitted):
    """Rising and falling sequences have the same values: without their order the classes are a coin's two sides."""
    model, _ = fitted
    assert model.metrics_["test"]["accuracy"] > 0.9
    assert model.baselines_["deep_sets"]["accuracy"] < 0.85
    assert model.baselines_["shuffled"]["accuracy"] < 0.85
    order = model.fitted_.judged.judgement.order
    assert "what their order is worth" in order
    assert order in model.report_.sections[0].text[0]
    assert order in [str(part) for part in model.fitted_.conclusion().renderables]


def test_nothing_is_compared_with_where_nobody_wants_to_know(waves):
    """And the verdict says so."""
    settings = {"group": "id", "time": "at", "members": 1, "against": "none"}
    model = seqloom.SequenceClassifier(cell="gru", hidden_size=4, epochs=1, settings=settings).fit(waves, target="kind")
    assert model.baselines_ == {}
    assert "no alternative" in model.fitted_.judged.judgement.verdict.sentence


def test_only_three_answers_are_understood(waves):
    """By name."""
    model = seqloom.SequenceClassifier(settings={"against": "all"})
    with pytest.raises(SettingsError, match="against: expected 'none', 'quick' or 'full'"):
        model.fit(waves, target="kind", group="id")
