"""Simple classifiers as models."""

import numpy as np
import pytest

from seqloom.alternatives import Majority
from seqloom.model import InputSizes, ModelSettings, outputs
from seqloom.simple.classify import SimpleClassify


def test_probabilities_have_a_temperature(make_sequences):
    """At 1 they are those of the method."""
    sizes = InputSizes(numbers=1, classes=("a", "b"))
    model = SimpleClassify(ModelSettings(method="majority"), sizes, Majority(np.array([0.9, 0.1])))
    asked = make_sequences(*np.zeros((2, 3, 1)), targets=np.zeros(2, int))
    assert outputs(model, asked)["probabilities"].tolist() == [[0.9, 0.1]] * 2
    model.temperature.fill_(2.0)
    odds = outputs(model, asked)["probabilities"]
    np.testing.assert_allclose(odds[:, 0] / odds[:, 1], 3)  # the root of 9


@pytest.mark.parametrize(("threshold", "label"), [(0.5, "a"), (0.1, "b")])
def test_the_second_of_two_classes_is_given_from_the_threshold_on(make_sequences, threshold, label):
    """As with a network."""

    class Pipeline:
        classes = ("a", "b")

    sizes = InputSizes(numbers=1, classes=("a", "b"))
    model = SimpleClassify(ModelSettings(method="majority"), sizes, Majority(np.array([0.8, 0.2])))
    model.threshold.fill_(threshold)
    asked = make_sequences(*np.zeros((1, 3, 1)), targets=np.zeros(1, int))
    assert model.prediction(outputs(model, asked), Pipeline(), asked).labels.tolist() == [label]
