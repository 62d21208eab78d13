import numpy as np
import pytest

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.forecasts.lookback_ridge import LookbackRidge


def walk(count: int, seed: int = 0):
    return np.random.default_rng(seed).normal(size=count).cumsum()


def mean_squared(forecast, examples):
    return float(np.mean((forecast - examples.truth()) ** 2))


def test_a_linear_rule_is_learned(make_windows):
    """A noiseless sine obeys a linear rule of its past, so that almost no error is left."""
    examples = make_windows(np.sin(np.arange(400) * 0.3), lookback=12, horizon=6)
    ridge = LookbackRidge.fit(examples, Hints())
    # The least penalty offered, 1e-4 of the rows, shrinks a noiseless solution by about as much.
    assert mean_squared(ridge.predict(examples), examples) < 1e-4


def test_a_shift_of_level_shifts_the_forecast(make_windows):
    """Only distances from the last value are weighted: adding a constant adds it to the forecast."""
    values = walk(200)
    ridge = LookbackRidge.fit(make_windows(values, lookback=8, horizon=3), Hints())
    low, high = (ridge.predict(make_windows(values + shift, lookback=8, horizon=3)) for shift in (0, 100))
    np.testing.assert_allclose(high, low + 100, atol=1e-3)  # float32 targets near 100 have steps of 1e-5


def test_the_weights_are_those_of_the_normal_equations(make_windows):
    """With the windows too few to choose a penalty the weights solve the ridge equations of the scaled pairs."""
    values = walk(9).astype(np.float32).astype(np.float64)
    examples = make_windows(values, lookback=4, horizon=3)
    pairs = [(values[stop - 4 : stop], values[stop : stop + 3]) for stop in examples.stop]
    spread = np.array([seen.std() for seen, _ in pairs])
    x = np.array([seen - seen[-1] for seen, _ in pairs]) / spread.mean()
    y = np.array([ahead - seen[-1] for seen, ahead in pairs]) / spread.mean()
    weights = np.linalg.solve(x.T @ x + 0.01 * len(x) * np.eye(4), x.T @ y).T
    np.testing.assert_allclose(LookbackRidge.fit(examples, Hints()).weights, weights, rtol=1e-9, atol=1e-12)


def test_more_windows_than_the_bound_give_nearly_the_same(make_windows, monkeypatch):
    """A random third of the windows finds almost the same rule."""
    examples = make_windows(np.sin(np.arange(900) * 0.3) + 0.1 * walk(900), lookback=12, horizon=6)
    whole = mean_squared(LookbackRidge.fit(examples, Hints()).predict(examples), examples)
    monkeypatch.setattr("seqloom.alternatives.forecasts.lookback_ridge.ROWS", 300)
    part = mean_squared(LookbackRidge.fit(examples, Hints()).predict(examples), examples)
    assert part < 1.2 * whole


def test_a_large_sequence_does_not_drown_a_small_one(make_windows):
    """Beside a noise a thousand times as large, the rule of a small sine is still used."""
    sine, noise = np.sin(np.arange(300) * 0.5), 1000 * np.random.default_rng(0).normal(size=300)
    ridge = LookbackRidge.fit(make_windows(sine, noise, lookback=12, horizon=2), Hints())
    small = make_windows(sine, lookback=12, horizon=2)
    assert mean_squared(ridge.predict(small), small) < 0.25 * np.var(sine)


def test_the_same_seed_gives_the_same_weights(make_windows, monkeypatch):
    """What is drawn is drawn from the seed alone."""
    monkeypatch.setattr("seqloom.alternatives.forecasts.lookback_ridge.ROWS", 50)
    examples = make_windows(walk(300), lookback=8, horizon=3)
    first, second = (LookbackRidge.fit(examples, Hints(seed=3)).weights for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_constant_series_are_forecast_as_constant(make_windows):
    """Lookbacks without any spread are not divided by it."""
    examples = make_windows(np.full(40, 2.0), lookback=5, horizon=2)
    np.testing.assert_array_equal(LookbackRidge.fit(examples, Hints()).predict(examples), examples.truth())


@pytest.mark.parametrize("lookback", [1, 2])
def test_the_shortest_lookbacks_are_fitted(make_windows, lookback):
    """One or two values are enough to forecast from."""
    examples = make_windows(walk(60), lookback=lookback, horizon=2)
    assert LookbackRidge.fit(examples, Hints()).predict(examples).shape == examples.truth().shape


def test_without_windows_it_is_skipped(make_windows):
    """An empty training part is a reason, not an error."""
    examples = make_windows(walk(60), lookback=4, horizon=2).take(slice(0, 0))
    assert LookbackRidge.fit(examples, Hints()) == Skipped("the training part has no window")
