"""What a report says about classes."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import precision_recall_fscore_support

from seqloom.evaluate.curves import Curve, confusion, precision_recall, roc
from seqloom.report.class_outcome import ClassOutcome
from seqloom.report.contents import Section
from seqloom.report.figure_data import FigureData
from seqloom.report.figures_classify import calibration, confusion_figure, curves_figure
from seqloom.report.figures_series import series_figure
from seqloom.report.sections import records_table
from seqloom.report.shortened import shortened
from seqloom.report.table import Cell, Table

Floats = NDArray[np.float64]

WORST = 6
"""Mistakes that are drawn."""

LISTED = 12
"""Mistakes that are listed."""

_BINARY = 2


def class_sections(outcome: ClassOutcome) -> tuple[Section, ...]:
    """Confusion, ROC and precision-recall curves, calibration, the most confident mistakes."""
    classes = outcome.prediction.classes
    if not len(outcome.known):
        return (Section(title="Classes", text=("No sequence of this part has a known class.",)),)
    counts = confusion(outcome.labels, outcome.truth, len(classes))
    rocs, precisions = (_curves(outcome, kind) for kind in (roc, precision_recall))
    curves = (curves_figure("roc", rocs), curves_figure("precision-recall", precisions)) if rocs else ()
    sections = (
        Section(
            title="Classes",
            tables=(_per_class(outcome, rocs, precisions),),
            figures=(confusion_figure(counts, classes),),
        ),
        Section(title="Thresholds", figures=curves),
        Section(title="Probabilities", text=(_calibration_text(outcome),), figures=(calibration(*_stated(outcome)),)),
        _worst(outcome),
    )
    return tuple(section for section in sections if section.text or section.figures)


def _curves(outcome: ClassOutcome, kind: Callable[[Floats, NDArray[np.int64], int], Curve | None]) -> dict[str, Curve]:
    """One curve per class that the truth has and that others are told from; of two classes only the second."""
    classes = outcome.prediction.classes
    numbers = range(1, 2) if len(classes) == _BINARY else range(len(classes))
    found = {classes[k]: kind(outcome.prediction.probabilities, outcome.truth, k) for k in numbers}
    return {name: curve for name, curve in found.items() if curve is not None}


def _per_class(outcome: ClassOutcome, rocs: Mapping[str, Curve], precisions: Mapping[str, Curve]) -> Table:
    classes, known = outcome.prediction.classes, outcome.known
    scores = precision_recall_fscore_support(
        outcome.truth[known], outcome.labels[known], labels=np.arange(len(classes)), zero_division=0
    )
    records: list[dict[str, Cell]] = []
    for number, name in enumerate(classes):
        precision, recall, f1, count = (float(score[number]) for score in scores)
        record: dict[str, Cell] = {"class": name, "sequences": int(count)}
        record |= {"precision": precision, "recall": recall, "F1": f1}
        if len(classes) > _BINARY:
            record |= {"ROC AUC": rocs[name].area if name in rocs else None}
            record |= {"PR AUC": precisions[name].area if name in precisions else None}
        records.append(record)
    note = (
        "Precision: the share of what was called this class that is of it."
        " Recall: the share of this class that was found."
    )
    return records_table("Metrics of each class", records, note)


def _stated(outcome: ClassOutcome) -> tuple[Floats, NDArray[np.bool_], str]:
    """Stated probabilities, whether they came true, and what they are of."""
    probabilities, truth = outcome.prediction.probabilities[outcome.known], outcome.truth[outcome.known]
    if len(outcome.prediction.classes) == _BINARY:
        return probabilities[:, 1], truth == 1, f"“{outcome.prediction.classes[1]}”"
    return probabilities.max(axis=1), probabilities.argmax(axis=1) == truth, "the most probable class"


def _calibration_text(outcome: ClassOutcome) -> str:
    stated, came_true, subject = _stated(outcome)
    return (
        f"On average the model gave {subject} a probability of {100 * stated.mean():.1f} %;"
        f" it came true in {100 * came_true.mean():.1f} % of {len(stated):,} cases."
    )


def _worst(outcome: ClassOutcome) -> Section:
    rows = outcome.mistakes(LISTED)
    if not rows:
        return Section(title="Mistakes", text=(f"All {len(outcome.known):,} sequences were given their true class.",))
    wrong = int((outcome.truth[outcome.known] != outcome.labels[outcome.known]).sum())
    return Section(
        title="Mistakes",
        text=(f"{wrong:,} of {len(outcome.known):,} sequences were given a wrong class.",),
        tables=(records_table("The most confident mistakes", [_record(outcome, row) for row in rows]),),
        figures=(_drawn(outcome, rows[:WORST]),) if outcome.features else (),
    )


def _drawn(outcome: ClassOutcome, rows: list[int]) -> FigureData:
    return series_figure(
        "mistakes",
        "The mistakes the model was most sure of",
        "What the model saw. A sequence that looks like the class it was taken for may be mislabelled.",
        [(_title(outcome, row), outcome.series(row)) for row in rows],
        outcome.features,
    )


def _record(outcome: ClassOutcome, row: int) -> dict[str, Cell]:
    prediction, label, truth = outcome.prediction, outcome.labels[row], outcome.truth[row]
    record: dict[str, Cell] = {
        "sequence": str(prediction.keys[row]),
        "true": prediction.classes[truth],
        "predicted": prediction.classes[label],
    }
    predicted, true = (float(prediction.probabilities[row, number]) for number in (label, truth))
    if outcome.text is not None:  # a text needs the room
        return record | {"sureness": predicted, "text": shortened(outcome.text(row))}
    return record | {"probability of the predicted": predicted, "probability of the true": true}


def _title(outcome: ClassOutcome, row: int) -> str:
    prediction, label = outcome.prediction, outcome.labels[row]
    sureness = prediction.probabilities[row, label]
    true, taken = prediction.classes[outcome.truth[row]], prediction.classes[label]
    return f"{prediction.keys[row]} · {true}, taken for {taken} ({100 * sureness:.0f} %)"
