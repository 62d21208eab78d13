"""Label models."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from seqloom.errors import SchemaError
from seqloom.model import InputSizes, LabelModel, ModelSettings
from seqloom.prepare import LabelTargets
from seqloom.sequence import Column

NAN = float("nan")
TRUTH = torch.tensor([[1.0, 0.0, 1.0], [0.0, 0.0, NAN]])


def labeler(**choices):
    """A model of three labels with random weights."""
    torch.manual_seed(0)
    return LabelModel(ModelSettings(hidden_size=8, **choices), InputSizes(numbers=2, classes=("a", "b", "c"))).eval()


class Examples:
    """Two sequences."""

    def keys(self):
        """Their names."""
        return np.array(["0", "1"])


class Pipeline:
    """Three labels in a cell."""

    targets = LabelTargets((Column(name="y", kind="category", role="target"),), ("a", "b", "c"), ";")


def test_the_loss_is_the_mean_over_all_known_labels(batch):
    """Each label costs its own binary cross-entropy, as torch computes it; an unknown one costs nothing."""
    model, given = labeler(), batch([5, 3], target=TRUTH)
    probabilities = model.predict(given)["probabilities"]
    known = torch.isfinite(TRUTH)
    expected = functional.binary_cross_entropy(probabilities[known], TRUTH[known])
    torch.testing.assert_close(model.loss(given)[0], expected, rtol=1e-5, atol=1e-6)  # float32 logarithms
    total, terms = model.criterion(given)
    assert terms == 5
    assert total == pytest.approx(5 * float(expected.detach()), rel=1e-5)


def test_smoothing_and_weights_of_positives_are_those_of_torch(batch):
    """Smoothed targets lie between 0 and 1, and what is there may count more than what is not."""
    model, given = labeler(label_smoothing=0.2, pos_weight=3.0), batch([5, 3], target=TRUTH[:, :2].repeat(1, 2)[:, :3])
    logits = torch.logit(model.predict(given)["probabilities"])
    expected = functional.binary_cross_entropy_with_logits(
        logits, given.target * 0.8 + 0.1, pos_weight=torch.tensor(3.0)
    )
    torch.testing.assert_close(model.loss(given)[0], expected, rtol=1e-4, atol=1e-5)  # logit of a float32 probability


@pytest.mark.parametrize("members", [1, 3])
def test_labels_do_not_exclude_each_other(batch, members):
    """Probabilities are of each label by itself, and of several networks the mean."""
    model, given = labeler(members=members), batch([5, 3])
    stated = [torch.sigmoid(output) for output in model.members(None, given)[1]]
    torch.testing.assert_close(model.predict(given)["probabilities"], torch.stack(stated).mean(dim=0))


def test_mixtures_are_learned_from_in_training_alone(batch):
    """A mixture changes the loss of a model that is trained, and nothing of one that is judged."""
    model, plain, given = labeler(mixup=5.0), labeler(), batch([5, 5], target=torch.eye(3)[:2])
    assert model.loss(given)[0] == plain.loss(given)[0]
    torch.manual_seed(1)
    assert model.train().loss(given)[0] != plain.train().loss(given)[0]


def test_each_label_is_given_from_its_own_threshold_on():
    """A probability of 0.4 gives the label whose threshold is 0.3, and no other."""
    model = labeler()
    model.thresholds.copy_(torch.tensor([0.5, 0.3, 0.9]))
    outputs = {"probabilities": np.full((2, 3), 0.4, dtype=np.float32)}
    prediction = model.prediction(outputs, Pipeline(), Examples())
    assert prediction.sets == [("b",), ("b",)]
    assert (prediction.classes, prediction.separator) == (("a", "b", "c"), ";")


def test_the_pipeline_of_another_task_is_refused():
    """Labels have names only where labels were prepared."""
    other = Pipeline()
    other.targets = object()
    with pytest.raises(SchemaError, match="expected labels, came object"):
        labeler().prediction({"probabilities": np.zeros((2, 3))}, other, Examples())
