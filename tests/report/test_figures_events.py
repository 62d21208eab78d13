import numpy as np

from seqloom.report.figures_events import gap_figure, transition_figure


def test_transitions_show_the_shares_of_each_row():
    """What never came has no cell; shares are written in percent."""
    came = np.array([[0.25, 0.75], [np.nan, np.nan]])
    left, right = transition_figure(came, np.array([[0.5, 0.5], [0.1, 0.9]]), ("a", "b")).panels
    cells = left.marks[0]
    assert (cells.x, cells.y, cells.text) == ((0, 1), (0, 0), ("25", "75"))
    assert right.marks[0].text == ("50", "50", "10", "90")
    assert left.x.labels == ("a", "b")


def test_well_placed_gaps_follow_the_diagonal():
    """Evenly spread places give a straight line and level bars."""
    stated, histogram = gap_figure((np.arange(1000) + 0.5) / 1000).panels
    line = stated.marks[1]
    np.testing.assert_allclose(line.y, line.x, atol=1e-3)  # of a thousand places
    np.testing.assert_allclose(histogram.marks[0].y, 1.0)


def test_too_narrow_distributions_show_at_the_ends():
    """Gaps at both ends make high bars there."""
    bars = gap_figure(np.array([0.0, 0.01, 0.99, 1.0])).panels[1].marks[0]
    assert bars.y[0] == bars.y[-1] == 10.0
    assert sum(bars.y[1:-1]) == 0
