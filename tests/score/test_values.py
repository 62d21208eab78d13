"""Metrics of values, compared with numbers computed by hand and with scikit-learn."""

import math

import numpy as np
import pytest
from scipy.stats import linregress
from sklearn.metrics import r2_score

from seqloom.score import r2, smape, value_metrics

NAN = float("nan")


def test_metrics_of_a_small_example_are_those_by_hand():
    """Errors 1, -1 and 4 of the truths 2, 4 and 6, an unknown fourth left out."""
    metrics = value_metrics(np.array([[3.0], [3.0], [10.0], [0.0]]), np.array([[2.0], [4.0], [6.0], [NAN]]))
    assert metrics == pytest.approx(
        {
            "mse": 18 / 3,
            "mae": 6 / 3,
            "rmse": math.sqrt(6),
            "r2": 1 - 18 / 8,
            "smape": (200 / 5 + 200 / 7 + 800 / 16) / 3,
        }
    )


def test_r2_of_a_regression_is_the_square_of_its_correlation():
    """For a least-squares line the share of variance is scipy's r squared."""
    numbers = np.random.default_rng(1)
    x = numbers.standard_normal(50)
    y = 2 * x + numbers.standard_normal(50)
    line = linregress(x, y)
    values = line.intercept + line.slope * x
    assert r2(values[:, None], y[:, None]) == pytest.approx(line.rvalue**2)


def test_r2_weighs_all_targets_alike():
    """Several targets are averaged uniformly whatever their units, as scikit-learn does."""
    numbers = np.random.default_rng(2)
    truth = numbers.standard_normal((30, 2)) * [1, 1000]
    values = truth + numbers.standard_normal((30, 2)) * [0.5, 100]
    assert r2(values, truth) == pytest.approx(r2_score(truth, values, multioutput="uniform_average"))


def test_a_constant_truth_has_no_r2():
    """Where nothing varies no share of variance can be computed, and the key is left out."""
    assert "r2" not in value_metrics(np.array([[1.0], [2.0]]), np.array([[3.0], [3.0]]))


def test_without_truth_there_are_no_metrics():
    """Nothing known gives nothing, not NaN."""
    assert value_metrics(np.zeros((2, 1)), np.full((2, 1), NAN)) == {}


@pytest.mark.parametrize(
    ("value", "truth", "expected"), [(1.0, 3.0, 100.0), (-1.0, 1.0, 200.0), (0.0, 0.0, 0.0), (0.0, 5.0, 200.0)]
)
def test_smape_goes_from_0_to_200(value, truth, expected):
    """The factor 2 of the M4 competition stands in the formula, and nothing against nothing is no error."""
    assert smape(np.array([value]), np.array([truth])) == expected
