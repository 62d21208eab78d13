"""The windowed Gaussian."""

import numpy as np
import pytest

from seqloom.alternatives import Hints, WindowedGaussian


def test_distances_are_from_the_mean_of_the_steps_before(make_sequences):
    """In their standard deviations; those of the farthest column count, each sequence by itself."""
    drawn = np.random.default_rng(0).normal(size=(60, 2)).astype(np.float32)
    examples = make_sequences(np.zeros((30, 0)), np.zeros((30, 0)), targets=drawn, watched=True)
    method = WindowedGaussian.fit(examples, Hints())
    found = method.predict(examples) * method.threshold
    for row, first in ((29, 0), (50, 30)):
        past = drawn[first:row].astype(np.float64)
        expected = (np.abs(drawn[row] - past.mean(axis=0)) / past.std(axis=0)).max()
        assert found[row] == pytest.approx(expected, rel=1e-3)
    assert found[[0, 9, 30, 39]].tolist() == [0.0] * 4
