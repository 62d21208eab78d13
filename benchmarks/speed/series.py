"""The series that forecasters are trained on: hours with a day, a week and noise. Needs NumPy alone."""

import numpy as np
from numpy.typing import NDArray

LENGTH, LOOKBACK, HORIZON, HIDDEN, BATCH = 4000, 168, 24, 64, 32


def series() -> NDArray[np.float32]:
    """The values, about 0 and about 1 wide, [LENGTH]."""
    hours = np.arange(LENGTH)
    wave = np.sin(2 * np.pi * hours / 24) + 0.5 * np.sin(2 * np.pi * hours / 168)
    return (wave + 0.2 * np.random.default_rng(6).standard_normal(LENGTH)).astype(np.float32)
