"""A test of whether two forecasts err equally."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.tsa.stattools import acovf

from seqloom.errors import DataError, SettingsError
from seqloom.evaluate import diebold_mariano


def moving(random, count, horizon):
    """Numbers of which h - 1 neighbours depend on each other, as errors of optimal forecasts h steps ahead do."""
    return np.convolve(random.normal(size=count + horizon - 1), np.ones(horizon) / horizon, "valid")


@pytest.mark.parametrize("horizon", [1, 2, 6, 24])
def test_it_is_the_formula_of_its_papers(horizon):
    """Autocovariances of statsmodels, the correction of Harvey, Leybourne and Newbold, the t of SciPy."""
    random = np.random.default_rng(horizon)
    model = moving(random, 200, horizon) ** 2
    other = moving(random, 200, horizon) ** 2 + 0.05
    count, covariances = 200, acovf(other - model, fft=False, nlag=horizon)
    spectral = covariances[0] + 2 * covariances[1:horizon].sum()
    plain = (other - model).mean() / np.sqrt(spectral / count)
    corrected = plain * np.sqrt((count + 1 - 2 * horizon + horizon * (horizon - 1) / count) / count)
    found = diebold_mariano(model, other, horizon=horizon)
    assert spectral > 0
    assert found.statistic == pytest.approx(corrected, rel=1e-9)
    assert found.p_value == pytest.approx(2 * stats.t(count - 1).sf(abs(corrected)), rel=1e-9)
    assert (found.horizon, found.examples) == (horizon, 200)


def test_one_step_ahead_it_is_the_paired_t_test():
    """The correction makes it so, exactly; the sign is that of the model's advantage."""
    random = np.random.default_rng(0)
    model, other = random.random(40), random.random(40) + 0.1
    found, known = diebold_mariano(model, other), stats.ttest_rel(other, model)
    assert (found.statistic, found.p_value) == (pytest.approx(known.statistic), pytest.approx(known.pvalue))
    turned = diebold_mariano(other, model)
    assert (turned.statistic, turned.p_value) == (-found.statistic, found.p_value)


@pytest.mark.parametrize(("count", "horizon"), [(40, 1), (60, 4)])
def test_equal_forecasts_are_seldom_told_apart(count, horizon):
    """At a level of 5 % in at most 8 % of 2,000 trials, also where few forecasts overlap."""
    random = np.random.default_rng(1)
    losses = [[moving(random, count, horizon) ** 2 for _ in range(2)] for _ in range(2000)]
    told = np.mean([diebold_mariano(*pair, horizon=horizon).p_value < 0.05 for pair in losses])
    assert 0.02 < told < 0.08


def test_a_variance_that_would_be_negative_is_that_of_falling_weights():
    """Differences that change their sign with every step have one by the first formula."""
    zigzag = np.tile([1.0, -1.0], 20) + 0.1
    covariances = acovf(zigzag, fft=False, nlag=1)
    assert covariances[0] + 2 * covariances[1] < 0
    found = diebold_mariano(np.zeros(40), zigzag, horizon=2)
    wanted = zigzag.mean() / np.sqrt((covariances[0] + covariances[1]) / 40) * np.sqrt((41 - 4 + 2 / 40) / 40)
    assert found.statistic == pytest.approx(wanted)


def test_pairs_that_are_not_known_are_left_out():
    """On either side."""
    model, other = np.array([1.0, np.nan, 2.0, 3.0, 1.0]), np.array([2.0, 2.0, np.nan, 5.0, 1.5])
    known = [0, 3, 4]
    assert diebold_mariano(model, other) == diebold_mariano(model[known], other[known])


def test_what_cannot_be_told_is_not_told():
    """No pairs, one, or fewer than the horizon leaves anything of; the same forecasts do not differ."""
    for count, horizon in ((0, 1), (1, 1), (3, 3)):
        found = diebold_mariano(np.zeros(count), np.ones(count), horizon=horizon)
        assert (np.isnan(found.statistic), np.isnan(found.p_value)) == (True, True)
    same = diebold_mariano(np.arange(9.0), np.arange(9.0))
    assert (same.statistic, same.p_value) == (0, 1)
    sure = diebold_mariano(np.zeros(9), np.ones(9))
    assert (sure.statistic, sure.p_value) == (np.inf, 0)


def test_what_is_no_pair_is_refused():
    """With both shapes; so is a horizon of no step."""
    with pytest.raises(DataError, match=r"shapes \[3\] and \[4\]"):
        diebold_mariano(np.zeros(3), np.zeros(4))
    with pytest.raises(SettingsError, match="horizon: expected at least 1, came 0"):
        diebold_mariano(np.zeros(3), np.zeros(3), horizon=0)
