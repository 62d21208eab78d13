import numpy as np
import torch
from scipy.stats import bernoulli

from seqloom.loss import frame_losses

LOGITS = np.array([[2.0, -1.0, 0.5], [0.1, 3.0, -2.0]])
TRUTH = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]])


def test_a_frame_costs_what_its_coins_cost():
    """The sum over its entries of minus the logarithm of scipy's Bernoulli variable."""
    expected = -bernoulli(1 / (1 + np.exp(-LOGITS))).logpmf(TRUTH).sum(axis=1)
    np.testing.assert_allclose(frame_losses(torch.from_numpy(LOGITS), torch.from_numpy(TRUTH)).numpy(), expected)
