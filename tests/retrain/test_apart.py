"""What is learned from, and what is tested on."""

import numpy as np
import pytest

import seqloom
from seqloom.artifact import load
from seqloom.errors import DataError
from seqloom.estimators import continued, fit_planned, plan_from
from seqloom.read import read
from seqloom.retrain.apart import must_be_apart, unlearned
from seqloom.retrain.recorded import recorded
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
    fresh = unlearned(fitted, source, [])
    tested = {source.pieces[place].stream for place in parts.split.sequences("test")}
    assert {one.stream for one in store.records() if fresh((one.stream, one.epoch, one.seq))} == tested
    assert len(tested) == 15


def test_beside_a_file_it_is_what_came_after(trained, first, store):
    """By the clock."""
    dataset = read(days(40, first=90), schema=load(first).schema)
    fresh = unlearned(trained(dataset), dataset, list(store.records()))
    times = {one.stream: one.time for one in store.records() if fresh((one.stream, one.epoch, one.seq))}
    assert min(int(name[1:]) for name in times) == 120  # the last ten days of 90 to 129 are tested


@pytest.mark.parametrize(
    ("holdout", "apart"),
    [(days(5, first=50), True), (days(5, first=115, seed=1), False), (days(5, first=138, seed=1), True)],
)
def test_a_hold_out_is_apart_from_what_is_learned(trained, first, holdout, apart):
    """Other days are; days that are learned from are not; those of the recent window are."""
    schema = load(first).schema
    fitted, held = trained(read(days(40, first=100), schema=schema)), read(holdout, schema=schema)
    if apart:
        must_be_apart(fitted, held)
    else:
        with pytest.raises(DataError, match=r"sequence 'd115': expected data to learn from without the hold-out"):
            must_be_apart(fitted, held)


def test_earlier_data_are_learned_from_too(trained, first):
    """Also where another sequence has the name already."""
    schema = load(first).schema
    new = read(days(40, first=100), schema=schema)
    earlier = read(days(40, first=100).with_columns(at=np.arange(1200.0)), schema=schema)
    fitted = trained(new, earlier)
    keys = fitted.walked.parts.dataset.keys.tolist()
    assert keys[40] == "d100 (earlier)"
    held = read(days(1, first=100).with_columns(at=np.arange(30.0)), schema=schema)
    with pytest.raises(DataError, match=r"sequence 'd100 \(earlier\)': expected data"):
        must_be_apart(fitted, held)


def test_without_a_clock_the_same_numbers_are_the_same():
    """Of a sequence of the same name."""
    rng = np.random.default_rng(0)
    table = {"id": np.repeat(np.arange(20), 6).astype(str), "x": rng.normal(size=120), "y": rng.normal(size=120)}
    model = seqloom.SequenceRegressor(epochs=1, hidden_size=4, settings={"group": "id"}).fit(table, target="y")
    bundle = model.bundle_
    dataset = read(table, schema=bundle.schema)
    fitted = fit_planned(plan_from(dataset, bundle, continued(bundle, {"split": "order", "epochs": 1})))
    with pytest.raises(DataError, match="came steps that are held out"):
        must_be_apart(fitted, dataset.take([3]))
    must_be_apart(fitted, dataset.take([19]))
    other = read({**table, "x": rng.normal(size=120)}, schema=bundle.schema)
    must_be_apart(fitted, other)
    assert unlearned(fitted, dataset, [])(("a", 0, 0)) is False
