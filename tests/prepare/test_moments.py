import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqloom.prepare.moments import Moments


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(-1e6, 1e6)), min_size=1), st.integers(1, 7))
def test_statistics_of_chunks_are_those_of_the_whole(rows, size):
    """Mean and deviation agree with NumPy's, to rounding of sums of squares of numbers up to 1e6."""
    groups, values = np.array([group for group, _ in rows]), np.array([value for _, value in rows])
    moments = Moments.empty(3, 1)
    for start in range(0, len(rows), size):
        moments.update(0, values[start : start + size], groups[start : start + size])
    for group in np.unique(groups):
        own = values[groups == group]
        assert moments.count[group, 0] == len(own)
        assert moments.mean[group, 0] == pytest.approx(own.mean(), abs=1e-8)
        assert moments.deviation[group, 0] == pytest.approx(own.std(), rel=1e-6, abs=1e-5)
        assert moments.low[group, 0] == own.min()
        assert moments.high[group, 0] == own.max()


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(-1e6, 1e6)), min_size=1))
def test_pooled_statistics_forget_the_groups(rows):
    """Groups put together again give the statistics of all values."""
    groups, values = np.array([group for group, _ in rows]), np.array([value for _, value in rows])
    moments = Moments.empty(3, 1)
    moments.update(0, values, groups)
    pooled = moments.pooled()
    assert pooled.mean[0, 0] == pytest.approx(values.mean(), abs=1e-8)
    assert pooled.deviation[0, 0] == pytest.approx(values.std(), rel=1e-6, abs=1e-5)
    assert (pooled.low[0, 0], pooled.high[0, 0]) == (values.min(), values.max())


def test_a_mean_far_from_zero_costs_no_digits():
    """The deviation of 0 and 1 in turn is one half, a thousand million up as well."""
    moments = Moments.empty(1, 1)
    for _ in range(100):
        moments.update(0, 1e9 + np.arange(1000) % 2, np.zeros(1000, dtype=np.int64))
    assert moments.deviation[0, 0] == pytest.approx(0.5, rel=1e-9)  # float64 keeps 7 digits beyond 1e9


def test_groups_lie_below_the_whole():
    """Row 0 is the whole, the groups follow."""
    moments = Moments.empty(2, 1)
    moments.update(0, np.array([1.0, 2, 6]), np.array([0, 0, 1]))
    assert moments.below(moments.pooled()).mean[:, 0].tolist() == [3, 1.5, 6]
