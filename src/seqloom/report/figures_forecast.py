"""Figures about forecasts: plain arrays to figure data."""

from collections.abc import Sequence

import numpy as np

from seqloom.evaluate.intervals import coverage_by_step
from seqloom.report.figure_data import SERIES, AnyMark, Axis, Band, FigureData, Line, Panel, Rule, clock
from seqloom.report.forecast_outcome import Floats, ForecastOutcome, consecutive_windows, root_mean_square
from seqloom.report.table import entrant_name, written
from seqloom.report.thin import PLAIN, thin
from seqloom.sequence import Array

SHARES = (0.1, 0.5, 0.75, 0.9)
"""Which windows are shown: those whose error is larger than this share of all windows'."""


def window_panel(outcome: ForecastOutcome, window: int, target: int, title: str) -> Panel:
    """One window: the end of what the model saw, what it forecast, what happened."""
    prediction, keep = outcome.prediction, thin(outcome.history[window, :, target], PLAIN)
    seen, _ = clock(outcome.history_times[window][keep])
    ahead, axis = clock(prediction.times[window])
    past = outcome.history[window, keep, target]
    joined_x, joined_y = np.append(seen[-1:], ahead), np.append(past[-1:], outcome.truth[window, :, target])
    dots = prediction.values.shape[1] <= 3  # noqa: PLR2004 - so few points make no line
    marks: list[AnyMark] = [*_band(outcome, window, target, ahead)]
    marks.append(Line(name="lookback", ink="history", x=seen, y=past))
    marks.append(Line(name="what happened", ink="truth", x=joined_x, y=joined_y, dots=dots))
    marks.append(Line(name="forecast", x=ahead, y=prediction.values[window, :, target], dots=dots))
    return Panel(title=title, marks=tuple(marks), x=axis, y=Axis(label=prediction.targets[target]))


def _band(outcome: ForecastOutcome, window: int, target: int, x: Array) -> list[AnyMark]:
    pair = outcome.interval
    if pair is None:
        return []
    low, high = (outcome.prediction.quantiles[window, :, target, q] for q in pair)
    return [Band(name=band_name(outcome), x=x, low=low, high=high)]


def band_name(outcome: ForecastOutcome) -> str:
    """What the band is called in a legend."""
    return f"{100 * outcome.coverage:.0f} % interval"


def typical_windows(outcome: ForecastOutcome, target: int) -> FigureData | None:
    """Windows from an easy one to a hard one, by the size of their error."""
    errors = outcome.window_errors(target)
    known = np.flatnonzero(np.isfinite(errors))
    if not len(known):
        return None
    ranked = known[np.argsort(errors[known], kind="stable")]
    places = dict.fromkeys(round(share * (len(ranked) - 1)) for share in SHARES)
    panels = [
        window_panel(outcome, int(ranked[place]), target, _window_title(outcome, int(ranked[place]), errors))
        for place in places
    ]
    name = outcome.prediction.targets[target]
    return FigureData(
        name=f"windows-{target + 1}",
        title=f"Forecasts of {name}, from an easy window to a hard one",
        caption="Each panel is one window of the part: grey is the end of what the model saw, blue what it had then"
        " forecast, the third line what happened. The four windows stand at 10, 50, 75 and 90 % of all windows"
        " ordered by their root mean squared error (RMSE), so the second is the typical one.",
        panels=tuple(panels),
    )


def worst_windows(outcome: ForecastOutcome, target: int, windows: Sequence[int]) -> FigureData:
    """The windows with the largest errors, as given."""
    errors = outcome.window_errors(target)
    return FigureData(
        name=f"worst-windows-{target + 1}",
        title=f"Worst forecasts of {outcome.prediction.targets[target]}",
        caption="The windows with the largest root mean squared error (RMSE), worst first; windows that overlap one"
        " already shown are left out. A jump that nothing announced is bad luck; the same miss again and again is a"
        " fault.",
        panels=tuple(
            window_panel(outcome, window, target, _window_title(outcome, window, errors)) for window in windows
        ),
    )


def _window_title(outcome: ForecastOutcome, window: int, errors: Floats) -> str:
    start = outcome.prediction.times[window][0]
    several = len(np.unique(outcome.prediction.keys)) > 1
    key = f"{outcome.prediction.keys[window]}, " if several else ""
    return f"{key}from {moment(start)} · RMSE {written(float(errors[window]))}"


def moment(time: object) -> str:
    """A time stamp without empty hours, or a step number.

    Example:
        >>> moment(np.datetime64("2020-03-01T00:00:00")), moment(17)
        ('2020-03-01', 'step 17')
    """
    if isinstance(time, np.datetime64):
        return str(time.astype("datetime64[m]")).replace("T", " ").removesuffix(" 00:00")
    return f"step {time:g}" if isinstance(time, int | float | np.number) else str(time)


def stretch(outcome: ForecastOutcome, target: int) -> FigureData:
    """The part from beginning to end, forecast by windows that follow one another without overlap."""
    prediction = outcome.prediction
    chosen = consecutive_windows(prediction.keys, prediction.times)
    key, horizon = prediction.keys[chosen[0]], prediction.values.shape[1]
    times = prediction.times[chosen].reshape(-1)
    truth = outcome.truth[chosen, :, target].reshape(-1)
    values = prediction.values[chosen, :, target].reshape(-1)
    keep = np.union1d(thin(truth), thin(values)) if np.isfinite(truth).any() else thin(values)
    x, axis = clock(times)
    marks: list[AnyMark] = []
    if outcome.interval is not None:
        low, high = (prediction.quantiles[chosen, :, target, q].reshape(-1)[keep] for q in outcome.interval)
        marks.append(Band(name=band_name(outcome), x=x[keep], low=low, high=high))
    marks.append(Line(name="what happened", ink="truth", x=x[keep], y=truth[keep]))
    marks.append(Line(name="forecast", x=x[keep], y=values[keep]))
    several = len(np.unique(prediction.keys)) > 1
    name = prediction.targets[target]
    return FigureData(
        name=f"forecast-{target + 1}",
        title=f"Forecast and truth: {name}" + (f", sequence {key}" if several else ""),
        caption=f"{len(chosen):,} windows of {horizon} step{'s' * (horizon > 1)}, one after the other: each begins"
        " where the one before it ends, and was forecast from what was known at its beginning. The nearer the two"
        " lines, the better; the truth should leave the band only now and then.",
        panels=(Panel(marks=tuple(marks), x=axis, y=Axis(label=name), shape="wide"),),
    )


def errors_by_step(outcome: ForecastOutcome) -> FigureData:
    """How the error grows with the distance into the future, for the model and the alternatives."""
    prediction = outcome.prediction
    steps = np.arange(1, prediction.values.shape[1] + 1, dtype=np.float64)
    entrants = {"model": prediction.values} | dict(list(outcome.others.items())[: len(SERIES)])
    beside = (
        " Where the model's line meets an alternative's, the model knows no more about that distance than it does."
        if len(entrants) > 1
        else ""
    )
    panels = []
    for target, name in enumerate(prediction.targets):
        lines = [
            Line(
                name=entrant_name(entrant),
                ink=ink,
                x=steps,
                y=root_mean_square((values - outcome.truth)[:, :, target], axis=0),
                dots=len(steps) == 1,
            )
            for (entrant, values), ink in zip(entrants.items(), ("model", *SERIES), strict=False)
        ]
        shape = "wide" if len(prediction.targets) == 1 else "plain"
        axes = {"x": Axis(label="steps ahead"), "y": Axis(label=f"RMSE of {name}")}
        panels.append(Panel(title=name if shape == "plain" else "", marks=tuple(lines), shape=shape, **axes))
    return FigureData(
        name="error-by-step",
        title="Error by steps ahead",
        caption="Root mean squared error of each step of the horizon over all windows; lower is better." + beside,
        panels=tuple(panels),
    )


def coverage_figure(outcome: ForecastOutcome) -> FigureData | None:
    """The share of values inside the interval, by steps ahead; None where there is no interval."""
    if outcome.interval is None:
        return None
    low, high = (outcome.prediction.quantiles[..., q] for q in outcome.interval)  # [B, P, C]
    aim, floor, lines = 100 * outcome.coverage, 100 * outcome.coverage - 20, []
    for target, (name, ink) in enumerate(zip(outcome.prediction.targets, ("model", *SERIES), strict=False)):
        shares = 100 * coverage_by_step(*(values[:, :, [target]] for values in (low, high, outcome.truth)))
        steps = np.arange(1, len(shares) + 1)
        lines.append(Line(name=name, ink=ink, x=steps, y=shares, dots=len(shares) == 1))
        floor = min(floor, float(np.nanmin(shares, initial=100.0)) - 5)
    y = Axis(label="inside the interval, %", limits=(max(floor, -1.0), 101.0))
    marks = (Rule(name=f"promised: {aim:.0f} %", along="across", at=aim), *lines)
    return FigureData(
        name="coverage-by-step",
        title="Coverage by steps ahead",
        caption="Share of values that fell inside the interval, by distance into the future. Below the dashed line"
        " the interval is too narrow (the model is too sure of itself), above it too wide.",
        panels=(Panel(marks=marks, x=Axis(label="steps ahead"), y=y, shape="wide"),),
    )
