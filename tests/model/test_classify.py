"""Class models."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from seqloom.model import ClassifyModel, InputSizes, ModelSettings


def classifier(classes, **choices):
    """A model with random weights for this many classes."""
    torch.manual_seed(0)
    sizes = InputSizes(numbers=2, classes=tuple("abcdef"[:classes]), class_counts=(30, 10, 20)[:classes])
    return ClassifyModel(ModelSettings(hidden_size=8, **choices), sizes).eval()


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("pooling", ["last", "mean", "max", "attention"])
@pytest.mark.parametrize("bidirectional", [False, True])
def test_a_sequence_is_judged_the_same_alone_and_in_company(batch, classes, pooling, bidirectional):
    """Probabilities do not depend on the other sequences of the batch or on their lengths."""
    model = classifier(classes, pooling=pooling, bidirectional=bidirectional)
    together = batch([5, 3])
    rows = together.numbers.sequence_rows == 1
    alone = replace(
        batch([3]), numbers=batch([3]).numbers.with_values(together.numbers.values[rows]), order=torch.arange(1)
    )
    # 1e-6: sums of a few float32 products in another order
    torch.testing.assert_close(
        model.predict(together)["probabilities"][1:], model.predict(alone)["probabilities"], rtol=0, atol=1e-6
    )


@pytest.mark.parametrize("classes", [2, 3])
def test_probabilities_sum_to_one(batch, classes):
    """Each row of probabilities is a distribution over the classes."""
    probabilities = classifier(classes).predict(batch([5, 3]))["probabilities"]
    torch.testing.assert_close(probabilities.sum(dim=1), torch.ones(2), rtol=0, atol=1e-6)


def test_the_binary_loss_is_minus_the_log_of_the_true_class(batch):
    """One logit and its sigmoid give the same loss as the probabilities they stand for."""
    model = classifier(2)
    given = batch([5, 3], target=torch.tensor([1, 0]))
    loss, _ = model.loss(given)
    probabilities = model.predict(given)["probabilities"]
    expected = -torch.log(torch.stack([probabilities[0, 1], probabilities[1, 0]])).mean()
    torch.testing.assert_close(loss, expected, rtol=1e-5, atol=1e-6)


def test_unlabelled_sequences_teach_nothing(batch):
    """A target of -1 leaves loss and number of terms as they are without that sequence."""
    model = classifier(3)
    labelled = batch([5, 3], target=torch.tensor([2, -1]))
    total, terms = model.criterion(labelled)
    expected = -float(torch.log(model.predict(labelled)["probabilities"][0, 2].detach()))
    assert terms == 1
    assert total == pytest.approx(expected, rel=1e-5)


def test_balanced_weights_are_inverse_to_frequency():
    """Thirty, ten and twenty examples weigh 2/3, 2 and 1."""
    weights = classifier(3, class_weights="balanced").class_weights
    assert weights.tolist() == pytest.approx([60 / 90, 60 / 30, 60 / 60])


def test_the_threshold_decides_between_two_classes():
    """A probability of 0.4 is the second class from a threshold of 0.3 on."""
    model = classifier(2)
    outputs = {"probabilities": np.array([[0.6, 0.4]])}

    class Examples:
        def keys(self):
            """One sequence."""
            return np.array(["0"])

    class Pipeline:
        classes = ("a", "b")

    labels = [model.prediction(outputs, Pipeline(), Examples()).labels[0]]
    model.threshold.fill_(0.3)
    labels.append(model.prediction(outputs, Pipeline(), Examples()).labels[0])
    assert labels == ["a", "b"]
