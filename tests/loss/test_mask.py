"""Missing targets count nothing, in losses and in metrics."""

import numpy as np
import pytest
import torch

from seqloom.errors import DataError
from seqloom.loss import count
from seqloom.loss.mask import known, labelled, masked_mean

NAN = float("nan")


def test_a_mean_is_over_the_targets_there_are():
    """A missing target changes neither numerator nor denominator."""
    target = torch.tensor([[1.0, NAN], [4.0, 2.0]])
    assert masked_mean(lambda y: y, target).item() == pytest.approx((1 + 4 + 2) / 3)


def test_a_missing_target_leaves_no_trace_in_the_gradient():
    """The gradient at a missing target is zero, not NaN, and elsewhere that of the mean of the others."""
    prediction = torch.tensor([3.0, 5.0], requires_grad=True)
    masked_mean(lambda y: (prediction - y).square(), torch.tensor([1.0, NAN])).backward()
    assert prediction.grad.tolist() == [4.0, 0.0]


def test_without_any_target_the_loss_is_zero():
    """A batch with nothing to learn from has loss 0 and gradient 0."""
    prediction = torch.tensor([3.0], requires_grad=True)
    loss = masked_mean(lambda y: (prediction - y).square(), torch.tensor([NAN]))
    loss.backward()
    assert (loss.item(), prediction.grad.tolist()) == (0.0, [0.0])


def test_weights_stand_in_the_denominator():
    """With weights the sum of terms is divided by the sum of the weights of the targets there are."""
    target = torch.tensor([0, 1, -1])
    mean = masked_mean(lambda y: y + 1.0, target, lambda y: y + 3.0)
    assert mean.item() == pytest.approx((1 + 2) / (3 + 4))


@pytest.mark.parametrize(
    ("target", "expected"),
    [(torch.tensor([NAN, 0.0, -1.0]), 2), (torch.tensor([-1, 0, 3]), 2)],
    ids=["values", "classes"],
)
def test_targets_are_counted(target, expected):
    """Values count unless NaN, class numbers unless negative."""
    assert count(target) == expected


def test_a_metric_sees_only_what_is_known():
    """Entries with an unknown truth are left out of all arrays alike, whatever was predicted there."""
    truth, values = known(np.array([[1.0, NAN]]), np.array([[2.0, NAN]]))
    assert (truth.tolist(), values.tolist()) == ([1.0], [2.0])


@pytest.mark.parametrize("bad", [NAN, float("inf")])
def test_a_prediction_that_is_no_number_is_refused(bad):
    """A diverged model is named as such instead of giving NaN metrics."""
    with pytest.raises(DataError, match="predictions: expected finite numbers, came 1 of 2"):
        known(np.array([1.0, 2.0]), np.array([1.0, bad]))


def test_predictions_of_another_shape_are_refused():
    """Nothing is broadcast: a column against a row would compare everything with everything."""
    with pytest.raises(DataError, match=r"expected the shape of the targets \[2\], came \[2, 1\]"):
        known(np.zeros(2), np.zeros((2, 1)))


def test_unlabelled_sequences_are_left_out():
    """Rows whose class number is negative are dropped from both arrays."""
    p, y = labelled(np.array([[0.2, 0.8], [0.5, 0.5]], dtype=np.float32), np.array([1, -1]))
    assert (p.shape, p.dtype, y.tolist()) == ((1, 2), np.float64, [1])
