"""Simple labellers as models."""

import numpy as np
import torch

from seqloom.alternatives import Hints, LabelShares, LogisticLabels
from seqloom.model import InputSizes, ModelSettings, outputs
from seqloom.simple.label import SimpleLabel

SIZES = InputSizes(numbers=1, classes=("a", "b"))


def sequences(make_sequences):
    """Labels that the level tells."""
    drawn = np.random.default_rng(0)
    truth = (drawn.random((40, 2)) < 0.5).astype(float)
    return make_sequences(*(truth[:, :1, None] * 4 + drawn.normal(size=(40, 5, 1))), targets=truth)


def test_a_method_with_probabilities_has_thresholds(make_sequences):
    """They are measured on other examples; the method only says how probable a label is."""
    examples = sequences(make_sequences)
    alternative = LogisticLabels.fit(examples, Hints())
    model = SimpleLabel(ModelSettings(method="logistic"), SIZES, alternative)
    model.thresholds.copy_(torch.tensor([0.25, 0.75]))
    found = outputs(model, examples)
    assert found.keys() == {"probabilities"}
    np.testing.assert_allclose(found["probabilities"], alternative.predict(examples)[..., 0])


def test_the_most_frequent_labels_are_given_whatever_their_shares(make_sequences):
    """Their set is the answer, not each label by itself."""
    examples = sequences(make_sequences)
    alternative = LabelShares(np.array([0.4, 0.6]), np.array([1.0, 0.0]))
    found = outputs(SimpleLabel(ModelSettings(method="most_common"), SIZES, alternative), examples)
    assert found["probabilities"][0].tolist() == [0.4, 0.6]
    assert found["given"][0].tolist() == [1, 0]
