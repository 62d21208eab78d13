"""What is learned from, and what is tested on."""

import numpy as np
import pytest

import seqloom
from seqloom.artifact import load
from seqloom.estimators import continued, fit_planned, plan_from
from seqloom.read import read
from seqloom.retrain.apart import unlearned
from seqloom.retrain.recorded import recorded
from seqloom.store import Record
from tests.retrain.conftest import days


@pytest.fixture
def trained(first):
    """A training of one epoch on a data set."""
    bundle = load(first)

    def train(dataset, earlier=None):
        settings = continued(bundle, {"split": "time", "test_size": 0.25, "epochs": 1})
        return fit_planned(plan_from(dataset, bundle, settings, earlier=earlier))

    return train


def test_recorded_readings_of_the_recent_window_are_not_learned_from(trained, first, store):
    """All others are, or choose the best epoch."""
    bundle = load(first)
    source = recorded(store.records(), bundle)
    parts = (fitted := trained(source.dataset)).walked.parts
    fresh = unlearned(fitted, source)
    tested = {source.pieces[place].stream for place in parts.split.sequences("test")}
    assert {one.stream for one in store.records() if fresh(one)} == tested
    assert len(tested) == 15


def test_beside_a_file_it_is_what_came_after(trained, first, store):
    """By the clock."""
    dataset = read(days(40, first=90), schema=load(first).schema)
    fresh = unlearned(trained(dataset), dataset)
    times = {one.stream: one.time for one in store.records() if fresh(one)}
    assert min(int(name[1:]) for name in times) == 120  # the last ten days of 90 to 129 are tested


def test_earlier_data_are_learned_from_too(trained, first):
    """Also where another sequence has the name already."""
    schema = load(first).schema
    new = read(days(40, first=100), schema=schema)
    earlier = read(days(40, first=100).with_columns(at=np.arange(1200.0)), schema=schema)
    fitted = trained(new, earlier)
    keys = fitted.walked.parts.dataset.keys.tolist()
    assert keys[40] == "d100 (earlier)"


def test_without_a_clock_nobody_knows_what_came_after():
    """So that nothing counts."""
    rng = np.random.default_rng(0)
    table = {"id": np.repeat(np.arange(20), 6).astype(str), "x": rng.normal(size=120), "y": rng.normal(size=120)}
    bundle = seqloom.SequenceRegressor(epochs=1, hidden_size=4, settings={"group": "id"}).fit(table, target="y").bundle_
    dataset = read(table, schema=bundle.schema)
    fitted = fit_planned(plan_from(dataset, bundle, continued(bundle, {"split": "order", "epochs": 1})))
    assert not unlearned(fitted, dataset)(Record("a", 0, 0, "d", 0, None, b"{}", b"{}"))
