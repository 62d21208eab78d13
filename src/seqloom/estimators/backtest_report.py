"""The report of a backtest."""

from collections.abc import Mapping

import numpy as np

from seqloom.estimators.backtest import Backtest, JudgedFold
from seqloom.estimators.judged import stake_of, title_of
from seqloom.evaluate import MODEL
from seqloom.report import Cell, Report, Section, backtest_sections, moving_figure, records_table, widths_table
from seqloom.score import mase
from seqloom.sequence import SequenceDataset, moment
from seqloom.tasks import TASKS
from seqloom.version import __version__


def backtest_report(found: Backtest) -> Report:
    """All of it as a page: metrics, origins, steps ahead, settings of the last fit."""
    model = found.folds[-1].judged.answered.model
    dataset, targets = found.planned.parts.dataset, found.planned.parts.dataset.schema.targets
    several = "all targets, in their own units" if len(targets) > 1 else targets[0]
    names = [name for name in found.by_step if all(name in one.values for one in found.folds)]
    sections = backtest_sections(
        [_record(one) for one in found.folds],
        found.metrics,
        {name: np.array([_rmse(one, name) for one in found.folds]) for name in names},
        {name: np.sqrt((found.by_step[name] ** 2).mean(axis=1)) for name in names},
        found.coverage,
        promised=model.settings.interval,
        target=several,
        model=MODEL,
    )
    used = [{"setting": name, "value": str(value)} for name, value in found.planned.used.items()]
    settings = records_table("Settings of the last fit", used)
    return Report(
        title=f"{', '.join(targets)} of {dataset.source}: {title_of(model)} at {len(found.folds)} origins",
        task=TASKS[model.task].name,
        kind="Backtest",
        question=stake_of(model).question,
        verdict=found.verdict.sentence,
        earned=found.verdict.earned,
        sections=(*sections, *_interval(found), Section(title="Settings", tables=(settings,))),
        version=__version__,
    )


def _interval(found: Backtest) -> tuple[Section, ...]:
    """Intervals of fixed and of adaptive width over all origins."""
    folds = found.folds
    if not found.intervals:
        return ()
    figure = moving_figure(
        {name: np.concatenate([one.bounds[name] for one in folds]) for name in found.intervals},
        np.concatenate([one.truth for one in folds]),
        np.concatenate([one.times for one in folds]),
        folds[-1].judged.answered.model.settings.interval,
        more=" Both begin at every origin with what was measured before it.",
    )
    table = widths_table(found.intervals, folds[-1].judged.answered.model.settings.interval)
    return (Section(title="Prediction interval", tables=(table,), figures=(figure,) if figure else ()),)


def _record(one: JudgedFold) -> Mapping[str, Cell]:
    errors = {name: _rmse(one, name) for name in one.values}
    best = min((name for name in errors if name != MODEL), key=lambda name: errors[name], default="")
    return {
        "origin": one.fold.number + 1,
        "known until": _last(one.fold.learned),
        "forecast until": _last(one.fold.later),
        "fitted anew": "yes" if one.fold.fits else "no",
        "known steps": one.fold.learned.total_steps,
        "windows": len(one.truth),
        "RMSE": errors[MODEL],
        "best alternative": best.replace("_", " "),
        "its RMSE": errors.get(best),
        "MASE": _mase(one, MODEL),
        "its MASE": _mase(one, best) if best else None,
    }


def _last(dataset: SequenceDataset) -> str:
    """The last time of a data set, or its longest sequence's last step."""
    if dataset.times is None:
        return f"step {int(dataset.lengths.max())}"
    return moment(dataset.times.max())


def _mase(one: JudgedFold, name: str) -> float | None:
    return mase(one.values[name], one.truth, one.denominators)


def _rmse(one: JudgedFold, name: str) -> float:
    return float(np.sqrt(np.nanmean((one.values[name] - one.truth) ** 2)))
