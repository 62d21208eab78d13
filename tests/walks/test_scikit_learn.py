"""The estimators as scikit-learn's users know them."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, cross_val_score

from seqloom import Forecaster, SequenceClassifier, SequenceRegressor


def sequences(count=24):
    """Sequences of different length whose level tells their class, and the class."""
    rng = np.random.default_rng(0)
    return [rng.normal(i % 2, 0.3, size=5 + i % 4) for i in range(count)], [i % 2 for i in range(count)]


@pytest.fixture(params=[Forecaster, SequenceClassifier, SequenceRegressor])
def estimator(request):
    """One of each kind, with a setting of its own."""
    return request.param(hidden_size=5, settings={"batch_size": 8})


def test_a_clone_has_the_same_parameters(estimator):
    """Cloning copies what was chosen and nothing that was learned."""
    assert clone(estimator).get_params() == estimator.get_params()


def test_a_parameter_can_be_set(estimator):
    """Parameters are set by name and read back."""
    assert estimator.set_params(hidden_size=7).get_params()["hidden_size"] == 7


def test_an_unknown_parameter_is_refused(estimator):
    """A name the constructor does not have is an error."""
    with pytest.raises(ValueError, match="Invalid parameter 'width'"):
        estimator.set_params(width=7)


def test_a_grid_is_searched():
    """Scikit-learn's grid search fits classifiers to lists of arrays and scores them."""
    data, classes = sequences()
    alone = SequenceClassifier(epochs=10, settings={"members": 1, "against": "none"})
    search = GridSearchCV(alone, {"hidden_size": [2, 4]}, cv=2).fit(data, classes)
    assert search.best_params_["hidden_size"] in (2, 4)
    assert search.best_score_ > 0.5


def test_regressors_are_cross_validated():
    """Scikit-learn scores regressors on lists of arrays."""
    data, _ = sequences()
    scores = cross_val_score(SequenceRegressor(hidden_size=4, epochs=1), data, [float(np.mean(x)) for x in data], cv=2)
    assert np.isfinite(scores).all()
