"""Errors by group."""

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from seqloom.explain import group_errors, groups_figure
from seqloom.explain.grouped_errors import groups_table

RNG = np.random.default_rng(0)


def test_the_planted_group_is_found():
    """Ten times the error of the others, unknown errors left out."""
    names = np.array(["a", "b", "c"])[np.arange(300) % 3]
    errors = RNG.exponential(1, 300) * np.where(names == "b", 10, 1)
    errors[:3] = np.nan
    (found,) = group_errors(errors, {"sensor": names}, "squared error")
    assert found.telling
    assert found.worst.name == "b"
    assert "By sensor, b is worst" in found.sentence
    assert found.worst.count == 99
    assert found.overall == pytest.approx(np.nanmean(errors))


def test_alike_groups_are_said_to_be_alike():
    """Chance is no finding."""
    (found,) = group_errors(np.ones(100) + RNG.normal(0, 0.1, 100), {"length": np.arange(100.0)}, "error")
    assert len(found.groups) == 6
    assert "no group is surely worse" in found.sentence or found.worst.mean < 1.2


def test_intervals_of_shares_are_those_of_agresti_and_coull():
    """Also where no mistake was made at all."""
    errors = np.concatenate([np.zeros(40), np.ones(10), np.zeros(30)])
    names = np.array(["some"] * 50 + ["none"] * 30)
    (found,) = group_errors(errors, {"group": names}, "mistakes")
    for group, wrong in zip(found.groups, (0, 10), strict=True):
        low, high = proportion_confint(wrong, group.count, method="agresti_coull")
        assert (group.low, group.high) == pytest.approx((low, high), abs=0.01)


def test_small_groups_are_left_out_and_few_numbers_stay_themselves():
    """Fewer than five examples tell nothing."""
    values = np.array([1.0] * 20 + [2.0] * 20 + [3.0] * 2)
    (found,) = group_errors(np.ones(42), {"steps": values}, "error")
    assert [group.name for group in found.groups] == ["1", "2"]
    assert group_errors(np.ones(42), {"steps": np.ones(42)}, "error") == ()


def test_groups_are_drawn_and_listed():
    """A panel and a row for each factor."""
    found = group_errors(RNG.random(60), {"a": np.arange(60.0), "b": np.array(["x", "y"] * 30)}, "error")
    assert [panel.title for panel in groups_figure(found).panels] == ["by a", "by b"]
    assert [row[0] for row in groups_table(found).rows] == ["a", "b"]
