"""What a report says about warnings before failures."""

import numpy as np

from seqloom.evaluate.curves import precision_recall
from seqloom.report.contents import Section
from seqloom.report.failure_outcome import FailureOutcome
from seqloom.report.figure_data import FigureData
from seqloom.report.figures_classify import curves_figure
from seqloom.report.figures_failures import alarm_figure, lead_figure
from seqloom.report.sections import records_table
from seqloom.report.shortened import shortened
from seqloom.report.table import Cell, Table

DRAWN = 4
"""Sequences whose alarms are drawn."""
KEY = 24
"""Characters of a sequence's name that are shown."""
SHARES = (1.0, 0.75, 0.5, 0.25)
"""Of the reach: how early failures are said to be caught."""
HALF = 0.5


def failure_sections(outcome: FailureOutcome) -> tuple[Section, ...]:
    """How early failures are warned of, how often for nothing, and the alarms of single sequences."""
    found, known = outcome.warnings, outcome.tags.known
    if not len(known):
        return ()
    curve = precision_recall(outcome.tags.prediction.probabilities[known], outcome.tags.truth[known], 1)
    figures: list[FigureData] = []
    if len(found.leads):
        figures += [lead_figure(found.leads, outcome.within), _alarms(outcome)]
    if curve is not None:
        figures.append(curves_figure("precision-recall", {"a failure is near": curve}))
    tables = (_caught(outcome),) if len(found.leads) else ()
    return (Section(title="Warnings", text=_facts(outcome), tables=tables, figures=tuple(figures)),)


def _facts(outcome: FailureOutcome) -> tuple[str, ...]:
    found, threshold = outcome.warnings, outcome.threshold
    alarm = "where it is more probable than not" if threshold is None else f"from a probability of {threshold:.3g} on"
    facts = [f"There is an alarm {alarm} that a sequence ends within {outcome.within:,} steps."]
    if len(found.leads):
        missed, median = int((found.leads == 0).sum()), float(np.median(found.leads))
        facts.append(
            f"Of {len(found.leads):,} failures {len(found.leads) - missed:,} were warned of by an alarm that came and"
            f" stayed, half of all at least {median:.0f} steps before."
        )
    else:
        facts.append("No sequence of this part ends in view.")
    if found.quiet_steps:
        rate = 1_000 * found.false_alarms / found.quiet_steps
        facts.append(
            f"{found.false_alarms:,} alarms began among the {found.quiet_steps:,} steps further from an end:"
            f" {rate:.2f} in 1,000 steps."
        )
    return tuple(facts)


def _caught(outcome: FailureOutcome) -> Table:
    found = outcome.warnings
    steps = sorted({1, *(int(np.ceil(share * outcome.within)) for share in SHARES)}, reverse=True)
    records: list[dict[str, Cell]] = [
        {"steps before the end, at least": step, "failures caught": f"{100 * found.caught(step):.0f} %"}
        for step in steps
    ]
    return records_table("Failures caught by an alarm that stayed", records)


def _alarms(outcome: FailureOutcome) -> FigureData:
    leads = outcome.warnings.leads
    order = np.argsort(-leads, kind="stable")
    places = dict.fromkeys(np.linspace(0, len(order) - 1, DRAWN).round().astype(int).tolist())
    paths = []
    for place in (int(order[each]) for each in places):
        rows = outcome.failing[place]
        name = shortened(str(outcome.tags.prediction.keys[rows[0]]), KEY)
        paths.append((f"{name} · {leads[place]} steps of warning", outcome.stated[rows], outcome.tags.truth[rows] == 1))
    return alarm_figure(paths, HALF if outcome.threshold is None else outcome.threshold)
