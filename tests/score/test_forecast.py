"""Metrics of forecasts, compared with numbers by hand, with scipy and with published figures."""

import csv
import gzip

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.metrics import mean_pinball_loss

from seqloom.errors import DataError, SettingsError
from seqloom.score import coverage, forecast_metrics, mase, mase_scale, owa, pinball_score, smape

NAN = float("nan")


def test_all_steps_and_targets_count_alike():
    """Errors of every example, step and target enter one mean."""
    truth = np.arange(12.0).reshape(2, 3, 2)
    values = truth.copy()
    values[1, 2, 1] += 6
    metrics = forecast_metrics(values, truth)
    assert (metrics["mse"], metrics["mae"]) == pytest.approx((36 / 12, 6 / 12))


def test_each_example_and_target_has_its_own_scale():
    """Errors of 1 measured by 1, 2, 4 and 8 average to their mean."""
    scale = np.array([[1.0, 2.0], [4.0, 8.0]])
    assert mase(np.ones((2, 5, 2)), np.zeros((2, 5, 2)), scale) == pytest.approx((1 + 1 / 2 + 1 / 4 + 1 / 8) / 4)


@pytest.mark.parametrize("missing", [0.0, NAN])
def test_an_example_without_a_scale_is_left_out_of_mase(missing):
    """A history without change, or an unknown one, measures no error."""
    scale = np.array([[missing], [2.0]])
    assert mase(np.ones((2, 3, 1)), np.zeros((2, 3, 1)), scale) == 0.5


def test_without_any_scale_there_is_no_mase():
    """The key is left out where no example has a scale."""
    assert "mase" not in forecast_metrics(np.ones((1, 3, 1)), np.zeros((1, 3, 1)), scale=np.zeros((1, 1)))


def test_without_truth_there_are_no_metrics():
    """Nothing known gives nothing, not NaN, with bounds and scale as well."""
    unknown, scale = np.full((1, 2, 1), NAN), np.ones((1, 1))
    assert forecast_metrics(unknown, unknown, lower=unknown, upper=unknown, scale=scale) == {}


def test_a_scale_is_the_error_of_the_seasonal_naive():
    """Differences over a season are averaged, target by target, unknown ones left out."""
    history = np.array([[1.0, 5.0], [2.0, NAN], [4.0, 5.0], [5.0, 9.0], [9.0, 9.0]])
    assert mase_scale(history, season=2).tolist() == pytest.approx([(3 + 3 + 5) / 3, (0 + 4) / 2])


def test_an_unknown_history_has_no_scale():
    """Where no difference is known the scale is NaN."""
    assert np.isnan(mase_scale(np.full(5, NAN)))


def test_a_history_within_one_season_is_refused():
    """A season needs a step to be compared with."""
    with pytest.raises(DataError, match="more than one season of 3 steps, came 3 steps"):
        mase_scale(np.arange(3.0), season=3)


def test_a_season_shorter_than_a_step_is_refused():
    """Seasons are counted in whole steps."""
    with pytest.raises(SettingsError, match="season: expected a number of steps of at least 1, came 0"):
        mase_scale(np.arange(3.0), season=0)


@pytest.mark.parametrize(
    ("name", "smape_of", "mase_of", "expected"),
    [("seasonal naive", 13.912, 1.193, 0.627), ("Theta", 18.138, 2.455, 1.006), ("ES-RNN", 9.328, 0.893, 0.440)],
)
def test_owa_of_the_m4_hourly_table(name, smape_of, mase_of, expected):
    """The published sMAPE and MASE of the competition's table give its published OWA."""
    came = owa(smape_of, mase_of, naive_smape=18.383, naive_mase=2.395)
    assert came == pytest.approx(expected, abs=6e-4), name  # published with three digits


def test_coverage_names_its_interval():
    """The key carries the coverage the interval was made for."""
    truth = np.array([0.0, 1.0, 2.0, 3.0]).reshape(1, 4, 1)
    metrics = forecast_metrics(truth, truth, lower=truth * 0 + 1, upper=truth * 0 + 2, interval=0.8)
    assert metrics["coverage_80"] == 0.5


def test_a_normal_interval_covers_what_it_promises():
    """The central 90 % of a normal distribution hold 90 % of a normal sample."""
    sample = np.random.default_rng(3).standard_normal(20_000)
    low, high = (np.full(20_000, norm.ppf(level)) for level in (0.05, 0.95))
    assert coverage(low, high, sample) == pytest.approx(0.9, abs=0.01)  # standard error 0.002


def test_bounds_that_are_no_numbers_are_refused():
    """Intervals of a diverged model are named as such."""
    with pytest.raises(DataError, match="expected finite numbers"):
        coverage(np.array([NAN]), np.array([1.0]), np.array([0.5]))


def test_pinball_is_the_mean_over_levels_of_scikit_learn():
    """Levels are averaged, unknown truth left out."""
    truth, quantiles = np.array([1.0, NAN, 3.0]), np.array([[0.5, 2.0], [9.0, 9.0], [2.0, 5.0]])
    there = [0, 2]
    expected = (
        mean_pinball_loss(truth[there], quantiles[there, 0], alpha=0.1)
        + mean_pinball_loss(truth[there], quantiles[there, 1], alpha=0.9)
    ) / 2
    assert pinball_score(quantiles, truth, (0.1, 0.9)) == pytest.approx(expected)


def test_bounds_of_another_shape_are_refused():
    """Quantiles without an axis of levels are refused."""
    with pytest.raises(DataError, match=r"expected the shape of the targets \[3, 1\], came \[3\]"):
        pinball_score(np.zeros(3), np.zeros(3), (0.5,))


@pytest.mark.shared
def test_the_seasonal_naive_has_its_published_figures_on_m4_hourly(shared_data):
    """The competition's table gives sMAPE 13.912 and MASE 1.193 for the seasonal naive on the 414 hourly series."""

    def series(name: str) -> list[np.ndarray]:
        with gzip.open(shared_data / "m4" / f"Hourly-{name}.csv.gz", "rt") as lines:
            rows = list(csv.reader(lines))[1:]
        return [np.array([float(cell) for cell in row[1:] if cell]) for row in rows]

    history, truth = series("train"), np.stack(series("test"))[..., None]  # [414, 48, 1]
    values = np.stack([np.tile(past[-24:], 2) for past in history])[..., None]
    scale = np.stack([mase_scale(past, season=24) for past in history])[:, None]
    assert smape(values, truth) == pytest.approx(13.912, abs=5e-4)  # published with three digits
    assert mase(values, truth, scale) == pytest.approx(1.193, abs=5e-4)  # as above
