from dataclasses import replace

import numpy as np
import pytest

from seqloom.report.sections_forecast import forecast_sections


def titles(outcome):
    return [section.title for section in forecast_sections(outcome)]


def part(outcome, title):
    return next(section for section in forecast_sections(outcome) if section.title == title)


def test_a_forecast_is_shown_from_all_sides(make_forecast):
    """Forecasts, errors, residuals, the interval and the worst windows have a section each."""
    assert titles(make_forecast()) == ["Forecasts", "Errors", "Residuals", "Prediction interval", "Worst windows"]


def test_point_forecasts_have_no_interval_section(make_forecast):
    """Without quantiles nothing is promised."""
    assert "Prediction interval" not in titles(make_forecast(levels=()))


def test_a_perfect_forecast_has_no_worst_windows(make_forecast):
    """Without an error that section is left out."""
    outcome = make_forecast()
    assert "Worst windows" not in titles(replace(outcome, truth=outcome.prediction.values.copy()))


def test_the_coverage_table_counts_both_sides(make_forecast):
    """Inside, below and above add up to all values."""
    (table,) = part(make_forecast(levels=(0.05, 0.25, 0.75, 0.95)), "Prediction interval").tables
    assert [row[1] for row in table.rows] == pytest.approx([90.0, 50.0])
    assert [sum(row[2:5]) for row in table.rows] == pytest.approx([100.0, 100.0])


def test_coverage_is_what_numpy_counts(make_forecast):
    """The observed share is that of the values between the two quantiles."""
    outcome = make_forecast(windows=200)
    low, high = outcome.prediction.quantiles[..., 0], outcome.prediction.quantiles[..., -1]
    expected = 100 * np.mean((low <= outcome.truth) & (outcome.truth <= high))
    (table,) = part(outcome, "Prediction interval").tables
    assert table.rows[0][2] == pytest.approx(expected)


def test_the_sentence_on_autocorrelation_is_in_the_text(make_forecast):
    """The Ljung-Box test is told in words beside its figure."""
    section = part(make_forecast(windows=60), "Residuals")
    assert "Ljung-Box" in section.text[0]
    assert [figure.name for figure in section.figures] == ["residuals", "autocorrelation"]


def test_too_few_windows_have_no_autocorrelation(make_forecast):
    """Ten residuals say nothing about time."""
    section = part(make_forecast(windows=10), "Residuals")
    assert (section.text, len(section.figures)) == ((), 1)


def test_several_targets_are_told_apart(make_forecast):
    """Each of two targets has its own figures and names."""
    outcome = make_forecast(targets=("north", "south"), windows=40)
    names = [figure.name for figure in part(outcome, "Forecasts").figures]
    assert names == ["forecast-1", "windows-1", "forecast-2", "windows-2"]
    assert part(outcome, "Residuals").text[1].startswith("south: ")


def test_many_targets_are_not_all_drawn(make_forecast):
    """Of six targets four are drawn, and the text says so."""
    section = part(make_forecast(targets=tuple("abcdef")), "Forecasts")
    assert len(section.figures) == 8
    assert section.text == ("The first 4 of 6 targets are drawn; the metrics cover all of them.",)


def test_unknown_truth_is_no_trouble(make_forecast):
    """A part whose truth is partly missing is still reported."""
    outcome = make_forecast()
    outcome.truth[::2] = np.nan
    assert len(forecast_sections(outcome)) == 5
