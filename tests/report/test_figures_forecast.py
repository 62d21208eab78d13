from dataclasses import replace

import numpy as np
import pytest

from seqloom.report.figures import draw
from seqloom.report.figures_forecast import (
    coverage_figure,
    errors_by_step,
    moment,
    stretch,
    typical_windows,
    window_panel,
    worst_windows,
)


def marks(panel):
    return {mark.name: mark for mark in panel.marks}


def test_a_window_shows_past_future_and_band(make_forecast):
    """The end of the lookback, the forecast, the truth and the interval are drawn."""
    drawn = marks(window_panel(make_forecast(), 3, 0, "w"))
    assert set(drawn) == {"90 % interval", "lookback", "what happened", "forecast"}


def test_what_happened_begins_where_the_lookback_ends(make_forecast):
    """The two lines meet, so that no gap hides a jump."""
    drawn = marks(window_panel(make_forecast(), 3, 0, "w"))
    past, future = drawn["lookback"], drawn["what happened"]
    assert (past.x[-1], past.y[-1]) == (future.x[0], future.y[0])


def test_the_stretch_is_covered_once(make_forecast):
    """Consecutive windows of four steps cover thirty-three days without a day twice."""
    drawn = marks(stretch(make_forecast(windows=30, horizon=4), 0).panels[0])
    days = np.array(drawn["forecast"].x) / 86_400_000
    assert len(days) == 32
    np.testing.assert_array_equal(np.diff(days), 1.0)


def test_the_forecast_drawn_is_the_forecast_made(make_forecast):
    """The line shows the values of the windows that were chosen."""
    outcome = make_forecast(windows=8, horizon=4)
    drawn = marks(stretch(outcome, 0).panels[0])
    expected = outcome.prediction.values[[0, 4], :, 0].reshape(-1)
    np.testing.assert_allclose(drawn["forecast"].y, expected, rtol=1e-8)  # nine digits are kept


def test_a_long_stretch_is_thinned(make_forecast):
    """Twelve thousand steps are drawn with some hundred points, and the largest stays."""
    outcome = make_forecast(windows=12_000, horizon=1)
    outcome.truth[7_777] = 1e6
    drawn = marks(stretch(outcome, 0).panels[0])["what happened"]
    assert len(drawn.x) < 1_500
    assert max(drawn.y) == 1e6


def test_the_key_is_named_where_there_are_several(make_forecast):
    """A reader learns which sequence is drawn."""
    assert "sequence" not in stretch(make_forecast(), 0).title
    assert stretch(make_forecast(keys=("north", "south")), 0).title.endswith("sequence north")


def test_typical_windows_go_from_easy_to_hard(make_forecast):
    """The error grows from panel to panel."""
    titles = [panel.title for panel in typical_windows(make_forecast(), 0).panels]
    errors = [float(title.rpartition(" ")[2]) for title in titles]
    assert len(errors) == 4
    assert errors == sorted(errors)


def test_without_truth_no_window_is_typical(make_forecast):
    """Where nothing is known there is nothing to rank."""
    outcome = make_forecast()
    assert typical_windows(replace(outcome, truth=np.full_like(outcome.truth, np.nan)), 0) is None


def test_worst_windows_are_drawn_as_given(make_forecast):
    """One panel per window, in order."""
    figure = worst_windows(make_forecast(), 0, [5, 1])
    assert [panel.title.split(" · ")[0] for panel in figure.panels] == ["from 2024-01-16", "from 2024-01-12"]


def test_errors_by_step_are_root_mean_squares(make_forecast):
    """The model's line is the error of each step over all windows."""
    outcome = make_forecast()
    expected = np.sqrt((outcome.residuals[:, :, 0] ** 2).mean(axis=0))
    np.testing.assert_allclose(errors_by_step(outcome).panels[0].marks[0].y, expected, rtol=1e-8)


def test_alternatives_stand_beside_the_model(make_forecast):
    """Each alternative has a line, and the caption says how to compare."""
    outcome = make_forecast()
    alone, beside = errors_by_step(outcome), errors_by_step(replace(outcome, others={"naive": outcome.truth + 1}))
    assert [key.name for key in beside.legend()] == ["model", "naive"]
    assert "alternative" in beside.caption
    assert "alternative" not in alone.caption


def test_coverage_is_the_share_inside(make_forecast):
    """Half of the windows inside give fifty per cent."""
    outcome = make_forecast(windows=10)
    truth = outcome.prediction.values.copy()
    truth[:5] += 1e3
    drawn = marks(coverage_figure(replace(outcome, truth=truth)).panels[0])
    assert drawn["load"].y == (50.0,) * 4
    assert drawn["promised: 90 %"].at == pytest.approx(90.0)


def test_without_an_interval_there_is_no_coverage(make_forecast):
    """Point forecasts promise nothing."""
    assert coverage_figure(make_forecast(levels=())) is None


@pytest.mark.parametrize("horizon", [1, 2])
def test_a_short_horizon_can_be_drawn(make_forecast, horizon):
    """One step ahead is a point, not an invisible line."""
    outcome = make_forecast(windows=3, horizon=horizon)
    for figure in (stretch(outcome, 0), typical_windows(outcome, 0), errors_by_step(outcome), coverage_figure(outcome)):
        draw(figure).draw_without_rendering()


def test_step_numbers_serve_where_there_is_no_clock(make_forecast):
    """A series without time stamps is drawn over its steps."""
    outcome = make_forecast()
    steps = outcome.prediction.times.astype("datetime64[D]").astype(np.int64)
    past = outcome.history_times.astype("datetime64[D]").astype(np.int64)
    outcome = replace(outcome, prediction=replace(outcome.prediction, times=steps), history_times=past)
    panel = typical_windows(outcome, 0).panels[0]
    assert panel.x.label == "step"
    assert panel.title.startswith("from step ")


@pytest.mark.parametrize(
    ("time", "text"),
    [(np.datetime64("2024-01-01T13:30"), "2024-01-01 13:30"), (np.int64(7), "step 7"), ("spring", "spring")],
)
def test_moments_are_written_shortly(time, text):
    """A time stamp, a step number, or whatever else serves as time."""
    assert moment(time) == text
