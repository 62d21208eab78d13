"""What a report says about forecasts."""

import numpy as np

from seqloom.evaluate.interval_record import interval_records
from seqloom.evaluate.residuals import autocorrelation, one_step_residuals
from seqloom.report.contents import Section
from seqloom.report.figures_forecast import (
    coverage_figure,
    errors_by_step,
    moment,
    stretch,
    typical_windows,
    worst_windows,
)
from seqloom.report.figures_intervals import coverage_over_time, widths_table
from seqloom.report.figures_residuals import autocorrelation_figure, predicted_against_actual, residual_histogram
from seqloom.report.forecast_outcome import ForecastOutcome
from seqloom.report.sections import records_table
from seqloom.report.table import Cell

TARGETS = 4
"""Targets that get figures of their own; metrics cover all of them."""

WORST = 6


def forecast_sections(outcome: ForecastOutcome, *, season: int = 1) -> tuple[Section, ...]:
    """Forecasts drawn, errors, residuals, the interval's coverage, the worst windows.

    Args:
        outcome: forecasts over the windows of one part, in order of time, and what happened.
        season: steps of a season: how far the autocorrelation looks.
    """
    parts = (_forecasts(outcome), _errors(outcome), _residuals(outcome, season), _interval(outcome), _worst(outcome))
    return tuple(part for part in parts if part is not None)


def _shown(outcome: ForecastOutcome) -> range:
    return range(min(TARGETS, len(outcome.prediction.targets)))


def _forecasts(outcome: ForecastOutcome) -> Section:
    figures = []
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


def _residuals(outcome: ForecastOutcome, season: int) -> Section:
    """The residuals of all steps together, and whether those one step ahead announce each other."""
    prediction, found, text = outcome.prediction, {}, []
    for target in _shown(outcome):
        one_step = one_step_residuals(prediction.values, outcome.truth, prediction.keys, target)
        own = autocorrelation(one_step, season=season)
        if own is not None:
            name = prediction.targets[target]
            found[name] = own
            text.append(f"{name}: {own.sentence}" if len(prediction.targets) > 1 else own.sentence)
    names = prediction.targets[: len(_shown(outcome))]
    histogram = residual_histogram(outcome.residuals[:, :, : len(names)].reshape(-1, len(names)), names)
    return Section(
        title="Residuals", text=tuple(text), figures=(histogram, *([autocorrelation_figure(found)] if found else []))
    )


def _interval(outcome: ForecastOutcome) -> Section | None:
    figure = coverage_figure(outcome)
    if figure is None:
        return None
    over_time = coverage_over_time(outcome)
    widths = interval_records(outcome.bounds, outcome.truth, outcome.prediction.times, outcome.coverage)
    return Section(
        title="Prediction interval",
        text=("An interval is honest when it holds the share of values it promises, and useful when it is narrow.",),
        tables=(
            records_table("Promised and observed coverage", _coverage_records(outcome)),
            *((widths_table(widths, outcome.coverage),) if widths else ()),
        ),
        figures=(figure, *((over_time,) if over_time else ())),
    )


def _coverage_records(outcome: ForecastOutcome) -> list[dict[str, Cell]]:
    """One record per target and symmetric pair of quantiles."""
    levels, records = outcome.prediction.levels, list[dict[str, Cell]]()
    known = np.isfinite(outcome.truth)
    for low, high in outcome.intervals:
        below, above = outcome.prediction.quantiles[..., low], outcome.prediction.quantiles[..., high]
        inside = (outcome.truth >= below) & (outcome.truth <= above)
        for target, name in enumerate(outcome.prediction.targets):
            own = known[:, :, target]
            if own.any():
                records.append(
                    {
                        "target": name,
                        "promised, %": 100 * (levels[high] - levels[low]),
                        "observed, %": 100 * float(inside[:, :, target][own].mean()),
                        "below it, %": 100 * float((outcome.truth < below)[:, :, target][own].mean()),
                        "above it, %": 100 * float((outcome.truth > above)[:, :, target][own].mean()),
                        "mean width": float((above - below)[:, :, target][own].mean()),
                        "values": int(own.sum()),
                    }
                )
    return records


def _worst(outcome: ForecastOutcome) -> Section | None:
    figures, tables = [], []
    for target in _shown(outcome):
        windows = outcome.worst_windows(target, WORST)
        if windows:
            figures.append(worst_windows(outcome, target, windows))
            title = f"Largest errors of {outcome.prediction.targets[target]}"
            tables.append(records_table(title, [_window_record(outcome, window, target) for window in windows]))
    return Section(title="Worst windows", tables=tuple(tables), figures=tuple(figures)) if figures else None


def _window_record(outcome: ForecastOutcome, window: int, target: int) -> dict[str, Cell]:
    prediction = outcome.prediction
    several = len(np.unique(prediction.keys)) > 1
    return {
        **({"sequence": str(prediction.keys[window])} if several else {}),
        "begins": moment(prediction.times[window, 0]),
        "RMSE": float(outcome.window_errors(target)[window]),
        "mean of what happened": float(np.nanmean(outcome.truth[window, :, target])),
        "mean of the forecast": float(prediction.values[window, :, target].mean()),
    }
