"""Figures of a search."""

import pytest

from seqloom.report import draw
from seqloom.tune.figures import history_figure, importance_figure, slices_figure
from seqloom.tune.record import Tried
from seqloom.tune.space import Choice, Real, Searched, Space

TRIALS = [
    Tried(0, "complete", 0.5, {"cell": "lstm", "learning_rate": 0.001}, defaults=True),
    Tried(1, "complete", 0.6, {"cell": "gru", "learning_rate": 0.01}),
    Tried(2, "pruned", 0.7, {"cell": "gru", "learning_rate": 0.05}),
    Tried(3, "failed", None, {"cell": "lstm", "learning_rate": 0.09}, reason="a loss of inf"),
    Tried(4, "complete", 0.4, {"cell": "lstm", "learning_rate": 0.002}),
    Tried(5, "complete", 900.0, {"cell": "lstm", "learning_rate": 0.09}),
]
SPACE = Space((Searched("cell", Choice(("lstm", "gru"))), Searched("learning_rate", Real(1e-4, 1e-1, log=True))))


def marks(panel):
    return {mark.name: mark for mark in panel.marks}


@pytest.fixture
def history():
    return marks(history_figure(TRIALS, "validation criterion").panels[0])


def test_the_best_so_far_falls(history):
    """A pruned trial is not among the best, however low it was left."""
    assert history["best so far"].y == (0.5, 0.5, 0.5, 0.4, 0.4)


def test_completed_and_pruned_trials_are_told_apart(history):
    """Each at its number; a failed one has no value."""
    assert (history["complete"].x, history["pruned"].x) == ((0, 1, 4, 5), (2,))
    assert history["complete"].ink != history["pruned"].ink


def test_the_defaults_are_a_line_across(history):
    """All others are beside it."""
    assert (history["defaults"].along, history["defaults"].at) == ("across", 0.5)


def test_a_diverged_trial_does_not_press_the_others_together(history):
    """It stands at the upper edge, and the caption says so."""
    assert max(history["complete"].y) < 2
    assert "1 far above are drawn at the upper edge" in history_figure(TRIALS, "x").caption


def test_each_setting_has_its_slice():
    """The one that mattered most comes first."""
    figure = slices_figure(TRIALS, SPACE, ["learning_rate"], "validation criterion")
    assert [panel.title for panel in figure.panels] == ["learning rate", "cell"]
    rates, cells = figure.panels
    assert (rates.x.log, cells.x.labels) == (True, ("lstm", "gru"))
    assert marks(cells)["complete"].x == (0, 1, 0, 0)


def test_importance_is_in_per_cent():
    """The largest share first."""
    (panel,) = importance_figure({"learning_rate": 0.75, "cell": 0.25}).panels
    assert (panel.marks[0].y, panel.x.labels) == ((75, 25), ("learning rate", "cell"))


@pytest.mark.parametrize(
    "figure",
    [
        history_figure(TRIALS, "criterion"),
        history_figure(TRIALS[1:2], "criterion"),
        slices_figure(TRIALS, SPACE, [], "criterion"),
        importance_figure({"cell": 1.0}),
    ],
    ids=["history", "one trial", "slices", "importance"],
)
def test_figures_can_be_drawn(figure):
    """With as many axes as there are panels."""
    assert len(draw(figure).axes) == len(figure.panels)
