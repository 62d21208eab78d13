"""A backtest: the same training again and again, each time with a later past, judged on what came next."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import SettingsError
from seqloom.estimators.fitted import fit_dataset
from seqloom.estimators.judged import Judged, judge_examples, stake_of, title_of
from seqloom.estimators.parts import held_out
from seqloom.estimators.plan import Plan
from seqloom.estimators.settings import FitSettings
from seqloom.estimators.task import task_of
from seqloom.evaluate import (
    MODEL,
    SQUARED_ERROR,
    Comparison,
    Fold,
    ForecastTrial,
    IntervalRecord,
    Origins,
    Verdict,
    alternative_answers,
    compare,
    coverage_by_step,
    folds_of,
    interval_records,
    verdict,
)
from seqloom.prepare import joint
from seqloom.score import forecast_metrics, mase
from seqloom.sequence import Array, ForecastPrediction, SequenceDataset
from seqloom.tasks import TASKS
from seqloom.train import Progress

Values = NDArray[np.float64]


@dataclass(frozen=True)
class JudgedFold:
    """What came of one origin.

    Args:
        fold: which steps were known, and which followed.
        judged: model and alternatives on the windows that followed.
        values: forecasts of each in the units of the data, by name, [E, P, C].
        truth: what came, [E, P, C].
        times: of the steps ahead, [E, P].
        quantiles: bounds of the model's interval, [E, P, C, 2].
        bounds: the same by how their widths are set, as the model has them and as it has not.
        errors: mean squared error of each window in scaled units, by name, [E].
        denominators: of the mean absolute scaled error, from the training part of the fit alone, [E, C]; NaN where a
            sequence has no more than a season of it.
        block: neighbouring windows that depend on each other.
    """

    fold: Fold
    judged: Judged
    values: Mapping[str, Values]
    truth: Values
    times: Array
    quantiles: Values
    bounds: Mapping[str, Values]
    errors: Mapping[str, Values]
    denominators: Values
    block: int


@dataclass(frozen=True)
class Backtest:
    """All origins together.

    Args:
        folds: in order of time.
        planned: what a fit was to be at the last origin.
        metrics: over the windows of all origins, in the units of the data, by name.
        by_step: root mean squared error of each step ahead, in the units of the data, by name, [P, C].
        scaled_by_step: mean absolute scaled error of each step ahead, by name, [P]; NaN where nothing can be scaled.
        coverage: share of values inside the model's interval, by step ahead, [P].
        intervals: what intervals came to over all windows, by how their widths are set; both begin at every origin
            with the widths that were measured before it.
        comparisons: of the model with each alternative, over all windows.
        verdict: what follows from them.
    """

    folds: tuple[JudgedFold, ...]
    planned: Plan
    metrics: Mapping[str, Mapping[str, float]]
    by_step: Mapping[str, Values]
    scaled_by_step: Mapping[str, Values]
    coverage: Values
    intervals: Mapping[str, IntervalRecord]
    comparisons: tuple[Comparison, ...]
    verdict: Verdict

    def to_json(self) -> dict[str, Any]:
        """The same in plain numbers, lists and dictionaries."""
        return {
            "folds": [
                {
                    "fold": one.fold.number + 1,
                    "fitted": one.fold.fits,
                    "learned_steps": one.fold.learned.total_steps,
                    "windows": len(one.truth),
                    "metrics": {name: dict(row) for name, row in one.judged.judgement.metrics.items()},
                }
                for one in self.folds
            ],
            "metrics": {name: dict(row) for name, row in self.metrics.items()},
            "rmse_by_step": {name: rows.tolist() for name, rows in self.by_step.items()},
            "mase_by_step": {
                name: [None if np.isnan(one) else float(one) for one in own]
                for name, own in self.scaled_by_step.items()
            },
            "coverage_by_step": self.coverage.tolist(),
            "intervals": {name: asdict(record) for name, record in self.intervals.items()},
            "verdict": self.verdict.sentence,
        }


def backtest(
    dataset: SequenceDataset,
    settings: FitSettings,
    origins: Origins | None = None,
    *,
    progress: Progress | None = None,
) -> Backtest:
    """Fit at origins that move on, and judge each time on the steps that follow, as if they were not known yet.

    Preparation, model and alternatives learn from nothing after their origin; the validation part is cut from the end
    of what they know. Where a fit is kept for several origins, the alternatives are kept with it.

    Args:
        dataset: the data as it was read.
        settings: of each fit; what is left open is chosen from the first past, and kept.
        origins: how the data is gone through.
        progress: who is told how the trainings go.

    Raises:
        SettingsError: the task is no forecast.
        DataError: a fold has too few steps.
    """
    _must_forecast(task_of(dataset, settings.task))
    origins = origins or Origins()
    kept: Judged | None = None
    found: list[JudgedFold] = []
    for fold in folds_of(dataset, origins):
        if progress is not None:
            progress.announce(f"origin {fold.number + 1} of {origins.folds}")
        if fold.fits or kept is None:
            fitted = fit_dataset(fold.learned, settings, test=fold.later, progress=progress)
            kept, settings = fitted.judged, _same_shape(settings, fitted.walked.plan)
            judged, planned = kept, fitted.walked.plan
        else:
            judged = _again(kept, fold)
        found.append(_judged(fold, judged))
    return _together(tuple(found), planned, title_of(found[-1].judged.answered.model))


def _must_forecast(task: str) -> None:
    if "horizon" not in TASKS[task].listens:
        fix = "judge it by its test part: its sequences have no origin in time"
        raise SettingsError("task", expected="a forecast", came=TASKS[task].subject, fix=fix)


def _same_shape(settings: FitSettings, planned: Plan) -> FitSettings:
    """The settings with the horizon and the lookback of the first fit, so that all folds answer the same question."""
    model = planned.settings.model
    kept = settings.model.model_copy(update={"horizon": model.horizon, "lookback": model.lookback})
    return settings.model_copy(update={"model": kept, "task": planned.task})


def _again(kept: Judged, fold: Fold) -> Judged:
    """A fit of an earlier origin on what followed this one."""
    answered = kept.answered
    kind, pipeline = type(answered.model), answered.pipeline
    parts = held_out(kind, fold.learned, fold.later)
    prepared = pipeline.transform(parts.test_dataset)
    examples = kind.examples(prepared, parts.test_split, "test", answered.model.settings)
    return judge_examples(answered.model, pipeline, examples, answered.alternatives, answered.training)


def _judged(fold: Fold, judged: Judged) -> JudgedFold:
    answered, prediction = judged.answered, judged.prediction
    if not isinstance(prediction, ForecastPrediction):
        raise TypeError(type(prediction))
    windows, pipeline = joint(answered.examples), answered.pipeline
    trial = TASKS[answered.model.task].trial(answered)
    if not isinstance(trial, ForecastTrial) or trial.denominators is None:
        raise TypeError(type(trial))
    errors = {MODEL: trial.model().errors[SQUARED_ERROR]}
    for one in answered.alternatives.fitted:
        errors[one.name] = trial.alternative(one.predict(trial.examples)).errors[SQUARED_ERROR]
    truth = pipeline.invert_targets(windows.truth().astype(np.float64), windows.keys())
    return JudgedFold(
        fold=fold,
        judged=judged,
        values={MODEL: prediction.values, **alternative_answers(answered.alternatives, answered.examples, pipeline)},
        truth=truth,
        times=prediction.times,
        quantiles=prediction.quantiles,
        bounds=trial.bounds,
        errors=errors,
        denominators=trial.denominators,
        block=trial.block,
    )


def _scaled_by_step(values: Values, truth: Values, scale: Values) -> Values:
    """The mean absolute scaled error of each step ahead, NaN where nothing can be scaled, [P]."""
    found = [mase(values[:, step : step + 1], truth[:, step : step + 1], scale) for step in range(truth.shape[1])]
    return np.array([np.nan if one is None else one for one in found])


def _together(folds: tuple[JudgedFold, ...], planned: Plan, title: str) -> Backtest:
    names = [name for name in folds[0].values if all(name in one.values for one in folds)]
    truth = np.concatenate([one.truth for one in folds])
    values = {name: np.concatenate([one.values[name] for one in folds]) for name in names}
    errors = {name: np.concatenate([one.errors[name] for one in folds]) for name in names}
    model = folds[-1].judged.answered.model
    titles = {one.name: one.title for one in folds[0].judged.answered.alternatives.fitted}
    comparisons = [
        compare(
            errors[MODEL],
            errors[name],
            block=max(one.block for one in folds),
            name=name,
            title=titles[name],
            error=SQUARED_ERROR,
        )
        for name in names
        if name != MODEL
    ]
    shared = [name for name in folds[0].bounds if all(name in one.bounds for one in folds)]
    bounds = {name: np.concatenate([one.bounds[name] for one in folds]) for name in shared}
    said, times, scale = (
        np.concatenate([getattr(one, name) for one in folds]) for name in ("quantiles", "times", "denominators")
    )
    return Backtest(
        folds=folds,
        planned=planned,
        metrics={name: forecast_metrics(own, truth, scale=scale) for name, own in values.items()},
        by_step={name: np.sqrt(np.nanmean((own - truth) ** 2, axis=0)) for name, own in values.items()},
        scaled_by_step={name: _scaled_by_step(own, truth, scale) for name, own in values.items()},
        coverage=coverage_by_step(said[..., 0], said[..., -1], truth),
        intervals=interval_records(bounds, truth, times, model.settings.interval),
        comparisons=tuple(comparisons),
        verdict=verdict(comparisons, model=title, stake=stake_of(model)),
    )
