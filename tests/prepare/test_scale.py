import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from seqloom.prepare.moments import Moments
from seqloom.prepare.quartiles import quartiles
from seqloom.prepare.scale import Scaling

METHODS = ["standard", "minmax", "robust", "none"]


def fitted(method, values, groups=None):
    """The scaling of the columns of `values` [n, C]; `groups` names the group of each row."""
    names = [] if groups is None else sorted(set(groups))
    member = np.zeros(len(values), dtype=np.int64) if groups is None else np.array([names.index(g) for g in groups])
    moments = Moments.empty(max(1, len(names)), values.shape[1])
    for column in range(values.shape[1]):
        moments.update(column, values[:, column], member)
    pooled = moments.pooled()
    quarters = []
    for column in values.T:
        whole = quartiles(column, np.zeros(len(column), dtype=np.int64), 1)
        own = quartiles(column, member, len(names)) if names else np.empty((3, 0))
        quarters.append(np.concatenate([whole, own], axis=1))
    return Scaling.fit(method, tuple(names), moments.below(pooled) if names else pooled, np.stack(quarters, axis=2))


@given(arrays(np.float64, (9, 2), elements=st.floats(-1e6, 1e6)), st.sampled_from(METHODS), st.booleans())
def test_inversion_gives_back_what_was_scaled(values, method, by_group):
    """The round trip is exact to rounding at the size of the numbers."""
    groups = list("aaabbbccc") if by_group else None
    scaling = fitted(method, values, groups)
    rows = scaling.locate(np.array(groups or ["a"] * 9))
    back = scaling.invert(scaling.apply(values, rows), rows)
    np.testing.assert_allclose(back, values, rtol=1e-9, atol=1e-9 * max(1.0, np.abs(values).max()))


def test_standard_scaling_gives_mean_0_and_deviation_1():
    """The statistics of the scaled training part are those of the standard normal distribution."""
    values = np.random.default_rng(0).normal(50, 7, size=(1000, 1))
    scaled = fitted("standard", values).apply(values, np.zeros(1000, dtype=np.int64))
    assert (scaled.mean(), scaled.std()) == (pytest.approx(0, abs=1e-12), pytest.approx(1))


def test_min_max_scaling_gives_0_to_1():
    """The smallest training value becomes 0, the largest 1."""
    values = np.array([[4.0], [6], [12]])
    assert fitted("minmax", values).apply(values, np.zeros(3, dtype=np.int64))[:, 0].tolist() == [0, 0.25, 1]


def test_robust_scaling_is_deaf_to_an_outlier():
    """Median and quartiles of 1..9 are the same when the largest is a million."""
    usual, wild = np.arange(1.0, 10)[:, None], np.arange(1.0, 10)[:, None]
    wild[-1] = 1e6
    assert fitted("robust", usual).center == fitted("robust", wild).center == 5
    assert fitted("robust", usual).scale == fitted("robust", wild).scale == 4


def test_robust_scaling_of_mostly_one_value_falls_back_on_the_deviation():
    """Quartiles that coincide cannot be divided by."""
    values = np.array([[0.0]] * 9 + [[10.0]])
    assert fitted("robust", values).scale[0, 0] == pytest.approx(3.0)  # the deviation of one 10 among nine 0


@pytest.mark.parametrize("method", METHODS)
def test_a_column_that_does_not_vary_gets_scale_1(method):
    """Nothing is divided by zero; 0.1 is not exact in binary, yet its deviation counts as none."""
    scaling = fitted(method, np.full((1000, 1), 0.1))
    assert scaling.scale[0, 0] == 1


def test_each_group_is_scaled_by_its_own_statistics():
    """Two series of different level end up alike."""
    values = np.array([[1.0], [3], [101], [103]])
    scaling = fitted("standard", values, ["a", "a", "b", "b"])
    rows = scaling.locate(np.array(["a", "a", "b", "b"]))
    assert scaling.apply(values, rows)[:, 0].tolist() == [-1, 1, -1, 1]


def test_a_group_without_variation_is_scaled_as_the_whole():
    """Its own deviation of 0 says nothing about how it may change later."""
    scaling = fitted("standard", np.array([[1.0], [3], [7], [7]]), ["a", "a", "b", "b"])
    assert scaling.scale[scaling.locate(np.array(["b"]))[0], 0] == scaling.scale[0, 0]


def test_a_key_unknown_to_training_is_scaled_as_the_whole():
    """Row 0 answers for every other key."""
    scaling = fitted("standard", np.array([[1.0], [3]]), ["a", "b"])
    assert scaling.locate(np.array(["b", "z"])).tolist() == [2, 0]


def test_values_with_axes_between_example_and_column_use_the_example_s_statistics():
    """Forecasts [B, P, C] are inverted by the group of each example."""
    scaling = fitted("minmax", np.array([[0.0], [10], [100], [300]]), ["a", "a", "b", "b"])
    inverted = scaling.invert(np.full((2, 3, 1), 0.5), scaling.locate(np.array(["a", "b"])))
    assert inverted[:, :, 0].tolist() == [[5] * 3, [200] * 3]


def test_quartiles_that_all_but_coincide_do_not_blow_a_column_up():
    """Most values the same but for rounding, one far away: the deviation is the scale."""
    values = np.array([[0.0], [1e-310], [2e-310], [3e-310], [1.0]])
    scaled = fitted("robust", values).apply(values, np.zeros(5, dtype=np.int64))
    assert scaled.max() == pytest.approx(1 / values.std(), rel=1e-6)
