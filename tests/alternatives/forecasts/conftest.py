"""Series for the alternatives of single series."""

import numpy as np
import pytest


@pytest.fixture
def seasonal():
    """Makes a series with a trend, a season of 12 and a little noise."""

    def make(count, seed=0, slope=0.01):
        steps = np.arange(count)
        noise = np.random.default_rng(seed).normal(0, 0.05, count)
        return slope * steps + np.sin(2 * np.pi * steps / 12) + noise

    return make
