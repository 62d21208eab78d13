"""The task `forecast`: numbers at the next steps of series."""

from dataclasses import replace

import numpy as np
import torch

from seqloom.alternatives import (
    Alternative,
    Alternatives,
    Arima,
    Autoregression,
    Drift,
    ExponentialSmoothing,
    Hints,
    LookbackRidge,
    Naive,
    SeasonalNaive,
    Skipped,
    Theta,
)
from seqloom.evaluate import ForecastTrial, alternative_answers, conformal_offsets, mase_denominators
from seqloom.model import ForecastModel, WidthRule, outputs
from seqloom.prepare import Examples, joint
from seqloom.report import ForecastOutcome, Section, Sketch, forecast_sections
from seqloom.sequence import KEYS, Array, ForecastPrediction, Schema, moment
from seqloom.tasks.explained import AHEAD
from seqloom.tasks.reading import target_kind
from seqloom.tasks.rivals import NETS, SHUFFLED, Net
from seqloom.tasks.task import Answered, Task

COMPARED_VALUES = 3_000_000
"""Forecast values beyond which the alternatives' own are not kept for the figures: 24 MB for each of them."""
SHOWN_HISTORY = 3
"""Horizons of the past that are drawn before a forecast."""
ALTERNATIVES: tuple[type[Alternative], ...] = (Naive, SeasonalNaive, Drift, LookbackRidge, Autoregression)

RIVALS = {
    **NETS,
    "shuffled": Net(
        SHUFFLED["shuffled"].title,
        {**SHUFFLED["shuffled"].changes, "supervise": "last", "linear": 0, "normalize": "window"},
        handicap="has no linear path from the latest values and learns from whole lookbacks alone",
    ),
}
"""In shuffled order no step is the last, and no row but the whole lookback can be taught."""

Forecasts = Answered[ForecastModel, ForecastPrediction]


def untrained(season: int) -> Alternatives:
    """The forecasts that need no training part, for data without one.

    Args:
        season: steps of a season, as it was found when the model was trained.
    """
    fitted: tuple[Alternative, ...] = (Naive(), *((SeasonalNaive(season),) if season > 1 else ()), Drift())
    reason = "the training part is not at hand"
    names = {alternative.name for alternative in fitted}
    return Alternatives(fitted, {row.name: reason for row in ALTERNATIVES if row.name not in names}, season)


def bounds(answered: Forecasts) -> dict[str, Array]:
    """The bounds of the intervals with fixed and with adaptive widths, [E, P, C, 2]; of very many those asked for."""
    prediction, pipeline = answered.prediction, answered.pipeline
    if len(prediction.levels) != 2:  # noqa: PLR2004 - one interval
        return {}
    if prediction.calibrated is not None:
        return {"fixed": prediction.calibrated, "adaptive": prediction.quantiles}
    if prediction.values.size > COMPARED_VALUES:
        return {"fixed": prediction.quantiles}
    windows = joint(answered.examples)
    keys = windows.keys()
    values, low, high = (
        pipeline.scale_targets(each, keys) for each in (prediction.values, *np.moveaxis(prediction.quantiles, -1, 0))
    )
    low_level, high_level = prediction.levels
    rule = WidthRule(windows.horizon, high_level - low_level)
    followed = rule.followed(values, np.stack([low, high], axis=-1), windows)
    each = [pipeline.invert_targets(followed[..., place], keys) for place in (0, 1)]
    return {"fixed": prediction.quantiles, "adaptive": np.stack(each, axis=-1)}


def trial(answered: Forecasts) -> ForecastTrial:
    """Windows of all targets together, their errors also beside those of the seasonal naive in training."""
    windows, training, pipeline = joint(answered.examples), answered.training, answered.pipeline
    denominators = None
    if training is not None:
        denominators = mase_denominators(training, windows, pipeline, answered.alternatives.season)
    return ForecastTrial(windows, answered.prediction, pipeline, denominators, bounds(answered))


def outcome(answered: Forecasts) -> ForecastOutcome:
    """Forecasts with what happened and the end of each lookback, in the units of the data."""
    windows, pipeline = joint(answered.examples), answered.pipeline
    keys = windows.keys()
    shown = min(SHOWN_HISTORY * windows.horizon, int((windows.stop - windows.start).min()))
    rows = windows.stop[:, None] + np.arange(-shown, 0)
    times = windows.prepared.times
    return ForecastOutcome(
        prediction=answered.prediction,
        truth=pipeline.invert_targets(windows.truth(), keys),
        history=pipeline.invert_targets(windows.prepared.targets[rows], keys),
        history_times=rows - windows.prepared.offsets[windows.sequence][:, None] if times is None else times[rows],
    )


def sections(answered: Forecasts) -> tuple[Section, ...]:
    """Forecasts beside what happened, and beside those of the alternatives where they are not too many."""
    shown = replace(outcome(answered), bounds=bounds(answered))
    if answered.prediction.values.size <= COMPARED_VALUES:
        others = alternative_answers(answered.alternatives, answered.examples, answered.pipeline)
        shown = replace(shown, others=others)
    return forecast_sections(shown, season=answered.alternatives.season)


def sketch(answered: Forecasts) -> Sketch:
    """The last forecast of the first sequence and target, drawn with letters."""
    shown = outcome(answered)
    prediction, pair = shown.prediction, shown.interval
    window = int(np.flatnonzero(prediction.keys == prediction.keys[0])[-1])
    low, high = (None, None) if pair is None else (prediction.quantiles[window, :, 0, place] for place in pair)
    times = shown.history_times[window], prediction.times[window]
    return Sketch(
        history=shown.history[window, :, 0],
        forecast=prediction.values[window, :, 0],
        low=low,
        high=high,
        truth=shown.truth[window, :, 0],
        labels=(moment(times[0][0]), moment(times[1][0]), moment(times[1][-1])),
        title=f"{prediction.targets[0]}: the last test window, forecast and what happened",
    )


def poses(schema: Schema) -> bool:
    """Numbers that change from step to step, if they are not the keys of a piano."""
    numbers = schema.per_step_target and target_kind(schema) == "number"
    return numbers and schema.ending is None and schema.targets != KEYS


def start(model: ForecastModel, training: Examples, seed: int) -> None:
    """The linear path of a forecast starts from ridge regression on as many past values."""
    if model.linear is None:
        return
    windows = joint(training)
    ridge = LookbackRidge.fit(replace(windows, start=windows.stop - model.linear.in_features), Hints(seed=seed))
    if not isinstance(ridge, Skipped):
        model.start_from(ridge.weights)


def calibrate(model: ForecastModel, validation: Examples) -> None:
    """Conformal offsets of the interval, step by step, in scaled units."""
    model.interval_offsets.zero_()
    quantiles = outputs(model, validation)["quantiles"].astype(np.float64)
    lower, upper = quantiles[..., 0], quantiles[..., -1]
    offsets = conformal_offsets(lower, upper, validation.truth().astype(np.float64), model.settings.interval)
    model.interval_offsets.copy_(torch.from_numpy(offsets.astype(np.float32)))


FORECAST = Task(
    model=ForecastModel,
    title="Forecast",
    subject="a forecast",
    metrics=("rmse", "mae", "smape", "mase", "r2", "coverage_90"),
    alternatives=ALTERNATIVES,
    thorough=(Theta, ExponentialSmoothing, Arima),
    rivals=RIVALS,
    untrained=untrained,
    trial=trial,
    sections=sections,
    explained=AHEAD,
    sketch=sketch,
    poses=poses,
    reading=lambda _: {"per_step_target": True},
    listens=(
        *("horizon", "normalize", "linear", "judged_stride", "channels", "supervise", "order"),
        *("lookback", "stride", "interval", "interval_width", "segment", "loss", "target_transform"),
    ),
    ignores=("members",),
    start=start,
    calibrate=calibrate,
    measured=("interval_offsets",),
    seasonal=True,
    comparable=False,
)
