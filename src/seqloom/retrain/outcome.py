"""What a turn of the cycle came to, for people and for programs."""

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from seqloom.evaluate import DieboldMariano
from seqloom.report import Report, Section, Table
from seqloom.report.table import Column, scores_table
from seqloom.retrain.cycle import Outcome
from seqloom.retrain.paired import CHALLENGER, Paired
from seqloom.retrain.policy import amount
from seqloom.version import __version__

LEAST = 0.001
"""A chance below it is not told exactly."""


def sentence_of(outcome: Outcome) -> str:
    """The outcome in one sentence."""
    if outcome.promotion is not None and outcome.challenger is not None:
        return f"Version {outcome.challenger.version} is the champion in place of version {outcome.champion.version}."
    failed = [f"{check.name} ({check.words})" for check in outcome.checks if not check.passed]
    if not failed:
        return f"The challenger would take the place of version {outcome.champion.version}: nothing was changed."
    return f"Version {outcome.champion.version} stays the champion. The challenger fails: {'; '.join(failed)}."


def notes_of(outcome: Outcome) -> list[str]:
    """What was left out, a sentence for each source, and into which windows anomalies were put.

    Args:
        outcome: of a turn.
    """
    held = [
        f"{name}: {count:,} steps are held out, and were not learned from" for name, count in outcome.left_out.items()
    ]
    put = "no mark tells where its anomalies are, so that some were put into it"
    return [*held, *(f"{one.window}: {put}" for one in outcome.windows if one.put_in)]


def json_of(outcome: Outcome) -> dict[str, Any]:
    """The outcome as one JSON-able object."""
    return {
        "promoted": outcome.promotion is not None,
        "passed": outcome.passed,
        "champion": outcome.champion.version,
        "challenger": None if outcome.challenger is None else outcome.challenger.version,
        "sentence": sentence_of(outcome),
        "left_out": dict(outcome.left_out),
        "checks": [asdict(check) for check in outcome.checks],
        "windows": [
            {
                "window": one.window,
                "result": one.result,
                "put_in": one.put_in,
                "metrics": {name: dict(row) for name, row in one.metrics.items()},
                "accuracy": None if one.accuracy is None else _numbers(asdict(one.accuracy)),
                "comparisons": [asdict(comparison) for comparison in one.comparisons],
            }
            for one in outcome.windows
        ],
    }


def report_of(outcome: Outcome) -> Report:
    """The outcome as a report, with the training's own sections behind it."""
    own = outcome.fitted.report
    policy = Table(
        columns=tuple(Column(name=name) for name in ("asked", "so", "found")),
        rows=tuple((check.name, check.passed, check.words) for check in outcome.checks),
        note="The challenger takes the champion's place where all of this is so.",
    )
    return Report(
        title=f"{own.title}, beside version {outcome.champion.version}",
        task=own.task,
        kind="Champion and challenger",
        question="Was the challenger promoted?" if outcome.challenger is not None else "Would it be promoted?",
        verdict=sentence_of(outcome),
        earned="yes" if outcome.promotion is not None else "no" if not outcome.passed else "unclear",
        sections=(
            Section(title="Decision", text=tuple(f"{note}." for note in notes_of(outcome)), tables=(policy,)),
            *(_window(one) for one in outcome.windows),
            *own.sections,
        ),
        version=__version__,
    )


def _window(paired: Paired) -> Section:
    """One window: both models, and the interval of their difference."""
    title = f"{paired.window[:1].upper()}{paired.window[1:]}"
    words = [
        f"{amount(one)}: {one.examples} examples, as good as {one.blocks:.0f} independent ones."
        for one in paired.comparisons
    ]
    if paired.accuracy is not None:
        words.append(_tested(paired.accuracy))
    tables = (scores_table(paired.metrics, model=CHALLENGER),) if paired.metrics else ()
    return Section(title=title, text=tuple(words) or ("There is nothing to compare.",), tables=tables)


def _numbers(named: Mapping[str, float]) -> dict[str, float | None]:
    """The same for JSON, which has no number that is none."""
    return {name: value if math.isfinite(value) else None for name, value in named.items()}


def _tested(found: DieboldMariano) -> str:
    """The test of equal accuracy, in words."""
    name = f"Diebold-Mariano test, with the correction of Harvey, Leybourne and Newbold (h = {found.horizon})"
    if math.isnan(found.statistic):
        return f"{name}: {found.examples} forecasts are too few."
    chance = "p < 0.001" if found.p_value < LEAST else f"p = {found.p_value:.3f}"
    better = "challenger" if found.statistic >= 0 else "champion"
    return f"{name}: {found.statistic:.2f} in favour of the {better}, {chance}."
