"""Figures of anomalies."""

import numpy as np
import pytest

from seqloom.report.figure_data import Band
from seqloom.report.figures import draw
from seqloom.report.figures_anomaly import events_figure, score_figure, threshold_figure
from tests.report.test_anomaly_outcome import outcome


def test_marked_stretches_are_shaded_where_they_are():
    """From the first to the last marked step."""
    figure = score_figure(outcome([0.1, 2, 3, 0.1, 0.2], marks=[0, 1, 1, 0, 0]))
    (band,) = [mark for mark in figure.panels[0].marks if isinstance(mark, Band)]
    assert list(band.x) == [2.0, 3.0]
    draw(figure)


def test_of_many_sequences_those_with_the_highest_scores_are_drawn():
    """In their order."""
    keys = np.repeat([f"s{place}" for place in range(6)], 2)
    figure = score_figure(outcome([0, 1, 5, 0, 0, 7, 0, 2, 0, 0, 0, 9], keys=keys))
    assert [panel.title for panel in figure.panels] == ["s1", "s2", "s3", "s5"]
    assert "4 of 6 sequences" in figure.caption


def test_an_event_is_drawn_with_what_was_expected_and_where_it_lies():
    """Between two upright lines; one where it is a single step."""
    shown = outcome([0, 0, 2, 3, 0, 0, 0, 5], columns=2)
    figure = events_figure(shown, shown.highest(6))
    assert [panel.title for panel in figure.panels] == ["s · score 5", "s · score 3"]
    assert [sum(mark.kind == "rule" for mark in panel.marks) for panel in figure.panels] == [1, 2]
    assert figure.panels[0].y.label == "y0"
    draw(figure)


@pytest.mark.parametrize("marks", [None, [0, 0, 0], [1, 1, 1]])
def test_there_is_no_curve_without_both_kinds_of_steps(marks):
    """Nothing can be told apart then."""
    assert threshold_figure(outcome([0, 1, 2], marks=marks)) is None


def test_the_area_under_the_curve_is_the_average_precision():
    """Here all anomalies are above all others."""
    figure = threshold_figure(outcome([0.1, 0.2, 3, 4], marks=[0, 0, 1, 1]))
    assert "anomalies (area 1.000)" in [mark.name for mark in figure.panels[0].marks]
