"""What a report says about a backtest."""

import numpy as np
import pytest

from seqloom.report import backtest_sections


@pytest.fixture
def sections():
    """Two origins, three steps ahead, a model and two alternatives."""
    return backtest_sections(
        [{"origin": 1, "RMSE": 1.0}, {"origin": 2, "RMSE": 4.0}],
        {"model": {"rmse": 2.9}, "naive": {"rmse": 3.5}, "seasonal_naive": {"rmse": 2.5}},
        {
            "model": np.array([1.0, 4.0]),
            "naive": np.array([3.0, 4.0]),
            "seasonal_naive": np.array([2.0, 3.0]),
        },
        {name: np.array([1.0, 2.0, 3.0]) for name in ("model", "naive", "seasonal_naive")},
        np.array([0.9, 0.8, 0.7]),
        promised=0.9,
        target="load",
        model="model",
    )


def test_captions_say_who_was_best(sections):
    """How often the model was, and who on average."""
    (figure,) = sections[1].figures
    assert "The model has the least error after 1 of 2 origins" in figure.caption
    assert "seasonal naive on average" in figure.caption or "model on average" in figure.caption


def test_every_entrant_has_a_line(sections):
    """The model's in its own colour, the others by their error."""
    (panel,) = sections[1].figures[0].panels
    assert [(line.name, line.ink) for line in panel.marks] == [
        ("model", "model"),
        ("seasonal naive", "first"),
        ("naive", "second"),
    ]


def test_coverage_stands_beside_what_was_promised(sections):
    """In per cent, with the mean in the caption."""
    coverage = sections[2].figures[1]
    rule, line = coverage.panels[0].marks
    assert (rule.at, line.y) == (90, (90, 80, 70))
    assert "80 % in all" in coverage.caption
