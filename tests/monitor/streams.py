"""Streams to which nothing happens, of every kind a sensor may have."""

import numpy as np
from scipy.signal import lfilter


def autoregressive(rng, count, r):
    """Neighbours are correlated by `r`; variance 1."""
    noise = rng.normal(size=count) * np.sqrt(1 - r * r)
    noise[0] = rng.normal()
    return lfilter([1.0], [1.0, -r], noise)


def wave(count, period):
    """A season."""
    return np.sin(np.arange(count) * 2 * np.pi / period)


KINDS = {
    "independent": lambda rng, count: rng.normal(size=count),
    "autocorrelated 0.5": lambda rng, count: autoregressive(rng, count, 0.5),
    "autocorrelated 0.9": lambda rng, count: autoregressive(rng, count, 0.9),
    "autocorrelated 0.99": lambda rng, count: autoregressive(rng, count, 0.99),
    "daily season": lambda rng, count: wave(count, 24) + rng.normal(size=count) * 0.3,
    "daily and weekly season": lambda rng, count: (
        wave(count, 24) + wave(count, 168) + autoregressive(rng, count, 0.8) * 0.5
    ),
    "log-normal": lambda rng, count: np.exp(rng.normal(size=count)),
    "heavy-tailed (Cauchy)": lambda rng, count: rng.standard_cauchy(size=count),
    "counts (Poisson, mean 1)": lambda rng, count: rng.poisson(1.0, size=count).astype(float),
}
