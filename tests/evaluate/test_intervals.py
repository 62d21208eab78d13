import numpy as np
import pytest

from seqloom.errors import DataError, SettingsError
from seqloom.evaluate import conformal_offsets, coverage_by_step


def forecasts(count: int, seed: int = 0):
    """Truth whose spread grows with each of three steps, and intervals that do not: [count, 3, 2]."""
    truth = np.random.default_rng(seed).normal(size=(count, 3, 2)) * np.array([0.5, 1, 3])[:, None]
    return -np.ones_like(truth), np.ones_like(truth), truth


def test_corrected_intervals_hold_what_they_promise():
    """On new examples each step is covered at the level, where it was far off before."""
    lower, upper, truth = forecasts(2000)
    offsets = conformal_offsets(lower, upper, truth, 0.9)
    low, high, new = forecasts(20_000, seed=1)
    # The coverage of a step has a standard error of 0.7 % from 2000 examples; two targets are averaged.
    np.testing.assert_allclose(coverage_by_step(low - offsets, high + offsets, new), 0.9, atol=0.02)


def test_intervals_that_are_too_wide_are_narrowed():
    """The first step, with little spread, has a negative offset."""
    assert (conformal_offsets(*forecasts(500), 0.9)[0] < 0).all()


def test_the_promise_holds_on_average_over_small_samples():
    """The finite-sample quantile covers at least the level where a plain one would not."""
    covered = []
    for seed in range(2000):
        scores = np.abs(np.random.default_rng(seed).normal(size=(20, 1, 1)))
        offset = conformal_offsets(np.zeros((19, 1, 1)), np.zeros((19, 1, 1)), scores[:19], 0.9)
        covered.append(scores[19] <= offset)
    # Exactly 18 / 20 in expectation; 2000 trials have a standard error of 0.7 %.
    assert np.mean(covered) == pytest.approx(0.9, abs=0.02)


def test_unknown_truth_is_left_out():
    """Missing values change neither rank nor quantile."""
    lower, upper, truth = forecasts(50)
    gaps = np.concatenate([truth, np.full((9, 3, 2), np.nan)])
    wide = [np.concatenate([bound, np.ones((9, 3, 2))]) for bound in (lower, upper)]
    np.testing.assert_array_equal(conformal_offsets(*wide, gaps, 0.8), conformal_offsets(lower, upper, truth, 0.8))


def test_too_few_examples_give_the_largest_score():
    """Four examples cannot promise 90 %: the farthest of them is what can be done."""
    truth = np.array([1.0, 2, 3, 9]).reshape(4, 1, 1)
    assert conformal_offsets(np.zeros_like(truth), np.ones_like(truth), truth, 0.9).tolist() == [[8.0]]


def test_without_truth_nothing_is_moved():
    """A step that is never known keeps its interval."""
    nothing = np.full((5, 1, 1), np.nan)
    assert conformal_offsets(np.zeros((5, 1, 1)), np.ones((5, 1, 1)), nothing, 0.9).tolist() == [[0.0]]


def test_without_examples_nothing_is_moved():
    """An empty validation part gives offsets of 0."""
    assert conformal_offsets(*np.zeros((3, 0, 2, 1)), 0.9).tolist() == [[0.0], [0.0]]


def test_coverage_of_unknown_steps_is_unknown():
    """A step without truth has no coverage."""
    truth = np.array([[[0.5], [np.nan]], [[2.0], [np.nan]]])
    np.testing.assert_array_equal(coverage_by_step(np.zeros((2, 2, 1)), np.ones((2, 2, 1)), truth), [0.5, np.nan])


@pytest.mark.parametrize("level", [0, 1, 90])
def test_a_level_that_is_no_share_is_refused(level):
    """90 is not 90 %."""
    with pytest.raises(SettingsError, match=f"level: expected a share between 0 and 1, came {level}"):
        conformal_offsets(*forecasts(20), level)


def test_bounds_of_other_examples_are_refused():
    """Shapes that differ are not broadcast."""
    lower, upper, truth = forecasts(20)
    with pytest.raises(DataError, match="bounds of the shape of the truth"):
        conformal_offsets(lower[:1], upper, truth, 0.9)
