import numpy as np
import pytest
from scipy.stats import ttest_rel

from seqloom.errors import DataError
from seqloom.evaluate import compare


def errors(count: int, seed: int, block: int = 1):
    """Squares of noise that is the same for `block` neighbours, smoothly: sums over a moving window."""
    noise = np.random.default_rng(seed).normal(size=count + block - 1)
    return np.convolve(noise, np.ones(block) / np.sqrt(block), mode="valid") ** 2


def test_the_saving_is_relative_to_the_larger_error():
    """Half the error is 50 % better, twice the error is 50 % worse."""
    ones = np.ones(40)
    assert (compare(ones, 2 * ones).relative, compare(2 * ones, ones).relative) == (0.5, -0.5)


def test_a_constant_saving_is_all_but_certain():
    """Where every example is improved by the same amount, only the two imagined examples leave a doubt."""
    result = compare(np.ones(100), 2 * np.ones(100))
    # Student's quantile for 99 degrees, times the deviation of two errors of the mean size among a hundred.
    assert result.margin == pytest.approx(1.984217 * np.sqrt(2) * 1.5 / 100 / 2, rel=1e-5)


@pytest.mark.parametrize(("mistakes", "certain"), [(4, False), (5, False), (6, True), (9, True)])
def test_a_handful_of_mistakes_proves_nothing(mistakes, certain):
    """Zero mistakes against a few in 400 are clear from six on, as in the exact test of McNemar (p = 0.031)."""
    alternative = np.zeros(400)
    alternative[:mistakes] = 1
    assert (compare(np.zeros(400), alternative).low > 0) == certain


def test_the_margin_of_independent_examples_is_that_of_the_paired_t_test():
    """With blocks of one the interval is Student's, up to the noise of resampling."""
    model, alternative = errors(500, 0), errors(500, 1)
    interval = ttest_rel(alternative, model).confidence_interval()
    result = compare(model, alternative)
    # A standard deviation from 2000 resamples has a standard error of 1.6 %.
    expected = (interval.high - interval.low) / 2 / max(model.mean(), alternative.mean())
    assert result.margin == pytest.approx(expected, rel=0.05)


def test_mean_errors_and_their_difference_are_given():
    """Positive differences are in favour of the model."""
    result = compare(np.array([1.0, 2, 3] * 5), np.array([2.0, 4, 6] * 5))
    assert (result.model_error, result.alternative_error, result.difference) == (2, 4, 2)


def test_examples_without_an_error_of_both_are_left_out():
    """Only pairs are compared."""
    result = compare(np.array([1.0, np.nan, 3]), np.array([2.0, 5, np.nan]))
    assert (result.examples, result.model_error, result.alternative_error) == (1, 1, 2)


def test_two_perfect_predictors_do_not_differ():
    """No error on both sides is no difference, not a division by 0."""
    result = compare(np.zeros(20), np.zeros(20))
    assert (result.relative, result.low, result.high) == (0, 0, 0)


@pytest.mark.parametrize("count", [0, 1])
def test_next_to_nothing_says_nothing(count):
    """One example leaves everything open."""
    result = compare(np.ones(count), np.zeros(count))
    assert (result.low, result.high) == (-1, 1)


def test_a_block_as_long_as_the_test_says_nothing():
    """Windows that all overlap are one observation."""
    result = compare(errors(50, 0), errors(50, 1), block=60)
    assert (result.blocks, result.low, result.high) == (1, -1, 1)


def test_the_same_seed_gives_the_same_interval():
    """What is resampled is drawn from the seed alone."""
    first, second = (compare(errors(60, 0), errors(60, 1), block=5, seed=4) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("block", [1, 20, 130], ids=["independent", "overlapping", "three blocks"])
def test_equal_predictors_are_found_different_about_as_rarely_as_promised(block, monkeypatch):
    """Over 200 pairs of equally good predictors the interval leaves out 0 in about 5 % of cases."""
    monkeypatch.setattr("seqloom.evaluate.comparison.RESAMPLES", 300)
    found = 0
    for seed in range(200):
        result = compare(errors(400, 2 * seed, block), errors(400, 2 * seed + 1, block), block=block)
        found += not result.low <= 0 <= result.high
    # Measured over 1000 pairs: 5 to 8 %; 24 of 200 are 12 %.
    assert found <= 24


def test_neglecting_the_overlap_would_claim_too_much(monkeypatch):
    """With single examples drawn instead of blocks, equal predictors seem different far too often."""
    monkeypatch.setattr("seqloom.evaluate.comparison.RESAMPLES", 300)
    pairs = [(errors(400, 2 * seed, 20), errors(400, 2 * seed + 1, 20)) for seed in range(60)]
    naive = [compare(*pair, block=1) for pair in pairs]
    assert sum(not result.low <= 0 <= result.high for result in naive) > 15


def test_errors_of_different_examples_are_refused():
    """Errors that cannot be paired are an error of the caller."""
    with pytest.raises(DataError, match=r"comparison with ridge: expected one error per example from both.*\[3\]"):
        compare(np.ones(3), np.ones(4), name="ridge")


def test_resampling_in_several_runs_is_as_good(monkeypatch):
    """A bound on memory splits the resamples without changing what they estimate."""
    whole = compare(errors(300, 0), 1.5 * errors(300, 1))
    monkeypatch.setattr("seqloom.evaluate.comparison.CELLS", 5_000)
    parts = compare(errors(300, 0), 1.5 * errors(300, 1))
    assert (parts.low, parts.high) == pytest.approx((whole.low, whole.high), abs=0.02)
