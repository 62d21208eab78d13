"""What a turn of the cycle came to, for people and for programs."""

from dataclasses import asdict
from typing import Any

from seqloom.report import Report, Section, Table
from seqloom.report.table import Column, scores_table
from seqloom.retrain.cycle import Outcome
from seqloom.retrain.paired import CHALLENGER, Paired
from seqloom.retrain.policy import amount
from seqloom.version import __version__


def sentence_of(outcome: Outcome) -> str:
    """The outcome in one sentence."""
    if outcome.promotion is not None and outcome.challenger is not None:
        return f"Version {outcome.challenger.version} is the champion in place of version {outcome.champion.version}."
    failed = [f"{check.name} ({check.words})" for check in outcome.checks if not check.passed]
    if not failed:
        return f"The challenger would take the place of version {outcome.champion.version}: nothing was changed."
    return f"Version {outcome.champion.version} stays the champion. The challenger fails: {'; '.join(failed)}."


def json_of(outcome: Outcome) -> dict[str, Any]:
    """The outcome as one JSON-able object."""
    return {
        "promoted": outcome.promotion is not None,
        "passed": outcome.passed,
        "champion": outcome.champion.version,
        "challenger": None if outcome.challenger is None else outcome.challenger.version,
        "sentence": sentence_of(outcome),
        "checks": [asdict(check) for check in outcome.checks],
        "windows": [
            {
                "window": one.window,
                "result": one.result,
                "metrics": {name: dict(row) for name, row in one.metrics.items()},
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
            Section(title="Decision", tables=(policy,)),
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
    tables = (scores_table(paired.metrics, model=CHALLENGER),) if paired.metrics else ()
    return Section(title=title, text=tuple(words) or ("There is nothing to compare.",), tables=tables)
