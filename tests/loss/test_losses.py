"""Losses, compared with their formulas and with torch's own functions."""

import jaxtyping
import pytest
import torch
from sklearn.metrics import mean_pinball_loss
from torch.nn import functional

from seqloom.errors import DataError
from seqloom.loss import binary_cross_entropy, cross_entropy, huber, mae, mse, pinball

NAN = float("nan")
EXACT = {"rtol": 0, "atol": 1e-15}  # float64: the same terms, summed in another order


@pytest.fixture
def pair():
    """Predictions and targets of shape [20, 3] in float64, and where targets are missing."""
    generator = torch.Generator().manual_seed(2)
    prediction = torch.randn(20, 3, dtype=torch.float64, generator=generator)
    target = torch.randn(20, 3, dtype=torch.float64, generator=generator)
    target[::3, 1] = NAN
    return prediction, target, ~torch.isnan(target)


@pytest.mark.parametrize(
    ("loss", "reference"),
    [(mse, functional.mse_loss), (mae, functional.l1_loss), (huber, functional.huber_loss)],
)
def test_a_loss_is_that_of_torch_on_the_targets_there_are(pair, loss, reference):
    """Leaving missing targets out by hand gives the same number."""
    prediction, target, there = pair
    torch.testing.assert_close(loss(prediction, target), reference(prediction[there], target[there]), **EXACT)


@pytest.mark.parametrize("loss", [mse, mae, huber])
def test_a_loss_has_a_finite_gradient_beside_missing_targets(pair, loss):
    """Gradients are zero exactly where targets are missing."""
    prediction, target, there = pair
    loss(prediction.requires_grad_(), target).backward()
    assert torch.equal(prediction.grad != 0, there)


def test_huber_turns_at_delta():
    """Errors below delta count half their square, errors beyond it delta times what is beyond half of delta."""
    loss = huber(torch.tensor([1.0, 10.0]), torch.zeros(2), delta=2.0)
    assert loss.item() == (0.5 + 2 * (10 - 1)) / 2


def test_pinball_is_that_of_scikit_learn(pair):
    """The mean over levels of scikit-learn's loss, missing targets left out."""
    _, target, there = pair
    levels = torch.tensor([0.1, 0.5, 0.95], dtype=torch.float64)
    quantiles = torch.randn(20, 3, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(3))
    expected = sum(
        mean_pinball_loss(target[there], quantiles[..., place][there], alpha=level.item())
        for place, level in enumerate(levels)
    )
    assert pinball(quantiles, target, levels).item() == pytest.approx(expected / 3, abs=1e-15)  # order of sums


def test_pinball_is_least_at_the_true_quantile():
    """Descending the loss over a sample leads to the sample's quantile."""
    sample = torch.arange(1.0, 101.0).unsqueeze(1)
    losses = [pinball(torch.full((100, 1, 1), q), sample, torch.tensor([0.9])).item() for q in (80.5, 90.5, 95.5)]
    assert losses.index(min(losses)) == 1


def test_cross_entropy_is_that_of_torch_on_the_labelled():
    """Weights, smoothing and the denominator follow torch's definition, unlabelled sequences left out."""
    logits = torch.randn(30, 4, dtype=torch.float64, generator=torch.Generator().manual_seed(4))
    target = torch.arange(30) % 5 - 1
    weights = torch.tensor([1.0, 2.0, 0.5, 4.0], dtype=torch.float64)
    expected = functional.cross_entropy(logits, target, weights, ignore_index=-1, label_smoothing=0.1)
    loss = cross_entropy(logits, target, weights, label_smoothing=0.1)
    torch.testing.assert_close(loss, expected, rtol=0, atol=1e-14)  # float64: thirty terms in another order


def test_binary_cross_entropy_follows_its_formula():
    """Positives count pos_weight times, negatives once, unlabelled sequences not at all."""
    logits = torch.tensor([0.3, -1.2, 5.0], dtype=torch.float64)
    p = torch.sigmoid(logits)
    expected = -(3 * torch.log(p[0]) + torch.log(1 - p[1])) / 2
    loss = binary_cross_entropy(logits, torch.tensor([1, 0, -1]), pos_weight=3.0)
    torch.testing.assert_close(loss, expected, **EXACT)


def test_binary_smoothing_spreads_the_target_over_both_classes():
    """With a share of 0.2 the targets 1 and 0 become 0.9 and 0.1."""
    logits = torch.tensor([0.3, -1.2], dtype=torch.float64)
    soft = torch.tensor([0.9, 0.1], dtype=torch.float64)
    expected = functional.binary_cross_entropy_with_logits(logits, soft)
    loss = binary_cross_entropy(logits, torch.tensor([1, 0]), label_smoothing=0.2)
    torch.testing.assert_close(loss, expected, **EXACT)


def test_large_logits_stay_finite():
    """The loss of a confident mistake is the logit, not infinity."""
    assert binary_cross_entropy(torch.tensor([1000.0]), torch.tensor([0])).item() == 1000.0


@pytest.mark.parametrize(
    "call",
    [
        lambda: mse(torch.zeros(3, 1), torch.zeros(3, 2)),
        lambda: mae(torch.zeros(3, 1), torch.zeros(3, 2)),
        lambda: huber(torch.zeros(3, 1), torch.zeros(3, 2)),
        lambda: pinball(torch.zeros(3, 2), torch.zeros(3), torch.zeros(1)),
        lambda: cross_entropy(torch.zeros(2, 4), torch.zeros(3, dtype=torch.int64)),
        lambda: binary_cross_entropy(torch.zeros(2), torch.zeros(3)),
    ],
    ids=["mse", "mae", "huber", "pinball", "cross entropy", "binary cross entropy"],
)
def test_predictions_of_another_shape_are_refused(call, monkeypatch):
    """Without checked annotations, as in use, a loss never broadcasts."""
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)
    with pytest.raises(DataError, match="expected the shape of the targets"):
        call()
