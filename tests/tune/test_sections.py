"""The report of a search."""

import pytest


@pytest.fixture
def report(tuned):
    return tuned.report


def test_the_figures_are_there(report):
    """History, slices, and what mattered."""
    assert [report.figure(name) is not None for name in ("trials", "importance", "slices")] == [True, True, True]


def test_the_verdict_is_about_the_defaults(report, tuned):
    """It answers whether tuning paid."""
    assert report.question == "Are the tuned settings better than the defaults?"
    assert report.verdict == tuned.sentence


def test_model_defaults_and_alternatives_stand_in_one_table(report, tuned):
    """All on the same test examples."""
    names = [row[0] for row in report.sections[0].tables[0].rows]
    expected = ["model"] if tuned.best.defaults else ["model", "defaults"]
    assert names[: len(expected)] == expected
    assert {"naive", "ridge"} < set(names)


def test_the_best_trial_stands_first(report, tuned):
    """And every trial in the table, the defaults marked."""
    rows = report.sections[1].tables[0].rows
    assert rows[0][0].split(",")[0] == str(tuned.best.number)
    assert len(rows) == len(tuned.trials)
    assert sum("defaults" in row[0] for row in rows) == 1


def test_the_models_own_sections_follow(report):
    """Forecasts, data, settings, training as after a fit."""
    assert [section.title for section in report.sections][-3:] == ["Data", "Settings", "Training"]


def test_the_artifact_has_this_report(tuned):
    """Who loads the model sees how it was found."""
    assert tuned.fitted.bundle.report["kind"] == "Tuning"
