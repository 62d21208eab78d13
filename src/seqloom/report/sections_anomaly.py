"""What a report says about anomalies."""

import numpy as np

from seqloom.evaluate.injected import KINDS
from seqloom.report.anomaly_outcome import AnomalyOutcome, InjectedOutcome
from seqloom.report.contents import Section
from seqloom.report.figures_anomaly import events_figure, score_figure, threshold_figure
from seqloom.report.sections import records_table
from seqloom.report.shortened import shortened
from seqloom.report.table import Cell, Table
from seqloom.score import Events
from seqloom.sequence import moment

LISTED, DRAWN = 20, 6
KEY = 32
"""Characters of a sequence's name that are shown."""
TWICE = 2.0
"""Times the stated share of false alarms from which on the difference is worth a sentence."""


def anomaly_sections(outcome: AnomalyOutcome) -> tuple[Section, ...]:
    """Scores over time, the strangest events, and how anomalies that were put in were found."""
    drawn = outcome.highest(DRAWN)
    figures = [score_figure(outcome), *([events_figure(outcome, drawn)] if drawn else [])]
    curve = threshold_figure(outcome)
    tables = (_events(outcome),) if len(outcome.events) else ()
    main = Section(title="Anomalies", text=_facts(outcome), tables=tables, figures=tuple(figures))
    sections = [main]
    if curve is not None:
        text = "What every other threshold would have given; the model's own was chosen before these marks were known."
        sections.append(Section(title="Thresholds", text=(text,), figures=(curve,)))
    if outcome.injected is not None:
        sections.append(_put_in(outcome.injected))
    return tuple(sections)


def _facts(outcome: AnomalyOutcome) -> tuple[str, ...]:
    """How many alarms there are, and whether as many as was stated."""
    alarms, events = outcome.prediction.alarms, len(outcome.events)
    share = 100 * float(alarms.mean()) if len(alarms) else 0.0
    first = (
        f"{int(alarms.sum()):,} of {len(alarms):,} steps ({share:.2f} %) are alarms, in {events:,} events."
        f" The threshold is the score that {100 * outcome.false_alarms:g} % of the validation steps exceed."
    )
    facts = [first]
    usual = outcome.marks == 0
    if usual.any():
        came = float(alarms[usual].mean())
        fact = f"Of the steps marked as usual {100 * came:.2f} % are alarms"
        if came > TWICE * outcome.false_alarms:
            fact += ": more than was stated, because what is usual has moved since the validation part, or because"
            fact += " what follows an anomaly is not what was before it"
        facts.append(f"{fact}.")
        found = outcome.anomalies.hit_by(outcome.events)
        facts.append(f"{int(found.sum()):,} of {len(found):,} marked anomalies have an alarm.")
    return tuple(facts)


def _events(outcome: AnomalyOutcome) -> Table:
    prediction, clocked = outcome.prediction, outcome.prediction.times is not None
    hit = outcome.events.hit_by(outcome.anomalies)
    records: list[dict[str, Cell]] = []
    for event in outcome.highest(LISTED):
        first, last, peak = int(outcome.events.first[event]), int(outcome.events.last[event]), outcome.peak(event)
        record: dict[str, Cell] = {
            "sequence": shortened(str(prediction.keys[first]), KEY),
            "begins": moment(outcome.times[first]) if clocked else int(outcome.times[first]),
            "steps": last - first + 1,
            "highest score": float(prediction.scores[peak]),
            "reason": str(prediction.reasons[peak]),
        }
        if np.isfinite(outcome.marks[first : last + 1]).any():
            record["marked"] = "yes" if hit[event] else "no"
        records.append(record)
    note = "Steps: from the first to the last alarm. Reason: the column that adds most to the highest score."
    title = "Events" if len(outcome.events) <= LISTED else f"The {LISTED} strangest of {len(outcome.events):,} events"
    return records_table(title, records, note)


def _put_in(injected: InjectedOutcome) -> Section:
    """How many of each kind were found."""
    records: list[dict[str, Cell]] = []
    alarms = Events.of(injected.scores > 1, np.zeros(len(injected.scores), np.int64))
    for number, kind in enumerate(KINDS):
        events = Events.of(injected.kinds == number, np.zeros(len(injected.kinds), np.int64))
        if len(events):
            inside = float((injected.scores[injected.kinds == number] > 1).mean())
            found = int(events.hit_by(alarms).sum())
            records.append({"kind": kind, "put in": len(events), "found": found, "share of steps": inside})
    count = sum(int(str(record["put in"])) for record in records)
    text = (
        f"No column tells where anomalies are, so {count:,} were put into a copy of these steps, each into one column"
        " drawn at random; the metrics and the verdict are about these. A spike is 6 standard deviations high, a shift"
        " lasts and is 3, noise has 2; flat repeats a value, shuffled keeps all values and changes their order."
        " How well real faults are found they cannot tell."
    )
    return Section(title="Anomalies that were put in", text=(text,), tables=(records_table("By kind", records),))
