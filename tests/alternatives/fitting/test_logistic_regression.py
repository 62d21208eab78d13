import numpy as np
import pytest

from seqloom.alternatives.fitting.logistic_regression import (
    STRENGTHS,
    USUAL_STRENGTH,
    chosen_strength,
    coarse_logistic,
    logistic,
)
from seqloom.alternatives.sparse import Sparse


def test_noise_is_followed_least():
    """Where features say nothing about the classes, the least strength is chosen."""
    drawn = np.random.default_rng(0)
    assert chosen_strength(drawn.normal(size=(60, 8)), np.arange(60) % 2, 0) == STRENGTHS[0]


@pytest.mark.parametrize("numbers", [[0] * 9, [0] * 7 + [1] * 2])
def test_without_classes_for_each_fold_the_strength_is_the_usual(numbers):
    """One class, or one that is too rare."""
    assert chosen_strength(np.ones((9, 1)), np.array(numbers), 0) == USUAL_STRENGTH


def test_sparse_and_dense_features_give_the_same():
    """The zeros count alike; to six digits, as far as the optimiser goes."""
    dense = np.random.default_rng(0).poisson(0.5, size=(40, 5)).astype(np.float64)
    rows, columns = dense.nonzero()
    sparse = Sparse(rows, columns, dense[rows, columns], dense.shape)
    found = [logistic(features, np.arange(40) % 2).coef_ for features in (sparse, dense)]
    np.testing.assert_allclose(*found, atol=1e-6)


def test_more_strength_gives_larger_weights():
    """Of a regression solved coarsely, too."""
    features = np.random.default_rng(0).normal(size=(40, 2))
    weak, strong = (coarse_logistic(features, features[:, 0] > 0, strength) for strength in (0.01, 10.0))
    assert abs(strong.coef_[0, 0]) > 5 * abs(weak.coef_[0, 0])
