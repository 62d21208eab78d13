import numpy as np
import pytest
from statsmodels.tsa.ar_model import AutoReg

from seqloom.alternatives.forecasts.lag_regression import coefficients, unrolled


def simulated(weights: tuple[float, ...], count: int, seed: int = 0, constant: float = 1.0):
    """An autoregression with unit noise."""
    noise = np.random.default_rng(seed).normal(size=count)
    values = np.zeros(count)
    for step in range(len(weights), count):
        values[step] = constant + sum(w * values[step - 1 - lag] for lag, w in enumerate(weights)) + noise[step]
    return values


def test_the_estimates_are_those_of_statsmodels():
    """Order and coefficients equal the best AutoReg by Akaike's criterion on the same rows."""
    values = simulated((0.6, -0.3, 0.2), 800)
    results = [AutoReg(values, lags=order, hold_back=8).fit() for order in range(9)]
    best = min(results, key=lambda result: result.aic)
    # Both solve the same least squares, by different decompositions.
    np.testing.assert_allclose(coefficients([values], 8, horizon=1), best.params, rtol=1e-8)


def test_the_order_is_found():
    """Of up to ten lags the three that matter are kept, or one more by chance."""
    assert len(coefficients([simulated((0.6, -0.3, 0.2), 3000)], 10, horizon=1)) in (4, 5)


def test_series_of_any_scale_share_one_rule():
    """A series a million times as large does not drown the rule both follow."""
    small, large = simulated((0.8,), 500, constant=0.0), 1e6 * simulated((0.8,), 500, seed=1, constant=0.0)
    # The standard error of a weight of 0.8 from 1000 rows is 0.02.
    assert coefficients([small, large], 1, horizon=1)[1] == pytest.approx(0.8, abs=0.06)


def test_the_joint_of_two_series_is_no_row():
    """Rows never reach from one series into the next: two lines with a jump between them stay lines."""
    first, second = np.arange(20.0), 1000 + np.arange(20.0)
    fitted = coefficients([first, second], 2, horizon=1)
    assert fitted[0] + fitted[1:] @ first[:1:-1][: len(fitted) - 1] == pytest.approx(20.0)


def test_an_order_that_explodes_is_passed_over():
    """A series that doubles every step may not be continued for fifty steps."""
    doubling = 2.0 ** np.arange(12)
    assert abs(unrolled(coefficients([doubling], 2, horizon=50), 50)).max() < 1e6


def test_the_same_growth_is_allowed_over_a_short_horizon():
    """Over two steps doubling is the right answer."""
    doubling = 2.0 ** np.arange(12)
    response = unrolled(coefficients([doubling], 1, horizon=2), 2)
    np.testing.assert_allclose(response @ [doubling[-1], 1], [2.0**12, 2.0**13], rtol=1e-6)


def test_a_series_without_noise_needs_no_more_lags_than_its_rule():
    """A sine obeys two lags; further lags are dependent and add nothing."""
    sine = np.sin(np.arange(200) * 0.3)
    response = unrolled(coefficients([sine], 20, horizon=10), 10)
    ahead = response @ np.append(sine[200 - response.shape[1] + 1 :], 1)
    # Rounding is magnified by the recursion, ten steps here.
    np.testing.assert_allclose(ahead, np.sin((200 + np.arange(10)) * 0.3), atol=1e-6)


def test_a_constant_series_is_its_mean():
    """Without any change the mean is all there is."""
    response = unrolled(coefficients([np.full(30, 3.0)], 5, horizon=2), 2)
    np.testing.assert_allclose(response.sum(axis=1) * 3.0 if response.shape[1] > 1 else response[:, 0], 3.0)


def test_unrolled_is_the_recursion():
    """The linear map gives what feeding each forecast back gives."""
    fitted, values = np.array([0.5, 0.6, -0.2, 0.1]), [1.0, -2.0, 3.0]
    for _ in range(6):
        values.append(fitted[0] + fitted[1] * values[-1] + fitted[2] * values[-2] + fitted[3] * values[-3])
    np.testing.assert_allclose(unrolled(fitted, 6) @ [1.0, -2.0, 3.0, 1.0], values[3:], rtol=1e-12)


def test_order_zero_unrolls_to_the_constant():
    """Without lags every step ahead is the constant."""
    assert unrolled(np.array([2.5]), 3).tolist() == [[2.5], [2.5], [2.5]]
