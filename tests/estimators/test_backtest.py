"""Backtests: nothing after an origin has a say in what is forecast from it."""

import json

import numpy as np
import pytest

from seqloom.errors import SettingsError
from seqloom.estimators import FitSettings, backtest, backtest_report
from seqloom.evaluate import MODEL, Origins
from seqloom.read import read
from seqloom.score import forecast_metrics

RIDGE = {"target": ["load"], "horizon": 4, "lookback": 12, "method": "ridge"}


def table(count=240, seed=0):
    """A noisy season of twelve."""
    steps = np.arange(count)
    noise = np.random.default_rng(seed).normal(0, 0.3, count)
    return {"load": 10 + 3 * np.sin(2 * np.pi * steps / 12) + noise}


def origins_of(values, origins=None, **chosen):
    """The backtest of a table."""
    settings = FitSettings.flat({**RIDGE, **chosen})
    return backtest(read(values, settings=settings.reading), settings, origins or Origins(folds=3))


@pytest.fixture(scope="module")
def found():
    """Three origins of ridge regression."""
    return origins_of(table())


@pytest.mark.parametrize("chosen", [{}, {"method": "network", "epochs": 1, "hidden_size": 4}])
def test_the_future_has_no_say(chosen):
    """Whatever comes after the last origin, what is forecast from it is the same to the last bit."""
    honest, poisoned = table(), table()
    poisoned["load"] = np.where(np.arange(240) >= 200, 1e4, poisoned["load"])
    origins = Origins(folds=3)
    firsts = [origins_of(values, origins, **chosen).folds[-1].values[MODEL][0] for values in (honest, poisoned)]
    np.testing.assert_array_equal(*firsts)


def test_adaptive_widths_know_nothing_of_what_follows():
    """Bounds of windows that end before the poison are the same to the last bit; later ones are not."""
    honest, poisoned = table(), table()
    poisoned["load"] = np.where(np.arange(240) >= 225, 1e4, poisoned["load"])
    one, other = (origins_of(values, interval_width="adaptive").folds[-1] for values in (honest, poisoned))
    before = one.times[:, 0] <= 225
    np.testing.assert_array_equal(one.quantiles[before], other.quantiles[before])
    assert (one.quantiles[~before] != other.quantiles[~before]).any()
    assert one.quantiles is one.bounds["adaptive"]


def test_both_widths_are_measured_whichever_the_model_has(found):
    """A model of fixed width is told what the adaptive one would have come to, and the other way round."""
    adaptive = origins_of(table(), interval_width="adaptive")
    for kind in ("fixed", "adaptive"):
        assert found.intervals[kind].coverage == adaptive.intervals[kind].coverage
        assert found.intervals[kind].width == pytest.approx(adaptive.intervals[kind].width, rel=1e-5)
    assert found.intervals["fixed"].by_step == tuple(found.coverage)


def test_windows_of_all_origins_are_judged_together(found):
    """Metrics are those of all forecasts, one after the other."""
    values = np.concatenate([one.values[MODEL] for one in found.folds])
    truth = np.concatenate([one.truth for one in found.folds])
    scale = np.concatenate([one.denominators for one in found.folds])
    assert found.metrics[MODEL] == pytest.approx(forecast_metrics(values, truth, scale=scale))
    assert found.by_step[MODEL].shape == (4, 1)
    assert {"naive", "ar"} <= found.metrics.keys()
    assert found.verdict.sentence


@pytest.mark.parametrize("every", [1, 2])
def test_scaled_errors_are_those_of_the_training_part_before_each_origin(every):
    """By hand: errors over the mean change from season to season of what the fit of that origin learned from."""
    load, horizon, scaled = table()["load"], 4, []
    backtested = origins_of(table(), Origins(folds=3, every=every))
    fits = [fold.fold for fold in backtested.folds if fold.fold.fits]
    assert len(fits) == (3 if every == 1 else 2)
    for one in backtested.folds:
        fitted = max((fold for fold in fits if fold.number <= one.fold.number), key=lambda fold: fold.number)
        rows = int(one.judged.answered.training.stop.max()) + horizon
        assert rows < fitted.learned.total_steps  # the validation part lies between
        scale = np.abs(load[12:rows] - load[: rows - 12]).mean()
        scaled.append(np.abs(one.values[MODEL] - one.truth) / scale)
        mine = one.judged.judgement.metrics["model"]["mase"]
        assert mine == pytest.approx(scaled[-1].mean(), rel=1e-5)  # scaled values are kept in single precision
    errors = np.concatenate(scaled)
    assert backtested.metrics[MODEL]["mase"] == pytest.approx(errors.mean(), rel=1e-5)
    np.testing.assert_allclose(backtested.scaled_by_step[MODEL], errors.mean(axis=(0, 2)), rtol=1e-5)


def test_errors_are_scaled_by_nothing_that_follows_an_origin():
    """Poison after the last origin changes its errors, not what they are divided by."""
    poisoned = table()
    poisoned["load"] = np.where(np.arange(240) >= 200, 1e4, poisoned["load"])
    honest, other = (origins_of(values).folds[-1] for values in (table(), poisoned))
    np.testing.assert_array_equal(np.unique(honest.denominators), np.unique(other.denominators))
    assert other.judged.judgement.metrics["model"]["mase"] > 100 * honest.judged.judgement.metrics["model"]["mase"]


def test_without_a_change_there_is_no_scaled_error():
    """Seasons that are all the same give nothing to measure by: no metric, and none in what is written down."""
    found = origins_of({"load": np.tile(np.arange(12.0) ** 2 % 7, 20)}, method="naive")
    assert "mase" not in found.metrics[MODEL]
    assert json.loads(json.dumps(found.to_json()))["mase_by_step"]["model"] == [None] * 4


def test_a_season_is_foreseen_as_well_as_noise_allows(found):
    """And the interval holds about what it promises."""
    assert found.metrics[MODEL]["rmse"] < 0.5
    assert 0.75 < found.coverage.mean() <= 1


def test_between_fits_the_earlier_model_goes_on():
    """With the alternatives that were fitted beside it, on later windows."""
    every = origins_of(table(), Origins(folds=4, every=2))
    models = [one.judged.answered.model for one in every.folds]
    assert models[0] is models[1]
    assert models[1] is not models[2]
    assert every.folds[0].judged.answered.alternatives is every.folds[1].judged.answered.alternatives
    assert len(every.folds[0].truth) == len(every.folds[1].truth)


def test_all_origins_answer_the_same_question():
    """Horizon and lookback are chosen once, from the first past."""
    settings = FitSettings.flat({"target": ["load"], "method": "ridge"})
    found = backtest(read(table(), settings=settings.reading), settings, Origins(folds=2))
    horizons = {one.truth.shape[1] for one in found.folds}
    lookbacks = {one.judged.answered.model.settings.lookback for one in found.folds}
    assert len(horizons) == len(lookbacks) == 1


def test_only_forecasts_have_origins():
    """Classes of whole sequences have none."""
    values = {"id": np.repeat(np.arange(40), 5), "x": np.arange(200.0), "kind": np.repeat(["a", "b"] * 20, 5)}
    settings = FitSettings.flat({"target": ["kind"], "group": "id", "method": "majority"})
    with pytest.raises(SettingsError, match="task: expected a forecast, came classes"):
        backtest(read(values, settings=settings.reading), settings, Origins(folds=2))


def test_what_was_found_can_be_written_down(found):
    """As JSON, fold by fold."""
    plain = json.loads(json.dumps(found.to_json()))
    assert [fold["fold"] for fold in plain["folds"]] == [1, 2, 3]
    assert plain["metrics"]["model"]["mase"] > 0
    assert all(fold["metrics"]["model"]["mase"] > 0 for fold in plain["folds"])
    assert len(plain["mase_by_step"]["model"]) == 4
    assert plain["verdict"] == found.verdict.sentence


def test_the_report_shows_origins_and_steps(found):
    """With the metrics of all, and a question."""
    report = backtest_report(found)
    names = [figure.name for section in report.sections for figure in section.figures]
    assert names == ["error-by-origin", "error-by-step", "coverage", "coverage-over-time"]
    assert report.verdict == found.verdict.sentence
    assert report.to_html().count("<h2") >= 4
