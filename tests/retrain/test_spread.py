"""The variance of numbers that go by."""

import numpy as np
import pytest

from seqloom.retrain.spread import Spread


def test_it_is_the_variance_of_all_that_were_seen():
    """However far from 0 they lie; what is no number is passed over."""
    values = np.random.default_rng(0).normal(1e6, 2.0, size=1000)
    spread = Spread()
    for chunk in np.split(values, 10):
        spread.see([*chunk.tolist(), None, float("nan"), float("inf"), "high"])
    assert spread.square == pytest.approx(np.var(values))


@pytest.mark.parametrize("values", [[], [3.0], [2.0, 2.0]])
def test_what_does_not_vary_has_the_unit_1(values):
    """So that it can be divided by."""
    spread = Spread()
    spread.see(values)
    assert spread.square == 1
