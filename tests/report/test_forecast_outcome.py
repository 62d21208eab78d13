from dataclasses import replace

import numpy as np
import pytest

from seqloom.report.forecast_outcome import consecutive_windows, root_mean_square


def test_the_interval_is_the_widest_symmetric_pair(make_forecast):
    """Of five levels the outermost two make the interval."""
    outcome = make_forecast(levels=(0.05, 0.25, 0.5, 0.75, 0.95))
    assert outcome.interval == (0, 4)
    assert outcome.intervals == ((0, 4), (1, 3))
    assert outcome.coverage == pytest.approx(0.9)


@pytest.mark.parametrize("levels", [(), (0.5,), (0.1, 0.95)])
def test_without_a_symmetric_pair_there_is_no_interval(make_forecast, levels):
    """Levels that do not mirror each other promise no coverage."""
    assert make_forecast(levels=levels).interval is None


def test_a_window_is_judged_by_what_is_known_of_it(make_forecast):
    """Steps without truth count nothing; a window without any has no error."""
    outcome = make_forecast(windows=2, horizon=2)
    truth = outcome.prediction.values + 3.0
    truth[0, 1], truth[1] = np.nan, np.nan
    np.testing.assert_allclose(replace(outcome, truth=truth).window_errors(0), [3.0, np.nan], rtol=1e-12)


def test_the_worst_windows_do_not_overlap(make_forecast):
    """Windows that share a step with a worse one are passed over."""
    outcome = make_forecast(windows=30, horizon=4)
    worst = sorted(outcome.worst_windows(0, 5))
    assert len(worst) == 5
    assert np.diff(worst).min() >= 4


def test_the_worst_window_comes_first(make_forecast):
    """Errors fall from one to the next."""
    outcome = make_forecast()
    errors = outcome.window_errors(0)[outcome.worst_windows(0, 4)]
    assert errors[0] == outcome.window_errors(0).max()
    assert (np.diff(errors) <= 0).all()


def test_windows_of_different_sequences_never_overlap(make_forecast):
    """The same days of two sequences may both be among the worst."""
    outcome = make_forecast(windows=1, keys=("a", "b"))
    assert sorted(outcome.worst_windows(0, 5)) == [0, 1]


def test_a_perfect_forecast_has_no_worst_window(make_forecast):
    """Without an error there is nothing to show."""
    outcome = make_forecast()
    assert replace(outcome, truth=outcome.prediction.values).worst_windows(0, 3) == []


def test_consecutive_windows_follow_each_other():
    """Of the sequence with most windows those are taken that begin after the last one ended."""
    keys = np.array(["b", "a", "a", "a", "a", "a"])
    times = np.array([[0, 1], [4, 5], [0, 1], [1, 2], [2, 3], [3, 4]])
    assert consecutive_windows(keys, times).tolist() == [2, 4, 1]


def test_a_root_mean_square_leaves_out_what_is_unknown():
    """The mean is taken over known numbers only."""
    assert root_mean_square(np.array([[3.0, np.nan], [4.0, np.nan]]), axis=0)[0] == pytest.approx(np.sqrt(12.5))
    assert np.isnan(root_mean_square(np.array([[np.nan]]), axis=0)[0])
