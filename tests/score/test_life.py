"""Metrics of remaining life."""

import math

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.score import life_metrics, phm08


@pytest.mark.parametrize(("late", "expected"), [(-13.0, math.e - 1), (10.0, math.e - 1), (0.0, 0.0)])
def test_a_life_told_too_long_costs_more(late, expected):
    """Thirteen steps too early cost as much as ten too late."""
    assert phm08(np.array([50.0 + late]), np.array([50.0])) == pytest.approx(expected)


def test_the_score_is_a_sum_over_machines():
    """By hand: exp(2 / 10) - 1 + exp(26 / 13) - 1 + exp(30 / 10) - 1; one whose life nobody knows counts nothing."""
    predicted, true = np.array([12.0, 4, 50, 7]), np.array([10.0, 30, 20, np.nan])
    assert phm08(predicted, true) == pytest.approx(0.2214028 + 6.3890561 + 19.0855369, rel=1e-7)


def test_an_error_beyond_all_bounds_is_infinitely_bad():
    """Without a warning."""
    assert phm08(np.array([1e6]), np.array([0.0])) == math.inf


def test_arrays_of_other_shapes_are_refused():
    """Every machine has one truth."""
    with pytest.raises(DataError):
        phm08(np.zeros(3), np.zeros(2))


def test_each_sequence_is_judged_once():
    """At its last row with a known life: errors of 3 and of 4, by hand the root of 12.5."""
    values, truth = np.array([90.0, 5, 99, 50, 24]), np.array([1.0, 2, np.nan, 4, 20])
    metrics = life_metrics(values[:, None], truth[:, None], np.array([0, 0, 0, 1, 1]))
    assert metrics["rmse_last"] == pytest.approx(math.sqrt(12.5))
    assert metrics["phm08"] == pytest.approx(math.exp(0.3) + math.exp(0.4) - 2)


def test_where_no_life_is_known_there_is_nothing_to_judge():
    """There are no metrics then."""
    assert life_metrics(np.zeros((2, 1)), np.full((2, 1), np.nan), np.zeros(2, np.int64)) == {}
