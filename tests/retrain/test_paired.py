"""Champion and challenger on the same examples."""

from copy import deepcopy

import numpy as np
import pytest
import torch

import seqloom
from seqloom.artifact import load
from seqloom.prepare import whole
from seqloom.read import read
from seqloom.retrain import Paired, pair
from seqloom.retrain.paired import compare_errors, dependence
from tests.retrain.conftest import days


@pytest.fixture(scope="module")
def bundle(first):
    """The first model."""
    return load(first)


@pytest.fixture(scope="module")
def examples(bundle):
    """Data of its kind that it has not seen."""
    dataset = read(days(30, first=70, seed=9), schema=bundle.schema)
    return type(bundle.model).examples(
        bundle.pipeline.transform(dataset), whole(dataset, "test"), "test", bundle.model.settings
    )


def moved(bundle, shift):
    """The model with all weights moved."""
    other = deepcopy(bundle)
    with torch.no_grad():
        for weight in other.model.parameters():
            weight.add_(shift)
    return other


def test_a_model_beside_itself_is_undecided(bundle, examples):
    """Every difference is 0."""
    found = pair(bundle, bundle, examples, "a window")
    assert (found.result, found.comparisons[0].relative, found.window) == ("undecided", 0, "a window")
    assert found.metrics["champion"] == found.metrics["challenger"]


def test_a_worse_model_loses_and_the_better_one_wins(bundle, examples):
    """Whoever is the champion."""
    worse = moved(bundle, 0.2)
    assert pair(bundle, worse, examples, "a window").result == "lost"
    assert pair(worse, bundle, examples, "a window").result == "won"


def test_metrics_are_those_of_the_task(bundle, examples):
    """As `evaluate` measures them."""
    found = pair(bundle, bundle, examples, "a window")
    table = days(30, first=70, seed=9)
    said = seqloom.SequenceRegressor.__new__(seqloom.SequenceRegressor)
    said.bundle_ = bundle
    assert found.metrics["challenger"]["rmse"] == pytest.approx(said.evaluate(table).metrics["model"]["rmse"])


def test_answers_that_are_not_finite_are_neither_won_nor_lost(bundle, examples):
    """Nothing is compared."""
    broken = pair(bundle, moved(bundle, float("nan")), examples, "a window")
    assert (broken.finite, broken.result, broken.comparisons) == (False, "not finite", ())


def test_few_examples_tell_nothing(bundle, examples):
    """However large the difference."""
    assert pair(bundle, moved(bundle, 0.5), examples.take(np.arange(1)), "a window").result == "too few"
    assert Paired("nothing", ()).result == "too few"


def test_better_by_one_error_and_worse_by_another_is_mixed():
    """Which matters is not for a program to say."""
    rng = np.random.default_rng(0)
    noise = rng.random(500)
    errors = {"mistakes": noise + 1, "log loss": noise}
    found = Paired("a window", compare_errors(errors, {"mistakes": noise, "log loss": noise + 1}))
    assert found.result == "mixed"


def test_neighbours_that_depend_on_each_other_widen_the_interval():
    """The same differences, in an order in which they drift."""
    rng = np.random.default_rng(1)
    drifting = np.convolve(rng.normal(size=2100), np.ones(100) / 10, "valid")[:2000]
    base = np.abs(rng.normal(size=2000)) + 10
    (slow,) = compare_errors({"e": base + drifting}, {"e": base})
    (shuffled,) = compare_errors({"e": base + rng.permutation(drifting)}, {"e": base})
    assert slow.margin > 3 * shuffled.margin
    assert slow.blocks < shuffled.blocks


@pytest.mark.parametrize("lag", [1, 10, 50])
def test_dependence_is_that_of_an_autoregression(lag):
    """The integrated autocorrelation time of an AR(1) process with coefficient a is (1 + a) / (1 - a)."""
    rng = np.random.default_rng(2)
    coefficient = (lag - 1) / (lag + 1)
    values = np.zeros(20_000)
    for step, noise in enumerate(rng.normal(size=len(values) - 1), start=1):
        values[step] = coefficient * values[step - 1] + noise
    assert dependence(values) == pytest.approx(lag, rel=0.3)


@pytest.mark.parametrize("values", [[], [1.0], [np.nan] * 20, [3.0] * 50])
def test_what_does_not_vary_does_not_depend(values):
    """Nothing, one, unknown, all the same."""
    assert dependence(np.array(values)) == 1


def test_a_false_champion_is_seldom_found():
    """Two models that are equally good: at most one comparison in ten decides, the interval being one of 95 %."""
    rng = np.random.default_rng(3)
    decided = 0
    for _ in range(200):
        errors = np.convolve(rng.normal(size=410), np.ones(10), "valid")
        other = np.convolve(rng.normal(size=410), np.ones(10), "valid")
        found = Paired("w", compare_errors({"e": errors + 20}, {"e": other + 20}))
        decided += found.result in ("won", "lost")
    assert decided <= 20


def test_forecasts_are_tested_for_equal_accuracy():
    """Beside the interval, on the same errors, with as many neighbours as overlap; other tasks are not."""
    hours = np.arange("2024-01-01", "2024-02-01", dtype="datetime64[h]").astype("datetime64[us]")
    table = {"at": hours, "load": np.sin(np.arange(len(hours)) / 4)}
    chosen = {"epochs": 1, "hidden_size": 4, "horizon": 3, "lookback": 8, "settings": {"threads": 1}}
    bundle = seqloom.Forecaster(**chosen).fit(table, target="load").bundle_
    dataset = read(table, schema=bundle.schema)
    prepared = bundle.pipeline.transform(dataset)
    windows = type(bundle.model).examples(prepared, whole(dataset, "test"), "test", bundle.model.settings)
    found = pair(bundle, moved(bundle, 0.3), windows, "a window")
    assert (found.accuracy.horizon, found.accuracy.examples) == (3, len(windows))
    assert np.sign(found.accuracy.statistic) == np.sign(found.comparisons[0].relative)
    assert pair(bundle, bundle, windows, "a window").accuracy.p_value == 1
