"""What a report says about a backtest."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.report.contents import Section
from seqloom.report.figure_data import SERIES, Axis, FigureData, Line, Panel, Rule
from seqloom.report.sections import records_table
from seqloom.report.table import Cell, entrant_name, scores_table

Values = NDArray[np.float64]


def backtest_sections(
    records: Sequence[Mapping[str, Cell]],
    metrics: Mapping[str, Mapping[str, float]],
    by_fold: Mapping[str, Values],
    by_step: Mapping[str, Values],
    coverage: Values,
    *,
    promised: float,
    target: str,
    model: str,
) -> tuple[Section, ...]:
    """Metrics over all origins, the origins one by one, the steps ahead one by one.

    Args:
        records: one for each origin.
        metrics: over the windows of all origins, by entrant.
        by_fold: root mean squared error after each origin, by entrant, [folds].
        by_step: the same of each step ahead, by entrant, [P].
        coverage: share of values inside the model's interval, by step ahead, [P].
        promised: the share it promises.
        target: what is forecast, in words.
        model: which of the entrants is the model.
    """
    scores = scores_table(metrics, model=model, title="Metrics over the windows of all origins")
    shown = _shown(by_fold, model)
    return (
        Section(title="Metrics", tables=(scores,)),
        Section(
            title="Origins",
            text=("What lay before an origin was learned from; what came next was forecast, and then looked at.",),
            tables=(records_table("Origins one by one", records),),
            figures=(_fold_figure({name: by_fold[name] for name in shown}, target, model),),
        ),
        Section(
            title="Steps ahead",
            figures=(
                _step_figure({name: by_step[name] for name in shown}, target, model),
                _coverage_figure(coverage, promised),
            ),
        ),
    )


def _shown(by_fold: Mapping[str, Values], model: str) -> list[str]:
    """The model and the alternatives of least error, as many as there are colours."""
    others = sorted((name for name in by_fold if name != model), key=lambda name: float(np.mean(by_fold[name])))
    return [model, *others[: len(SERIES)]]


def _lines(rows: Mapping[str, Values], model: str) -> tuple[Line, ...]:
    inks = iter(SERIES)
    lines = []
    for name, values in rows.items():
        steps = np.arange(1, len(values) + 1, dtype=np.float64)
        ink = "model" if name == model else next(inks)
        lines.append(Line(name=entrant_name(name), ink=ink, x=steps, y=values, dots=len(values) < 13))  # noqa: PLR2004 - few
    return tuple(lines)


def _fold_figure(rows: Mapping[str, Values], target: str, model: str) -> FigureData:
    means = {name: float(np.mean(values)) for name, values in rows.items()}
    wins = int(sum(values <= min(others) for values, *others in zip(*rows.values(), strict=True)))
    count = len(rows[model])
    panel = Panel(
        marks=_lines(rows, model),
        x=Axis(label="origin, from the earliest to the latest"),
        y=Axis(label=f"RMSE of {target}"),
        shape="wide",
    )
    best = entrant_name(min(means, key=lambda name: means[name]))
    return FigureData(
        name="error-by-origin",
        title="Error after each origin",
        caption=(
            f"Root mean squared error of what followed each origin; lower is better. The model has the least error"
            f" after {wins} of {count} origins, {best} on average. Lines that rise and fall together follow the data:"
            " some stretches are harder for all."
        ),
        panels=(panel,),
    )


def _step_figure(rows: Mapping[str, Values], target: str, model: str) -> FigureData:
    panel = Panel(
        marks=_lines(rows, model), x=Axis(label="steps ahead"), y=Axis(label=f"RMSE of {target}"), shape="wide"
    )
    return FigureData(
        name="error-by-step",
        title="Error by steps ahead, over all origins",
        caption=(
            "Root mean squared error of each step of the horizon; lower is better. Where the model's line meets an"
            " alternative's, the model knows no more about that distance than it does."
        ),
        panels=(panel,),
    )


def _coverage_figure(coverage: Values, promised: float) -> FigureData:
    steps = np.arange(1, len(coverage) + 1, dtype=np.float64)
    aim = 100 * promised
    line = Line(name="observed", ink="model", x=steps, y=100 * coverage, dots=len(coverage) < 13)  # noqa: PLR2004 - few
    low = min(float(100 * np.nanmin(coverage)), aim - 20) - 2
    panel = Panel(
        marks=(Rule(name=f"promised: {aim:.0f} %", along="across", at=aim), line),
        x=Axis(label="steps ahead"),
        y=Axis(label="inside the interval, %", limits=(max(low, -1.0), 101.0)),
        shape="wide",
    )
    return FigureData(
        name="coverage",
        title="Coverage of the interval, over all origins",
        caption=(
            f"The share of values inside the model's interval, {100 * float(np.nanmean(coverage)):.0f} % in all."
            " Below the dashed line it is too narrow: what came next varied more than the validation part, from which"
            " its width was taken."
        ),
        panels=(panel,),
    )
