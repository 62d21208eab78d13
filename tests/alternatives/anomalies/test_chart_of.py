"""Measured control charts."""

import numpy as np
import pytest

from seqloom.alternatives import chart_of


def test_parts_add_up_to_the_squared_distance():
    """That of Mahalanobis, divided by the number of signals."""
    drawn = np.random.default_rng(0)
    means = drawn.normal(size=(5_000, 2)) @ np.array([[1.0, 0.8], [0.0, 0.6]])
    chart = chart_of(means, centered=True)
    spread = np.cov(means.T, bias=True) + np.outer(means.mean(0), means.mean(0))
    expected = np.einsum("ti,ij,tj->t", means[:9], np.linalg.inv(spread), means[:9]) / 2
    np.testing.assert_allclose(chart.parts(means[:9]).sum(axis=1), expected, rtol=0.02)  # shrunk a little


def test_what_breaks_a_relation_is_farther_than_what_keeps_it():
    """Two signals that go together: one alone is stranger than both."""
    both = np.repeat(np.random.default_rng(0).normal(size=(500, 1)), 2, axis=1)
    chart = chart_of(both + np.random.default_rng(1).normal(scale=0.1, size=both.shape), centered=True)
    together, alone = chart.parts(np.array([[2.0, 2.0], [2.0, 0.0]])).sum(axis=1)
    assert alone > 10 * together


@pytest.mark.parametrize("centered", [True, False])
def test_a_constant_distance_counts_only_where_zero_is_usual(centered):
    """A density has its own middle; errors belong around zero."""
    means = 3.0 + np.random.default_rng(0).normal(scale=0.1, size=(200, 1))
    (middle,) = chart_of(means, centered=centered).parts(np.array([[3.0]])).sum(axis=1)
    assert (middle > 0.5) == centered


def test_a_signal_that_never_moves_has_a_distance_too():
    """Any move of it is strange."""
    still = np.zeros((50, 1))
    assert np.isfinite(chart_of(still, centered=True).parts(np.array([[1.0]]))).all()
