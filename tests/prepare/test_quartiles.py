import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqloom.prepare.quartiles import quartiles, sampled_rows


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(-1e9, 1e9)), min_size=1))
def test_quartiles_are_numpys_within_each_group(rows):
    """Linear interpolation between neighbours, as numpy.quantile does by default."""
    groups, values = np.array([group for group, _ in rows]), np.array([value for _, value in rows])
    found = quartiles(values, groups, 3)
    for group in range(3):
        own = values[groups == group]
        expected = np.quantile(own, [0.25, 0.5, 0.75]) if len(own) else [np.nan] * 3
        np.testing.assert_allclose(found[:, group], expected, rtol=1e-12, atol=1e-6)  # two orders of rounding


def test_few_rows_are_all_looked_at():
    """Up to the size of the sample quartiles are exact."""
    assert sampled_rows(np.array([[0, 2], [5, 5], [7, 10]])).tolist() == [0, 1, 7, 8, 9]


def test_many_rows_are_sampled_evenly_from_inside_the_spans():
    """No row twice, none outside, each span by its share."""
    rows = sampled_rows(np.array([[0, 1000], [5000, 8000]]), size=400)
    assert len(np.unique(rows)) == len(rows) == 400
    assert ((rows < 1000) | ((rows >= 5000) & (rows < 8000))).all()
    assert (rows < 1000).sum() == 100


def test_a_sample_does_not_fall_into_step_with_a_season():
    """Every tenth row of a season of ten is still a fair sample: all phases occur about equally often."""
    phases = np.bincount(sampled_rows(np.array([[0, 100_000]]), size=10_000) % 10)
    assert phases.min() > 800  # 1000 expected, deviation 30


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_same_rows_are_sampled_every_time(size):
    """A fit depends on nothing but its data."""
    spans = np.array([[3, 500]])
    assert (sampled_rows(spans, size) == sampled_rows(spans, size)).all()
