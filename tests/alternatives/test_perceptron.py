"""Layers answer what the nets of scikit-learn answer that they were taken from."""

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier, MLPRegressor

from seqloom.alternatives.fitting.bounded import bounded
from seqloom.alternatives.linear import Classes, Linear
from seqloom.alternatives.perceptron import Perceptron

EXACT = {"rtol": 1e-9, "atol": 1e-12}
"""The same sums in double precision, in another order."""
SMALL = {"hidden_layer_sizes": (8, 4), "max_iter": 20, "random_state": 0}


@pytest.mark.parametrize("classes", [2, 4])
def test_probabilities_are_those_of_a_net(classes):
    """Of two classes, and of more."""
    drawn = np.random.default_rng(0)
    features, numbers = drawn.normal(size=(80, 3)), drawn.integers(0, classes, 80)
    with bounded():
        model = MLPClassifier(**SMALL).fit(features, numbers)
    found = Classes.of(model, classes).probabilities(Perceptron.of(model)(features))
    np.testing.assert_allclose(found, model.predict_proba(features), **EXACT)


@pytest.mark.parametrize("outputs", [1, 2])
def test_values_are_those_of_a_net(outputs):
    """Of one target, and of several."""
    drawn = np.random.default_rng(0)
    features, values = drawn.normal(size=(80, 3)), drawn.normal(size=(80, outputs))
    with bounded():
        model = MLPRegressor(**SMALL).fit(features, values if outputs > 1 else values[:, 0])
    np.testing.assert_allclose(Perceptron.of(model)(features), model.predict(features).reshape(80, -1), **EXACT)


@pytest.mark.parametrize("widths", [(), ((3, 4), (5, 1))])
def test_layers_that_do_not_fit_are_refused(widths):
    """None at all, or one that reads more than the one before says."""
    with pytest.raises(ValueError, match=r"a net without layers|a layer of \(3, 4\) before one of \(5, 1\)"):
        Perceptron(tuple(Linear(np.zeros(shape), np.zeros(shape[1])) for shape in widths))
