"""Figures of steps and features."""

import numpy as np

from seqloom.explain.figures_steps import features_figure, signed, steps_figure


def test_time_runs_to_the_right():
    """The last step stands at 0; stretches at their middle."""
    figure = steps_figure({"one": np.array([0.5, 0.3, 0.2])}, 6, "a number", 2.0)
    (line,) = figure.panels[0].marks
    assert line.x == (-4.5, -2.5, -0.5)
    assert line.y == (20.0, 30.0, 50.0)
    assert "the last 2 steps" in figure.caption


def test_features_stand_in_order():
    """Of many the first sixteen, which is said."""
    figure = features_figure([f"f{k}" for k in range(20)], {"one": np.arange(20.0)}, "a number")
    assert figure.panels[0].x.labels[0] == "f19"
    assert len(figure.panels[0].x.labels) == 16
    assert "16 of 20" in figure.caption


def test_signs_have_inks():
    """Values above zero in one mark, those below in the other, both from zero up."""
    above, below = signed(np.array([[1.0, -2.0]]), ("up", "down"))
    assert (above.values, below.values) == ((1.0, 0.0), (0.0, 2.0))
    assert above.top == below.top == 2.0
