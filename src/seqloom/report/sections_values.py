"""What a report says about values predicted for sequences."""

import numpy as np

from seqloom.report.contents import Section
from seqloom.report.figure_data import FigureData
from seqloom.report.figures_residuals import errors_by_length, predicted_against_actual, residual_histogram
from seqloom.report.figures_series import series_figure, value_paths
from seqloom.report.sections import records_table
from seqloom.report.shortened import shortened
from seqloom.report.table import Cell, written
from seqloom.report.value_outcome import ValueOutcome

WORST = 6


def value_sections(outcome: ValueOutcome) -> tuple[Section, ...]:
    """Predicted against actual, residuals, errors by length, worst cases."""
    names, residuals = outcome.prediction.targets, outcome.residuals
    figures = [
        *([value_paths(outcome)] if outcome.prediction.steps is not None else []),
        predicted_against_actual(outcome.prediction.values, outcome.truth, names),
        residual_histogram(residuals, names),
    ]
    if len(np.unique(outcome.lengths)) > 1:
        figures.append(errors_by_length(outcome.lengths, np.abs(residuals), names))
    return (Section(title="Predictions", figures=tuple(figures)), *_worst(outcome))


def _worst(outcome: ValueOutcome) -> tuple[Section, ...]:
    rows = outcome.worst(WORST)
    if not rows:
        return ()
    table = records_table("Largest errors", [_record(outcome, row) for row in rows])
    return (
        Section(title="Worst cases", tables=(table,), figures=(_drawn(outcome, rows),) if outcome.features else ()),
    )


def _drawn(outcome: ValueOutcome, rows: list[int]) -> FigureData:
    return series_figure(
        "worst-cases",
        "The sequences with the largest errors",
        "What the model had seen of these sequences when it answered: look for what they have in common.",
        [(_title(outcome, row), outcome.series(row)) for row in rows],
        outcome.features,
    )


def _record(outcome: ValueOutcome, row: int) -> dict[str, Cell]:
    prediction = outcome.prediction
    record: dict[str, Cell] = {"sequence": str(prediction.keys[row]), "steps seen": int(outcome.lengths[row])}
    for target, name in enumerate(prediction.targets):
        record[f"actual {name}"] = float(outcome.truth[row, target])
        record[f"predicted {name}"] = float(prediction.values[row, target])
    return record if outcome.text is None else record | {"text": shortened(outcome.text(row))}


def _title(outcome: ValueOutcome, row: int) -> str:
    actual, predicted = (
        ", ".join(written(float(value)) for value in values[row])
        for values in (outcome.truth, outcome.prediction.values)
    )
    return f"{outcome.prediction.keys[row]} · actual {actual}, predicted {predicted}"
