"""What a report says about forecasts."""

import numpy as np

from seqloom.evaluate.figure_data import FigureData
from seqloom.evaluate.figures_forecast import (
    coverage_by_step,
    errors_by_step,
    moment,
    stretch,
    typical_windows,
    worst_windows,
)
from seqloom.evaluate.figures_residuals import autocorrelation, predicted_against_actual, residual_histogram
from seqloom.evaluate.forecast_outcome import Floats, ForecastOutcome
from seqloom.evaluate.report import Section
from seqloom.evaluate.sections import records_table

TARGETS = 4
"""Targets that get figures of their own; metrics cover all of them."""

WORST = 6


def forecast_sections(outcome: ForecastOutcome) -> tuple[Section, ...]:
    """Forecasts drawn, errors, residuals, the interval's coverage, the worst windows.

    Args:
        outcome: forecasts over the windows of one part and what happened.
    """
    parts = (_forecasts(outcome), _errors(outcome), _interval(outcome), _worst(outcome))
    return tuple(part for part in parts if part is not None)


def _shown(outcome: ForecastOutcome) -> range:
    return range(min(TARGETS, len(outcome.prediction.targets)))


def _forecasts(outcome: ForecastOutcome) -> Section:
    figures: list[FigureData] = []
    for target in _shown(outcome):
        typical = typical_windows(outcome, target)
        figures += [stretch(outcome, target), *([typical] if typical else [])]
    names = outcome.prediction.targets
    left_out = f"The first {TARGETS} of {len(names)} targets are drawn; the metrics cover all of them."
    return Section(title="Forecasts", text=(left_out,) if len(names) > TARGETS else (), figures=tuple(figures))


def _errors(outcome: ForecastOutcome) -> Section:
    keep = len(_shown(outcome))
    names = outcome.prediction.targets[:keep]
    values = outcome.prediction.values[:, :, :keep].reshape(-1, keep)
    scatter = predicted_against_actual(values, outcome.truth[:, :, :keep].reshape(-1, keep), names)
    return Section(title="Errors", figures=(errors_by_step(outcome), scatter))


def _interval(outcome: ForecastOutcome) -> Section | None:
    figure = coverage_by_step(outcome)
    if figure is None:
        return None
    return Section(
        title="Prediction interval",
        text=("An interval is honest when it holds the share of values it promises, and useful when it is narrow.",),
        tables=(records_table("Promised and observed coverage", _coverage_records(outcome)),),
        figures=(figure,),
    )


def _coverage_records(outcome: ForecastOutcome) -> list[dict[str, str | float]]:
    """One record per target and symmetric pair of quantiles."""
    levels, records = outcome.prediction.levels, []
    known = np.isfinite(outcome.truth)
    for low, high in outcome.intervals:
        below, above = outcome.prediction.quantiles[..., low], outcome.prediction.quantiles[..., high]
        inside = (outcome.truth >= below) & (outcome.truth <= above)
        for target, name in enumerate(outcome.prediction.targets):
            own = known[:, :, target]
            if own.any():
                records.append({
                    "target": name,
                    "promised, %": 100 * (levels[high] - levels[low]),
                    "observed, %": 100 * float(inside[:, :, target][own].mean()),
                    "below it, %": 100 * float((outcome.truth < below)[:, :, target][own].mean()),
                    "above it, %": 100 * float((outcome.truth > above)[:, :, target][own].mean()),
                    "mean width": float((above - below)[:, :, target][own].mean()),
                    "values": int(own.sum()),
                })
    return records


def _worst(outcome: ForecastOutcome) -> Section | None:
    figures, tables = [], []
    for target in _shown(outcome):
        windows = worst_places(outcome, target)
        if windows:
            figures.append(worst_windows(outcome, target, windows))
            title = f"Largest errors of {outcome.prediction.targets[target]}"
            tables.append(records_table(title, [_window_record(outcome, window, target) for window in windows]))
    return Section(title="Worst windows", tables=tuple(tables), figures=tuple(figures)) if figures else None


def _window_record(outcome: ForecastOutcome, window: int, target: int) -> dict[str, str | float]:
    return {
        "sequence": str(outcome.prediction.keys[window]),
        "begins": moment(outcome.prediction.times[window, 0]),
        "RMSE": float(outcome.window_errors(target)[window]),
        "mean of actual": float(np.nanmean(outcome.truth[window, :, target])),
        "mean of forecast": float(outcome.prediction.values[window, :, target].mean()),
    }


def worst_places(outcome: ForecastOutcome, target: int, count: int = WORST) -> list[int]:
    """The windows with the largest errors that do not overlap each other, worst first."""
    errors = outcome.window_errors(target)
    keys, times = outcome.prediction.keys, outcome.prediction.times
    chosen: list[int] = []
    for window in np.argsort(-np.where(np.isfinite(errors), errors, -1.0), kind="stable"):
        if len(chosen) == count or not errors[window] > 0:
            break
        apart = all(
            keys[window] != keys[other] or times[window, 0] > times[other, -1] or times[window, -1] < times[other, 0]
            for other in chosen
        )
        if apart:
            chosen.append(int(window))
    return chosen
