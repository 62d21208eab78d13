"""Figures about warnings before failures."""

import numpy as np

from seqloom.report.figures_failures import alarm_figure, lead_figure


def test_leads_are_counted_and_summed_up():
    """Of four failures one had no warning, and half at least ten steps; each stands in one bar."""
    histogram, caught = lead_figure(np.array([0, 5, 10, 30]), 30).panels
    assert sum(histogram.marks[0].y) == 4
    shares = dict(zip(caught.marks[0].x, caught.marks[0].y, strict=True))
    assert (shares[1], shares[10], shares[11], shares[30]) == (75, 50, 25, 25)


def test_a_bar_stands_over_the_leads_it_counts():
    """Bars of one step are centred at their step."""
    bars = lead_figure(np.array([0, 3, 3]), 10).panels[0].marks[0]
    assert dict(zip(bars.x, bars.y, strict=True))[3] == 2


def test_alarms_are_drawn_with_threshold_and_reach():
    """The upright rule stands at the first step within reach; it is left out where every step is."""
    stated = np.linspace(0, 1, 6)
    near = np.arange(6) >= 4
    figure = alarm_figure([("a", stated, near), ("b", stated, np.ones(6, bool))], 0.7)
    assert [mark.at for mark in figure.panels[0].marks[1:]] == [0.7, 5.0]
    assert len(figure.panels[1].marks) == 2
