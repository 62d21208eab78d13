import numpy as np
import pytest

from seqloom.evaluate.forecast_trial import ForecastTrial, mase_denominators, overlap
from seqloom.sequence import ForecastPrediction

SERIES = np.array([2.0, 4, 6, 4, 2, 8, 10, 12, 6, 2, 4, 8])


@pytest.fixture
def units(make_windows, make_pipeline):
    """Windows of a series in scaled units, and the pipeline that knows its units."""
    pipeline = make_pipeline(SERIES)
    scaled = pipeline.scale_targets(SERIES[None, :, None], np.array(["0"]))[0]
    return make_windows(scaled, lookback=3, horizon=2, keys=["0"]), pipeline


def predicted(values, spread: float = 3.0, levels=(0.05, 0.95)):
    quantiles = np.stack([values - spread, values + spread], axis=-1)
    return ForecastPrediction(values, quantiles, levels, ("y0",), np.array(["0"] * len(values)), np.zeros((8, 2)))


def trial_of(units, values, **more):
    examples, pipeline = units
    return ForecastTrial(examples, predicted(values, **more), pipeline, None)


def in_units(units):
    examples, pipeline = units
    return pipeline.invert_targets(examples.truth(), examples.keys())


def test_the_model_is_measured_in_the_units_of_the_data(units):
    """A forecast that is 2 too high everywhere has a mean squared error of 4."""
    metrics = trial_of(units, in_units(units) + 2).model().metrics
    # Scaled targets are float32.
    assert (metrics["mse"], metrics["mae"]) == pytest.approx((4, 2), rel=1e-5)


def test_scaled_metrics_are_in_deviations(units):
    """The same error of 2 counts in standard deviations of the training part."""
    assert trial_of(units, in_units(units) + 2).model().scaled["mae"] == pytest.approx(2 / SERIES.std(), rel=1e-5)


def test_an_alternative_is_measured_like_the_model(units):
    """The same answers, given in scaled units, come to the same numbers but for the interval."""
    examples, _ = units
    trial = trial_of(units, in_units(units) + 2)
    other = trial.alternative(examples.truth().astype(np.float64) + 2 / SERIES.std())
    model = trial.model()
    assert other.metrics == pytest.approx({k: v for k, v in model.metrics.items() if k != "coverage_90"}, rel=1e-5)
    np.testing.assert_allclose(other.errors["squared error"], model.errors["squared error"], rtol=1e-5)


@pytest.mark.parametrize(("spread", "share"), [(3.0, 1.0), (1.0, 0.0)])
def test_coverage_is_that_of_the_outermost_quantiles(units, spread, share):
    """Intervals of 3 on either side hold a truth that is 2 away, intervals of 1 do not."""
    metrics = trial_of(units, in_units(units) + 2, spread=spread).model().metrics
    assert metrics["coverage_90"] == share


def test_the_key_of_the_coverage_names_the_interval(units):
    """Quantiles at 10 and 90 % are an interval of 80 %."""
    assert "coverage_80" in trial_of(units, in_units(units), levels=(0.1, 0.9)).model().metrics


@pytest.mark.parametrize(("horizon", "stride", "shared"), [(5, 1, 5), (5, 2, 3), (5, 5, 1), (5, 9, 1)])
def test_overlap_is_horizon_by_stride(make_windows, horizon, stride, shared):
    """Windows a stride apart share steps as long as the horizon reaches."""
    examples = make_windows(np.zeros(80), lookback=3, horizon=horizon)
    assert overlap(examples.take(np.arange(0, len(examples), stride))) == shared


def test_single_windows_of_many_sequences_do_not_overlap(make_windows):
    """One window each, however long the horizon."""
    assert overlap(make_windows(*np.zeros((6, 8)), lookback=3, horizon=5)) == 1


def test_blocks_are_longer_than_the_overlap_where_there_is_room(make_windows):
    """Half as many windows again, but never so many that fewer than four blocks are left."""
    examples = make_windows(np.zeros(100), lookback=3, horizon=10)
    blocks = [ForecastTrial(examples.take(slice(0, count)), None, None, None).block for count in (80, 48, 20)]
    assert blocks == [15, 12, 10]


def test_mase_denominators_are_the_seasonal_changes_in_training(units):
    """Mean absolute change over two steps of the rows the training windows cover, in the units of the data."""
    examples, pipeline = units
    denominators = mase_denominators(examples, examples, pipeline, season=2)
    np.testing.assert_allclose(denominators, np.tile(np.abs(SERIES[2:] - SERIES[:-2]).mean(), (8, 1)), rtol=1e-6)


def test_sequences_without_training_rows_have_no_denominator(units, make_windows):
    """A sequence is found by its key; a stranger's scale is not known."""
    examples, pipeline = units
    stranger = make_windows(SERIES, lookback=3, horizon=2, keys=["stranger"])
    assert np.isnan(mase_denominators(examples, stranger, pipeline, season=2)).all()


def test_a_training_part_shorter_than_a_season_has_no_denominator(units):
    """Without a single seasonal change nothing can be measured by it."""
    examples, pipeline = units
    assert np.isnan(mase_denominators(examples, examples, pipeline, season=12)).all()
