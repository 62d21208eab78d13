"""Ridge regression on random kernels."""

import numpy as np
import pytest

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.sequences import rocket as module
from seqloom.alternatives.sequences.rocket import RocketClassifier, RocketRegressor
from seqloom.score import class_metrics


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Kernels enough for small sequences."""
    monkeypatch.setattr(module, "KERNELS", 150)


@pytest.fixture
def waves(make_sequences):
    """Noise with a short wave somewhere: up and down, or down and up; no statistic of single steps tells them apart."""

    def make(count, seed):
        random = np.random.default_rng(seed)
        classes = np.arange(count) % 2
        sequences = []
        for number in classes:
            rows = random.normal(0, 0.2, (random.integers(30, 50), 1))
            place = random.integers(0, len(rows) - 8)
            rows[place : place + 8, 0] += np.sin(np.linspace(0, 2 * np.pi, 8)) * (2 if number else -2)
            sequences.append(rows)
        return make_sequences(*sequences, targets=classes), classes

    return make


def test_the_order_of_steps_is_seen(waves):
    """Where in the sequence the wave lies does not matter."""
    training, _ = waves(80, 0)
    test, classes = waves(40, 1)
    found = RocketClassifier.fit(training, Hints(classes=2)).predict(test)
    assert (found.argmax(axis=1) == classes).mean() > 0.9
    np.testing.assert_allclose(found.sum(axis=1), 1)


def test_probabilities_are_as_sure_as_serves_the_examples_to_choose_by(waves):
    """Their log loss is no worse than without choosing."""
    training, _ = waves(60, 0)
    choosing, classes = waves(40, 1)
    blind = RocketClassifier.fit(training, Hints(classes=2)).predict(choosing)
    chosen = RocketClassifier.fit(training, Hints(classes=2, choosing=choosing)).predict(choosing)
    assert class_metrics(chosen, classes)["log_loss"] <= class_metrics(blind, classes)["log_loss"] + 1e-9


def test_a_class_that_was_not_met_is_never_answered(waves):
    """Its probability is 0, the others have their places."""
    training, _ = waves(40, 0)
    found = RocketClassifier.fit(training, Hints(classes=4)).predict(training)
    assert found.shape == (40, 4)
    assert not found[:, 2:].any()


def test_values_are_learned(make_sequences):
    """How steep a slope is that lies somewhere in noise."""
    random = np.random.default_rng(0)

    def made(count):
        slopes = random.uniform(0.5, 2, count)
        rows = random.normal(0, 0.1, (count, 40, 1))
        for row, slope in zip(rows, slopes, strict=True):
            place = random.integers(0, 30)
            row[place : place + 10, 0] += slope * np.linspace(-1, 1, 10)
        return make_sequences(*rows, targets=slopes[:, None]), slopes

    (training, _), (test, slopes) = made(150), made(50)
    found = RocketRegressor.fit(training, Hints()).predict(test)[:, 0]
    assert np.corrcoef(found, slopes)[0, 1] > 0.9


def test_nothing_is_learned_where_there_is_nothing_to_tell_apart(make_sequences):
    """One class, no value, or no numbers: the reason says so."""
    rows = np.zeros((10, 1))
    assert isinstance(RocketClassifier.fit(make_sequences(rows, rows, targets=np.zeros(2, np.int64)), Hints()), Skipped)
    assert isinstance(RocketRegressor.fit(make_sequences(rows, targets=np.full((1, 1), np.nan)), Hints()), Skipped)
    empty = make_sequences(np.zeros((10, 0)), targets=np.zeros(1, np.int64))
    assert RocketClassifier.fit(empty, Hints()) == Skipped("the steps have no numbers")
