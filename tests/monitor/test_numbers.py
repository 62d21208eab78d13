"""Signals of numbers."""

import numpy as np
import pytest
from scipy.stats import norm

from seqloom.monitor.numbers import WIDEST, Numbers


@pytest.fixture
def skewed():
    """A reference of skewed values."""
    return Numbers.of([np.exp(np.random.default_rng(0).normal(size=5000))])


def test_however_skewed_scores_are_normal(skewed):
    """Fresh values of the same distribution have mean 0 and deviation 1, and none is far out."""
    fresh = np.exp(np.random.default_rng(1).normal(size=20_000))
    scores, far, missing = skewed.rows(fresh.tolist()).T
    assert (scores.mean(), scores.std()) == (pytest.approx(0, abs=0.03), pytest.approx(1, abs=0.05))
    assert (far.mean(), far.std()) == (pytest.approx(0, abs=0.05), pytest.approx(1, abs=0.05))
    assert np.abs(scores).max() == pytest.approx(WIDEST) == norm.ppf(0.995)
    assert not missing.any()


def test_a_value_beyond_all_of_training_counts_as_the_largest_of_it(skewed):
    """One wild number is no change."""
    assert skewed.rows([1e300, -1e300])[:, 0].tolist() == [pytest.approx(WIDEST), pytest.approx(-WIDEST)]


def test_few_distinct_values_have_the_score_in_their_middle():
    """Half the values are 0, hence it stands for the lower half."""
    found = Numbers.of([np.tile([0.0, 1.0], 500)])
    low, high = found.rows([0.0, 1.0])[:, 0]
    assert (low, high) == (pytest.approx(norm.ppf(0.25), abs=0.1), pytest.approx(norm.ppf(0.75), abs=0.1))


def test_what_is_missing_has_no_score():
    """It is counted instead; training lacked one in ten."""
    values = np.where(np.arange(1000) % 10 == 0, np.nan, np.random.default_rng(0).normal(size=1000))
    found = Numbers.of([values])
    assert found.missing.mean == pytest.approx(0.1, abs=0.01)
    assert np.isnan(found.rows([None, 1.0])).tolist() == [[True, True, False], [False, False, False]]
    assert found.rows([None, 1.0])[:, 2].tolist() == [1.0, 0.0]


@pytest.mark.parametrize("values", [np.full(200, np.nan), np.ones(200), np.arange(8.0)])
def test_nothing_is_claimed_of_the_level_of_empty_constant_and_short_columns(values):
    """There is no deviation to measure by."""
    assert Numbers.of([values]).level is None


def test_one_side_alone_may_matter():
    """Errors that become smaller are no alarm, nor is their spread."""
    level, spread, missing = Numbers.of([np.random.default_rng(0).normal(size=100)], side=1, gaps=False).channels
    assert (level.side, spread.usual, missing.usual) == (1, None, None)
