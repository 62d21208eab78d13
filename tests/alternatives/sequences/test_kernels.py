"""Random kernels over sequences."""

import numpy as np
import pytest

from seqloom.alternatives.sequences.kernels import Kernels


def one(weights, *, dilation=1, padded=0, bias=0.0, channels=(0,)):
    """A single kernel."""
    weights = np.atleast_2d(np.array(weights, np.float32))
    return Kernels(
        lengths=np.array([weights.shape[1]]),
        dilations=np.array([dilation]),
        padded=np.array([padded]),
        biases=np.array([bias], np.float32),
        channels=np.array(channels),
        counts=np.array([len(weights)]),
        weights=weights.ravel(),
    )


def slid(rows, weights, dilation, bias, beyond):
    """The same, written out with NumPy."""
    rows = np.pad(rows, ((beyond, beyond), (0, 0)))
    span = (weights.shape[1] - 1) * dilation
    sums = [(weights.T * rows[place : place + span + 1 : dilation]).sum() + bias for place in range(len(rows) - span)]
    return np.mean(np.array(sums) > 0), np.max(sums)


def test_features_are_those_of_sums_written_out(make_sequences):
    """With and without zeros beyond the ends, apart and side by side, over two of three features."""
    rng = np.random.default_rng(0)
    sequences = [rng.normal(size=(length, 3)) for length in (20, 33)]
    examples = make_sequences(*sequences, targets=np.zeros(2, np.int64))
    weights = rng.normal(size=(2, 7)).astype(np.float32)
    for dilation, padded in ((1, 0), (3, 0), (2, 1)):
        found = one(weights, dilation=dilation, padded=padded, bias=0.3, channels=(0, 2))(examples)
        beyond = 3 * dilation if padded else 0
        for row, steps in zip(found, sequences, strict=True):
            expected = slid(steps[:, [0, 2]].astype(np.float32), weights, dilation, 0.3, beyond)
            np.testing.assert_allclose(row, expected, rtol=1e-4)


def test_a_sequence_shorter_than_the_pattern_is_read_too(make_sequences):
    """With zeros beyond its ends."""
    examples = make_sequences(np.ones((2, 1)), targets=np.zeros(1, np.int64))
    found = one(np.ones(7))(examples)
    assert found[0, 1] == 2


def test_drawn_kernels_keep_their_promises():
    """Weights without a mean, patterns that fit a usual sequence, the same ones for the same seed."""
    first, second = (Kernels.drawn(200, 5, 60, seed=3) for _ in range(2))
    np.testing.assert_array_equal(first.weights, second.weights)
    assert ((first.lengths - 1) * first.dilations <= 59).all()
    assert first.counts.max() <= 5
    assert first.channels.max() == 4
    assert len(first.weights) == int((first.counts * first.lengths).sum())
    assert abs(first.weights[: first.lengths[0]].mean()) < 1e-6


def test_kernels_of_other_features_are_refused(make_sequences):
    """Compiled code would read beyond the rows."""
    kernels = Kernels.drawn(20, 4, 10, 0)
    with pytest.raises(ValueError, match="a channel beyond the 2 there are"):
        kernels(make_sequences(np.zeros((5, 2)), targets=np.zeros(1, int)))
