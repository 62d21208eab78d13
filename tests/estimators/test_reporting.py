"""From a finished walk to its report."""

import numpy as np
import pytest

from seqloom import Forecaster


@pytest.mark.parametrize("kind", ["forecast", "classified", "regressed"])
def test_every_report_has_metrics_data_settings_and_training(kind, request):
    """Whatever the task, these sections are there."""
    titles = [section.title for section in request.getfixturevalue(kind).report.sections]
    assert {"Metrics", "Data", "Settings", "Training"} <= set(titles)


def test_the_verdict_of_the_report_is_that_of_the_judgement(forecast):
    """Page and command line say the same."""
    verdict = forecast.judged.judgement.verdict
    assert (forecast.report.verdict, forecast.report.earned) == (verdict.sentence, verdict.earned)


def test_settings_tell_where_they_come_from(forecast):
    """Given, chosen with a reason, or the default."""
    section = next(section for section in forecast.report.sections if section.title == "Settings")
    origins = {row[0]: row[2] for row in section.tables[0].rows}
    assert origins["horizon"] == "given"
    assert origins["linear"].startswith("chosen")
    assert origins["scaling"] == "default"


def test_settings_without_a_say_are_not_shown(forecast):
    """A reader need not know which settings count for which task."""
    section = next(section for section in forecast.report.sections if section.title == "Settings")
    assert not {"pooling", "momentum", "threshold"} & {row[0] for row in section.tables[0].rows}


def test_choices_of_the_training_have_their_reason(forecast):
    """They were chosen from the data as much as the network was."""
    section = next(section for section in forecast.report.sections if section.title == "Settings")
    origins = {row[0]: row[2] for row in section.tables[0].rows}
    assert origins["batch_size"].startswith("chosen: ")
    assert origins["task"] == "told by the target"


def facts(fitted):
    """What the report says of the data as a whole."""
    section = next(section for section in fitted.report.sections if section.title == "Data")
    return dict(section.tables[0].rows)


def test_the_clock_is_told_as_people_tell_it(forecast):
    """Days, not seconds; dates without an idle midnight."""
    found = facts(forecast)
    assert (found["from step to step"], found["first and last step"]) == ("1 day", "2024-01-01 to 2024-03-20")


def test_lengths_are_told_where_they_differ(classified):
    """From the shortest to the longest."""
    assert facts(classified)["steps of a sequence"] == "4 to 6, median 5"


def test_the_split_counts_the_steps_of_each_part(forecast):
    """Eighty steps are cut into 56, 12 and 12."""
    section = next(section for section in forecast.report.sections if section.title == "Data")
    table = next(table for table in section.tables if table.title == "Split")
    assert [row[1] for row in table.rows] == [56, 12, 12]


def note(fitted):
    """What stands above the metrics."""
    return next(section for section in fitted.report.sections if section.title == "Metrics").text


def test_windows_left_out_of_the_judgement_are_told():
    """Who reads the metrics learns that they stand for every third window."""
    table = {"load": 10 + np.sin(np.arange(80) / 4)}
    settings = {"horizon": 3, "lookback": 6, "hidden_size": 2, "epochs": 1, "judged_stride": 3}
    told = Forecaster(settings=settings).fit(table, target="load").fitted_
    assert "Measured on 4 test examples, the same for all. They start 3 steps apart" in " ".join(note(told))


def test_a_judgement_of_every_window_says_no_more(forecast):
    """Nothing is said of distances where none is left out."""
    assert "apart" not in " ".join(note(forecast))
