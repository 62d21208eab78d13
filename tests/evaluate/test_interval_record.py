"""What intervals came to."""

import numpy as np
import pytest

from seqloom.evaluate import interval_records, moving_coverage

COUNT, STEPS = 60, 2
TIMES = np.arange(COUNT)[:, None] + np.arange(STEPS)


def of(truth, half=1.0):
    """Records of intervals around 0, as wide as `half` on either side."""
    bounds = np.stack([np.full_like(truth, -half), np.full_like(truth, half)], axis=-1)
    return interval_records({"fixed": bounds}, truth, TIMES, 0.9)["fixed"]


def test_shares_widths_and_scores_are_counted():
    """Two outside of every four values, one of them by 1 and one by 3."""
    truth = np.tile(np.array([[0.0, 2.0], [0.5, -4.0]]), (COUNT // 2, 1))[..., None]
    found = of(truth)
    assert (found.coverage, found.by_step, found.width) == (0.5, (1.0, 0.0), 2.0)
    assert found.score == pytest.approx(2 + 2 / 0.1 * (1 + 3) / 4)


def test_what_is_not_known_is_not_counted():
    """Nor is an interval where nothing is known at all."""
    truth = np.zeros((COUNT, STEPS, 1))
    truth[:, 1] = np.nan
    found = of(truth)
    assert found.coverage == 1.0
    assert np.isnan(found.by_step[1])
    assert interval_records({"fixed": np.zeros((1, 1, 1, 2))}, np.full((1, 1, 1), np.nan), TIMES[:1, :1], 0.9) == {}


def test_the_course_is_the_mean_of_neighbours_in_time():
    """As a plain mean over each stretch of windows, whatever order they are given in."""
    rng = np.random.default_rng(0)
    truth = rng.normal(size=(COUNT, STEPS, 1))
    mixed = rng.permutation(COUNT)
    middle, shares, span = moving_coverage(-np.ones_like(truth), np.ones_like(truth), truth[mixed], TIMES[mixed])
    inside = (np.abs(truth) <= 1).mean(axis=(1, 2))
    assert span == 4
    np.testing.assert_allclose(shares, [inside[first : first + span].mean() for first in range(COUNT - span + 1)])
    assert TIMES[mixed][middle, 0].tolist() == [first + 2 for first in range(len(shares))]


def test_a_stretch_of_misses_is_the_lowest_point():
    """Overall shares hide it."""
    truth = np.zeros((COUNT, STEPS, 1))
    truth[20:26] = 5.0
    found = of(truth)
    assert (found.coverage, found.lowest) == (0.9, 0.0)
