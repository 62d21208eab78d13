import numpy as np
import pytest

from seqloom.alternatives.fitting.series import arima, autocorrelation, exponential_smoothing, least, leveled


def test_autocorrelation_is_that_of_the_definition():
    """Sums of products about the mean, over that of squares."""
    values = np.array([1.0, 3.0, 2.0, 5.0])
    about = values - values.mean()
    expected = [(about[lag:] * about[: len(about) - lag]).sum() / (about**2).sum() for lag in range(3)]
    np.testing.assert_allclose(autocorrelation(values, 2), expected)


def test_noise_has_a_level_and_a_walk_has_none():
    """As a KPSS test tells."""
    noise = np.random.default_rng(0).normal(size=300)
    assert leveled(noise)
    assert not leveled(np.cumsum(noise))


def test_the_least_error_is_found_between_bounds():
    """To the tolerance."""
    assert least(lambda place: (place - 0.3) ** 2, (0.0, 1.0), 1e-3) == pytest.approx(0.3, abs=1e-3)


def test_an_autoregressive_weight_is_estimated():
    """Its criterion is below that of no term at all."""
    noise, values = np.random.default_rng(0).normal(size=500), np.zeros(500)
    for step in range(1, 500):
        values[step] = 0.7 * values[step - 1] + noise[step]
    criterion, weights = arima(values, (1, 0, 0), 1)
    assert weights == [pytest.approx(0.7, abs=0.1)]
    assert criterion < arima(values, (0, 0, 0), 1)[0]


def test_smoothing_without_a_trend_has_the_weight_of_a_level_alone():
    """Parameters come by name."""
    values = np.random.default_rng(0).normal(size=60)
    plain, trended = (exponential_smoothing(values, 1, trend=trend, seasonal=False)[1] for trend in (False, True))
    assert 0 <= plain["smoothing_level"] < 0.3
    assert "damping_trend" in trended.keys() - plain.keys()
