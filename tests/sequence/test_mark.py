"""Marks as somebody tells them."""

import math

import pytest

from seqloom.sequence import mark_of


@pytest.mark.parametrize(("told", "mark"), [(1, 1.0), (1.0, 1.0), (True, 1.0), (0, 0.0), (0.0, 0.0), (False, 0.0)])
def test_a_mark_is_one_or_zero(told, mark):
    """As a number, or as true and false."""
    assert mark_of(told) == mark


@pytest.mark.parametrize("told", [None, 2, 0.5, -1, math.nan, "1", "true", [1], {"odd": 1}])
def test_anything_else_says_nothing(told):
    """It is not known, rather than taken for one of both."""
    assert math.isnan(mark_of(told))
