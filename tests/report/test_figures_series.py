from dataclasses import replace

import numpy as np

from seqloom.report.figures_series import series_figure, value_paths


def drawn(*series, features):
    return series_figure("f", "t", "Caption.", [(f"s{place}", values) for place, values in enumerate(series)], features)


def test_features_of_one_scale_share_an_axis():
    """Values are drawn as they are."""
    values = np.column_stack([np.arange(5.0), np.arange(5.0) + 1])
    assert drawn(values, features=("a", "b")).panels[0].marks[1].y == (1.0, 2.0, 3.0, 4.0, 5.0)


def test_features_of_different_scales_are_drawn_from_lowest_to_highest():
    """A pressure in pascal does not flatten a temperature, and the caption says what was done."""
    values = np.column_stack([np.arange(5.0), 1e5 + 100 * np.arange(5.0)])
    figure = drawn(values, features=("a", "b"))
    assert [mark.y for mark in figure.panels[0].marks] == [(0.0, 0.25, 0.5, 0.75, 1.0)] * 2
    assert "lowest (0) to its highest value (1)" in figure.caption


def test_scales_are_shared_by_all_sequences():
    """Sequences of one figure can be compared with each other."""
    one = np.column_stack([np.arange(3.0), 1e5 + np.arange(3.0)])
    figure = drawn(one, one + 2, features=("a", "b"))
    assert figure.panels[1].marks[0].y == (0.5, 0.75, 1.0)


def test_too_many_features_are_left_out_and_named():
    """Six features are drawn, and the caption says of how many."""
    figure = drawn(np.zeros((4, 9)), features=tuple("abcdefghi"))
    assert len(figure.panels[0].marks) == 6
    assert "first 6 of 9 features" in figure.caption


def test_missing_values_leave_a_gap():
    """A value that is not known is not drawn."""
    assert drawn(np.array([[1.0], [np.nan], [2.0]]), features=("a",)).panels[0].marks[0].y == (1.0, None, 2.0)


def test_paths_follow_the_steps_of_a_sequence(make_values):
    """Predicted and actual values are drawn over the steps seen."""
    panel = value_paths(make_values(per_step=True)).panels[0]
    assert [mark.name for mark in panel.marks] == ["actual", "predicted"]
    assert panel.marks[0].x == tuple(float(step) for step in range(1, len(panel.marks[0].x) + 1))


def test_paths_go_from_easy_to_hard(make_values):
    """The error grows from panel to panel."""
    errors = [float(panel.title.rpartition(" ")[2]) for panel in value_paths(make_values(per_step=True)).panels]
    assert len(errors) == 4
    assert errors == sorted(errors)


def test_sequences_without_truth_have_no_path(make_values):
    """Nothing is drawn where nothing is known."""
    outcome = make_values(per_step=True)
    assert value_paths(replace(outcome, truth=np.full_like(outcome.truth, np.nan))).panels == ()
