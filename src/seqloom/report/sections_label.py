"""What a report says about sequences with any number of labels."""

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from seqloom.report.contents import Section
from seqloom.report.figure_data import FigureData
from seqloom.report.figures_classify import calibration
from seqloom.report.figures_series import series_figure
from seqloom.report.label_outcome import LabelOutcome
from seqloom.report.sections import records_table
from seqloom.report.shortened import shortened
from seqloom.report.table import Cell, Table

DRAWN = 6
"""Mistaken sequences that are drawn."""
LISTED = 12
"""Mistaken sequences, and pairs of labels, that are listed."""


def label_sections(outcome: LabelOutcome) -> tuple[Section, ...]:
    """Each label by itself, labels that come together, the calibration, and the sequences with most wrong labels."""
    if not outcome.known.any():
        return (Section(title="Labels", text=("No sequence of this part has a known label.",)),)
    together = _together(outcome)
    return (
        Section(title="Labels", text=(_summary(outcome),), tables=(_per_label(outcome), *together)),
        _probabilities(outcome),
        _worst(outcome),
    )


def _summary(outcome: LabelOutcome) -> str:
    given, there = outcome.prediction.chosen.sum(axis=1).mean(), outcome.there.sum(axis=1).mean()
    none = int((~outcome.there.any(axis=1) & outcome.known.all(axis=1)).sum())
    return (
        f"A sequence has {there:.2f} labels on average and was given {given:.2f};"
        f" {none:,} of {len(outcome.truth):,} sequences have none."
    )


def _per_label(outcome: LabelOutcome) -> Table:
    """How often each label is there, is given, is missed."""
    records: list[dict[str, Cell]] = []
    for k, name in enumerate(outcome.prediction.classes):
        known = outcome.known[:, k]
        there, given = (part[known, k] for part in (outcome.there, outcome.prediction.chosen))
        found, missed, extra = (int(part.sum()) for part in (there & given, there & ~given, ~there & given))
        stated = outcome.prediction.probabilities[known, k]
        record: dict[str, Cell] = {"label": name, "sequences": int(there.sum()), "given": int(given.sum())}
        record |= {"missed": missed, "too much": extra, "threshold": float(outcome.prediction.thresholds[k])}
        record |= {
            "precision": found / (found + extra) if found + extra else None,
            "recall": found / (found + missed) if found + missed else None,
            "F1": 2 * found / (2 * found + missed + extra) if found + missed + extra else None,
            "PR AUC": float(average_precision_score(there, stated)) if 0 < there.sum() < len(there) else None,
        }
        records.append(record)
    note = (
        "A label is given from its threshold on, chosen by F1 on the validation part; one half where too few sequences"
        " there have the label. Precision: the share of what was given that is there. Recall: the share of"
        " what is there that was given."
    )
    return records_table("Metrics of each label", records, note)


def _together(outcome: LabelOutcome) -> tuple[Table, ...]:
    """Pairs of labels that sequences have together: whether both are found."""
    classes, given, records = outcome.prediction.classes, outcome.prediction.chosen, list[dict[str, Cell]]()
    for a, b in outcome.pairs(LISTED):
        both = outcome.there[:, a] & outcome.there[:, b]
        first, second = given[both, a], given[both, b]
        records.append(
            {
                "labels": f"{classes[a]} and {classes[b]}",
                "sequences": int(both.sum()),
                "both found": int((first & second).sum()),
                "only the first": int((first & ~second).sum()),
                "only the second": int((~first & second).sum()),
                "neither": int((~first & ~second).sum()),
            }
        )
    return (records_table("Labels that come together", records),) if records else ()


def _probabilities(outcome: LabelOutcome) -> Section:
    stated, came_true = outcome.prediction.probabilities[outcome.known], outcome.there[outcome.known]
    sentence = (
        f"On average the model gave a label a probability of {100 * stated.mean():.1f} %;"
        f" {100 * came_true.mean():.1f} % of {len(stated):,} were there."
    )
    figure = calibration(stated, came_true, "a label", of="labels")
    return Section(title="Probabilities", text=(sentence,), figures=(figure,))


def _worst(outcome: LabelOutcome) -> Section:
    wrong = int((outcome.missed | outcome.extra).any(axis=1).sum())
    if not wrong:
        return Section(title="Mistakes", text=(f"All {len(outcome.truth):,} sequences were given their true labels.",))
    rows = outcome.worst(LISTED)
    return Section(
        title="Mistakes",
        text=(f"{wrong:,} of {len(outcome.truth):,} sequences were given a wrong label or not all of theirs.",),
        tables=(records_table("The sequences with most wrong labels", [_record(outcome, row) for row in rows]),),
        figures=(_drawn(outcome, rows[:DRAWN]),) if outcome.features else (),
    )


def _drawn(outcome: LabelOutcome, rows: list[int]) -> FigureData:
    return series_figure(
        "mistakes",
        "The sequences with most wrong labels",
        "What the model saw, the labels it missed, and those it gave that are not there.",
        [(_title(outcome, row), outcome.series(row)) for row in rows],
        outcome.features,
    )


def _record(outcome: LabelOutcome, row: int) -> dict[str, Cell]:
    record: dict[str, Cell] = {
        "sequence": str(outcome.prediction.keys[row]),
        "true": _names(outcome, outcome.there[row]),
        "missed": _names(outcome, outcome.missed[row]),
        "too much": _names(outcome, outcome.extra[row]),
    }
    return record if outcome.text is None else record | {"text": shortened(outcome.text(row))}


def _names(outcome: LabelOutcome, which: NDArray[np.bool_]) -> str | None:
    """The names of some labels; a dash where there is none."""
    return ", ".join(outcome.prediction.classes[k] for k in np.flatnonzero(which)) or None


def _title(outcome: LabelOutcome, row: int) -> str:
    missed, extra = (_names(outcome, part[row]) for part in (outcome.missed, outcome.extra))
    parts = [f"missed {missed}"] if missed else []
    parts += [f"too much: {extra}"] if extra else []
    return f"{outcome.prediction.keys[row]} · {'; '.join(parts)}"
