import numpy as np
from statsmodels.tsa.ar_model import AutoReg

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.forecasts.autoregression import Autoregression


def noisy_sine(count: int, step: float, seed: int = 0):
    noise = np.random.default_rng(seed).normal(size=count)
    return (np.sin(np.arange(count) * step) + 0.1 * noise).astype(np.float32)


def test_forecasts_are_those_of_statsmodels(make_windows):
    """For one series the forecast after its end equals AutoReg's of the same order."""
    values = noisy_sine(300, 0.4)
    examples = make_windows(values, lookback=10, horizon=5)
    model = Autoregression.fit(examples, Hints())
    order = int((np.abs(model.responses[0, 0, 0, :-1]) > 0).sum())
    reference = AutoReg(values[:295].astype(np.float64), lags=order, hold_back=10)
    whole = AutoReg(values.astype(np.float64), lags=order, hold_back=10).fit()
    expected = reference.predict(whole.params, start=295, end=299, dynamic=True)
    # Same least squares, same recursion; only the order of additions differs.
    np.testing.assert_allclose(model.predict(examples)[-1, :, 0], expected, rtol=1e-6, atol=1e-8)


def test_each_of_a_few_sequences_has_its_own_rule(make_windows):
    """Two sines of different period are each forecast better than one shared rule could."""
    slow, fast = noisy_sine(300, 0.2), noisy_sine(300, 1.1, seed=1)
    examples = make_windows(slow, fast, lookback=3, horizon=4)
    model = Autoregression.fit(examples, Hints())
    shared = Autoregression(model.responses[-1:], {})
    own, together = (np.mean((m.predict(examples) - examples.truth()) ** 2) for m in (model, shared))
    assert own < 0.5 * together


def test_an_unknown_sequence_uses_the_shared_rule(make_windows):
    """A sequence without training rows is forecast by the model of all others."""
    training = make_windows(noisy_sine(200, 0.4), noisy_sine(200, 0.4, 1), lookback=6, horizon=2, keys=["a", "b"])
    model = Autoregression.fit(training, Hints())
    stranger = make_windows(noisy_sine(50, 0.4, 2), lookback=6, horizon=2, keys=["c"])
    shared = Autoregression(model.responses[-1:], {})
    np.testing.assert_array_equal(model.predict(stranger), shared.predict(stranger))


def test_sequences_are_known_by_key_not_by_place(make_windows):
    """In a data set that holds only the second sequence, that sequence keeps its rule."""
    slow, fast = noisy_sine(300, 0.2), noisy_sine(300, 1.1, seed=1)
    both = make_windows(slow, fast, lookback=4, horizon=3, keys=["slow", "fast"])
    model = Autoregression.fit(both, Hints())
    alone = make_windows(fast, lookback=4, horizon=3, keys=["fast"])
    np.testing.assert_allclose(model.predict(alone), model.predict(both)[len(alone) :], rtol=1e-12)


def test_many_sequences_share_one_rule(make_windows):
    """Beyond sixteen series a single model is fitted."""
    examples = make_windows(*[noisy_sine(60, 0.4, seed) for seed in range(17)], lookback=6, horizon=2)
    assert Autoregression.fit(examples, Hints()).responses.shape[0] == 1


def test_targets_have_rules_of_their_own(make_windows):
    """The forecast of one target does not change when another target does."""
    first, second = noisy_sine(200, 0.4)[:, None], noisy_sine(200, 0.9, 1)[:, None]
    pair = make_windows(np.concatenate([first, second], axis=1), lookback=6, horizon=2)
    alone = make_windows(first, lookback=6, horizon=2)
    predicted = [Autoregression.fit(examples, Hints()).predict(examples)[:, :, 0] for examples in (pair, alone)]
    np.testing.assert_allclose(*predicted, rtol=1e-12)


def test_without_windows_it_is_skipped(make_windows):
    """An empty training part is a reason, not an error."""
    examples = make_windows(noisy_sine(30, 0.4), lookback=4, horizon=2).take(slice(0, 0))
    assert Autoregression.fit(examples, Hints()) == Skipped("the training part has no window")
