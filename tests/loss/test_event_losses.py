import numpy as np
import pytest
import torch

from seqloom.loss import GapLogits, gap_loss, normal_loss
from seqloom.sequence import Gaps


def logits():
    """Distributions for three events, of two components each."""
    generator = torch.Generator().manual_seed(0)
    raw = torch.randn(3, 8, generator=generator, dtype=torch.float64)
    return GapLogits(
        torch.nn.functional.logsigmoid(raw[:, 0]),
        torch.nn.functional.logsigmoid(-raw[:, 0]),
        torch.log_softmax(raw[:, 2:4], dim=1),
        raw[:, 4:6],
        raw[:, 6:8].exp(),
    )


def test_the_loss_is_the_likelihood_of_the_gaps():
    """On the scale of logarithms the density of a gap is larger by the gap."""
    given = logits()
    gaps = np.array([1.5, 0.0, 0.3])
    stated = Gaps(*(part.numpy() for part in (given.zero.exp(), given.weights.exp(), given.centers, given.spreads)))
    expected = -np.mean(stated.log_likelihood(gaps) + np.log([1.5, 1.0, 0.3]))
    with np.errstate(divide="ignore"):
        logs = np.where(gaps > 0, np.log(gaps), np.nan)
    loss = gap_loss(given, torch.tensor([0.0, 1.0, 0.0], dtype=torch.float64), torch.tensor(logs))
    assert float(loss) == pytest.approx(expected, rel=1e-10)


def test_unknown_gaps_teach_nothing():
    """The loss is that of the others, and gradients are finite."""
    centers = torch.zeros(2, 1, requires_grad=True)
    even = torch.full((2,), 0.5).log()
    given = GapLogits(even, even, torch.zeros(2, 1), centers, torch.ones(2, 1))
    unknown = torch.tensor([0.0, torch.nan])
    loss = gap_loss(given, unknown, torch.tensor([1.0, torch.nan]))
    torch.autograd.backward(loss)
    assert float(loss.detach()) == pytest.approx(np.log(2) + 0.5 + 0.5 * np.log(2 * np.pi))
    assert centers.grad.ravel().tolist() == [-1.0, 0.0]


def test_the_normal_loss_is_minus_the_log_density():
    """As torch's own distribution has it; NaN is left out."""
    mean, deviation = torch.tensor([[0.5, 2.0]]), torch.tensor([[2.0, 1.0]])
    expected = -torch.distributions.Normal(0.5, 2.0).log_prob(torch.tensor(3.0))
    torch.testing.assert_close(normal_loss(mean, deviation, torch.tensor([[3.0, torch.nan]])), expected)
