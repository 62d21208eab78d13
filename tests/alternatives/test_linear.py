"""Weighted sums answer what the scikit-learn models answer that they were taken from."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.preprocessing import StandardScaler

from seqloom.alternatives.linear import Classes, Linear, Scaling, sigmoid

EXACT = {"rtol": 1e-9, "atol": 1e-12}
"""The same sums in double precision, in another order."""


@pytest.fixture
def features():
    """Numbers far from zero, one of them constant, one that varies by nothing but rounding."""
    drawn = np.random.default_rng(0)
    rows = drawn.normal(5, 3, size=(90, 4)) * (1, 100, 1e-3, 1)
    rows[:, 3] = 7
    return np.concatenate([rows, 1e6 + 1e-10 * drawn.normal(size=(90, 1))], axis=1)


def test_features_are_scaled_as_scikit_learn_scales_them(features):
    """Constants, and what is constant up to rounding, are only moved."""
    expected = StandardScaler().fit(features)
    found = Scaling.of(features)
    np.testing.assert_allclose(found.spread, expected.scale_, **EXACT)
    np.testing.assert_allclose(found(features), expected.transform(features), atol=1e-9)


@pytest.mark.parametrize("outputs", [1, 3])
def test_a_ridge_regression_is_its_weights(features, outputs):
    """One target or several."""
    values = np.random.default_rng(1).normal(size=(90, outputs))
    model = Ridge().fit(features, values)
    np.testing.assert_allclose(Linear.of(model)(features), model.predict(features).reshape(90, -1), **EXACT)


@pytest.mark.parametrize("classes", [(0, 1), (0, 2, 3), (1, 4)])
def test_probabilities_are_those_of_a_logistic_regression(features, classes):
    """Two classes by the odds of the second, more by their exponentials; classes that were not met have none."""
    numbers = np.random.default_rng(2).choice(classes, 90)
    scaled = Scaling.of(features)(features)
    model = LogisticRegression(C=10).fit(scaled, numbers)
    found = Classes.of(model, 5).probabilities(Linear.of(model)(scaled))
    np.testing.assert_allclose(found[:, list(classes)], model.predict_proba(scaled), **EXACT)
    assert found.shape == (90, 5)
    np.testing.assert_allclose(found.sum(axis=1), 1)


def test_scores_without_bounds_do_not_overflow():
    """Where the odds cannot be written down, the probability is 0 or 1."""
    assert sigmoid(np.array([-1e300, 1e300])).tolist() == [0, 1]
    assert Classes(np.array([0, 1, 2]), 3).probabilities(np.array([[1e300, 0, -1e300]])).tolist() == [[1, 0, 0]]


def test_several_weighted_sums_stand_side_by_side():
    """Each answers as by itself."""
    drawn = np.random.default_rng(3)
    parts = [Linear(drawn.normal(size=(4, 1)), drawn.normal(size=1)) for _ in range(3)]
    features = drawn.normal(size=(5, 4))
    together = Linear.beside(parts)(features)
    np.testing.assert_allclose(together, np.concatenate([part(features) for part in parts], axis=1), **EXACT)


def test_weights_that_do_not_fit_are_refused():
    """Whatever they were read from."""
    with pytest.raises(ValueError, match=r"weights \(2, 3\) do not fit constants \(2,\)"):
        Linear(np.zeros((2, 3)), np.zeros(2))


@pytest.mark.parametrize("met", [[0], [1, 0], [0, 0], [0, 5], [-1, 2]])
def test_numbers_of_other_classes_are_refused(met):
    """They would be written beside the columns."""
    with pytest.raises(ValueError, match="are not those of some of 5 classes"):
        Classes(np.array(met), 5)
