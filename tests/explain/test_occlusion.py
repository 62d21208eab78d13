"""Occlusion finds the step and the feature that were planted."""

import numpy as np

from seqloom.explain import occlude, occlude_features


def test_only_the_planted_step_has_an_effect(planted):
    """Three times the distance of its value from the mean of all values."""
    found = occlude(planted, width=1)
    mean = planted.examples.prepared.numbers[:, 0].mean()
    for place, steps in enumerate(found.steps):
        start = planted.examples.start[place]
        value = planted.examples.prepared.numbers[start + len(steps) - 3, 0]
        expected = np.zeros(len(steps))
        expected[-3] = 3 * (value - mean)
        np.testing.assert_allclose(steps, expected, atol=1e-5)


def test_windows_share_their_effect(planted):
    """With windows of two steps, counted from the end, the planted one is in the second."""
    one, two = occlude(planted, width=1), occlude(planted, width=2)
    for narrow, wide in zip(one.steps, two.steps, strict=True):
        np.testing.assert_allclose(wide[-4:-2], narrow[-3], atol=1e-6)
        assert not wide[-2:].any()


def test_only_the_planted_feature_has_an_effect(planted):
    """And answers change without it."""
    found = occlude_features(planted)
    assert found.names == ("x0", "x1")
    assert np.abs(found.effects[:, 0]).min() > 0
    assert not found.effects[:, 1].any()
    assert found.changed[0] > 0.5 > found.changed[1]


def test_shares_sum_to_one(planted):
    """Of each sequence; what matters stands three steps before the end."""
    found = occlude(planted, width=1)
    assert all(np.isclose(own.sum(), 1) for own in found.shares)
    np.testing.assert_allclose(found.from_the_end()[:4], [0, 0, 1, 0], atol=1e-6)
    assert found.half == 3
    assert "last 3 steps" in found.figure().caption
