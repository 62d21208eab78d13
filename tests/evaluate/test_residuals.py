import numpy as np
import pytest
from scipy.stats import chi2

from seqloom.evaluate import autocorrelation, histogram, one_step_residuals, worst


def noise(count: int, seed: int = 0):
    return np.random.default_rng(seed).normal(size=count)


def test_a_histogram_counts_every_known_residual():
    """Unknown residuals are left out, all others counted once."""
    residuals = np.concatenate([noise(400), [np.nan]]).reshape(-1, 1)
    found = histogram(residuals)
    assert (found.counts.sum(), len(found.edges)) == (400, 21)
    assert (found.mean, found.deviation) == (np.nanmean(residuals), np.nanstd(residuals))


def test_without_residuals_there_is_no_histogram():
    """Nothing known is nothing to count."""
    assert histogram(np.full((3, 2), np.nan)) is None


def test_noise_is_said_to_look_like_noise():
    """Residuals without a pattern have a large p and few lags beyond the bound."""
    found = autocorrelation(noise(500))
    assert found.p_value > 0.05
    assert found.sentence.startswith("The errors look like noise (Ljung-Box over 10 lags, p = ")


def test_a_pattern_left_in_the_residuals_is_named():
    """Residuals that repeat every seven steps are found at that lag."""
    found = autocorrelation(np.tile(noise(7), 60) + 0.3 * noise(420, 1), season=7)
    assert found.p_value < 1e-6
    assert "most at lag 7 with +0." in found.sentence or "most at lag 14 with +0." in found.sentence


def test_the_correlations_and_the_test_are_the_textbook_ones():
    """Ljung and Box: n (n + 2) times the sum of r_k² / (n - k) against a chi-squared of as many degrees."""
    residuals = noise(200, 5)
    found = autocorrelation(residuals)
    centred = residuals - residuals.mean()
    r = np.array([centred[k:] @ centred[:-k] for k in range(1, 11)]) / (centred @ centred)
    statistic = 200 * 202 * np.sum(r**2 / (200 - np.arange(1, 11)))
    np.testing.assert_allclose(found.values, r, atol=1e-12)
    assert found.p_value == pytest.approx(chi2.sf(statistic, 10), rel=1e-9)
    assert found.bound == pytest.approx(1.96 / np.sqrt(200))


@pytest.mark.parametrize("residuals", [noise(19), np.ones(100), np.full(50, np.nan)], ids=["few", "equal", "unknown"])
def test_too_little_to_correlate_gives_none(residuals):
    """Few, equal or unknown residuals say nothing about time."""
    assert autocorrelation(residuals) is None


def test_one_step_residuals_are_of_the_longest_sequence():
    """The first step ahead of the sequence with the most windows, truth minus forecast."""
    truth = np.arange(12.0).reshape(3, 2, 2)
    residuals = one_step_residuals(np.zeros_like(truth), truth, np.array(["a", "b", "b"]), target=1)
    assert residuals.tolist() == [5, 9]


def test_without_windows_there_are_no_residuals():
    """No windows, no residuals."""
    assert one_step_residuals(*np.zeros((2, 0, 2, 1)), np.array([])).tolist() == []


def test_the_worst_come_first():
    """Largest errors first, unknown ones never."""
    assert worst(np.array([3.0, np.nan, 9, 5]), 2).tolist() == [2, 3]


def test_the_worst_keep_their_distance():
    """Neighbours of a chosen window are passed over."""
    assert worst(np.array([1.0, 8, 9, 7, 2, 3]), 3, apart=3).tolist() == [2, 5]
