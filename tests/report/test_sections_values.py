from dataclasses import replace

import numpy as np

from seqloom.report.sections_values import value_sections


def names(outcome):
    return [figure.name for figure in value_sections(outcome)[0].figures]


def test_values_are_shown_from_all_sides(make_values):
    """Scatter, residuals and errors by length are drawn."""
    assert names(make_values()) == ["predicted-actual", "residuals", "error-by-length"]


def test_equal_lengths_have_nothing_to_compare(make_values):
    """Errors by length are left out where all lengths are the same."""
    outcome = make_values()
    assert "error-by-length" not in names(replace(outcome, lengths=np.full(10, 7)))


def test_values_at_every_step_are_drawn_as_paths(make_values):
    """Where targets have a value per step their course is shown first."""
    assert names(make_values(per_step=True))[0] == "paths"


def test_the_worst_cases_are_listed_worst_first(make_values):
    """The table names sequence, length, truth and prediction."""
    table = value_sections(make_values())[1].tables[0]
    assert [row[0] for row in table.rows] == ["s9", "s8", "s7", "s6", "s5", "s4"]
    assert table.rows[0] == ("s9", 12, 20.0, 17.0)


def test_the_worst_cases_are_drawn(make_values):
    """Each has a panel that tells how far off the model was."""
    figure = value_sections(make_values())[1].figures[0]
    assert figure.panels[0].title == "s9 · actual 20.00, predicted 17.00"


def test_perfect_values_have_no_worst_cases(make_values):
    """Without an error that section is left out."""
    outcome = make_values()
    assert len(value_sections(replace(outcome, truth=outcome.prediction.values))) == 1


def test_the_worst_texts_are_shown_as_text(make_values):
    """There is nothing to draw."""
    section = value_sections(replace(make_values(), features=(), text=lambda row: f"text {row}"))[1]
    assert section.figures == ()
    assert section.tables[0].rows[0][-1] == "text 9"
