"""Figures about remaining life."""

import numpy as np
import pytest

from seqloom.report.figures_life import last_steps, life_errors, life_groups


def test_full_lives_are_a_group_by_themselves():
    """The others are grouped by tens of steps, those that nobody knows by nothing."""
    places, groups = life_groups(np.array([125.0, 124, 121, 9, 0, np.nan]), 125)
    assert groups.tolist() == [2, 1, 1, 0, 0, -1]
    assert places.tolist() == [4.5, 122.5, 125]


def test_errors_are_drawn_around_the_middle_one():
    """Of eleven errors from -5 to 5 the middle is 0, and eight of ten lie within 4 of it."""
    figure = life_errors(np.arange(-5.0, 6.0), np.full(11, 3.0), 10)
    band, line, _ = figure.panels[0].marks
    assert (band.low[0], line.y[0], band.high[0]) == (pytest.approx(-4), 0, pytest.approx(4))


def test_the_end_is_at_the_right():
    """The axis of lives runs backwards."""
    limits = life_errors(np.zeros(2), np.array([0.0, 8.0]), 10).panels[0].x.limits
    assert limits[0] > limits[1]


def test_sequences_are_drawn_in_the_order_of_their_life():
    """Predictions go with them."""
    line, points = last_steps(np.array([1.0, 2, 3]), np.array([30.0, 10, 20])).panels[0].marks
    assert (line.y, points.y) == ((10, 20, 30), (2, 3, 1))
