"""States on paper."""

import numpy as np
import pytest

from seqloom.explain import fifths, kinds, neighbours, principal
from seqloom.explain.project import sampled

RNG = np.random.default_rng(0)
CLOUDS = np.concatenate([RNG.normal(0, 0.1, (30, 6)) + 5 * k for k in range(2)])


def test_components_hold_what_differs():
    """Points on a plane lose nothing; shares are said."""
    flat = RNG.normal(size=(50, 2)) @ RNG.normal(size=(2, 6))
    found = principal(flat, RNG)
    assert sum(found.explained) == pytest.approx(1)
    np.testing.assert_allclose(
        np.linalg.norm(found.points[0] - found.points[1]), np.linalg.norm(flat[0] - flat[1]), rtol=1e-6
    )
    assert "100 % of their variance" in found.figure({"all": np.ones(50, bool)}, "time").caption


def test_two_clouds_stay_apart():
    """With t-SNE neighbours stay neighbours; the same seed gives the same points."""
    found = neighbours(CLOUDS, np.random.default_rng(0))
    first, second = found.points[:30], found.points[30:]
    inside = np.linalg.norm(first - first.mean(axis=0), axis=1).max()
    assert np.linalg.norm(first.mean(axis=0) - second.mean(axis=0)) > inside
    np.testing.assert_array_equal(found.points, neighbours(CLOUDS, np.random.default_rng(0)).points)


def test_samples_are_said():
    """Never more than asked for, in order, and the caption tells how many."""
    found = neighbours(CLOUDS, np.random.default_rng(0), most=20, iterations=250)
    assert len(found.points) == 20
    assert (np.diff(found.rows) > 0).all()
    assert "20 of 60 states" in found.figure({"all": np.ones(20, bool)}, "time").caption
    assert len(sampled(100_000, 5_000, RNG)) == 5_000


def test_groups_are_fifths_or_frequent_labels():
    """Numbers in five groups of one size, labels beyond the fifth together."""
    groups = fifths(np.arange(100.0), "first", "last")
    assert [int(own.sum()) for own in groups.values()] == [20] * 5
    assert next(iter(groups)) == "first fifth"
    labels = kinds(np.array([f"c{min(k, 7)}" for k in range(8)] + ["c0"] * 3))
    assert next(iter(labels)) == "c0"
    assert len(labels) == 6
    assert int(labels["others"].sum()) == 3
