"""What a report says about values predicted for whole sequences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seqloom.evaluate.figures_classify import series_figure
from seqloom.evaluate.figures_residuals import Floats, errors_by_length, predicted_against_actual, residual_histogram
from seqloom.evaluate.report import Section
from seqloom.evaluate.sections import records_table
from seqloom.evaluate.table import written
from seqloom.sequence import Array, ValuePrediction

WORST = 6


@dataclass(frozen=True)
class ValueOutcome:
    """What was predicted for each sequence of a part, and what was true.

    Args:
        prediction: the model's values, one row per sequence, in the units of the data.
        truth: the true values, [B, C]; NaN where not known.
        series: the features of each sequence, [T, F] each, to draw the worst cases.
        features: names of the features, length F.
    """

    prediction: ValuePrediction
    truth: Floats
    series: Sequence[Array]
    features: tuple[str, ...]


def value_sections(outcome: ValueOutcome) -> tuple[Section, ...]:
    """Predicted against actual, residuals, errors by length, worst cases."""
    prediction, names = outcome.prediction, outcome.prediction.targets
    residuals = outcome.truth - prediction.values
    lengths = np.array([len(series) for series in outcome.series], dtype=np.int64)
    figures = [
        predicted_against_actual(prediction.values, outcome.truth, names),
        residual_histogram(residuals, names),
    ]
    if len(np.unique(lengths)) > 1:
        figures.append(errors_by_length(lengths, np.abs(residuals), names))
    return (Section(title="Predictions", figures=tuple(figures)), *_worst(outcome, residuals))


def _worst(outcome: ValueOutcome, residuals: Floats) -> tuple[Section, ...]:
    """The sequences with the largest error, measured in standard deviations of each target's truth."""
    spread = np.nanstd(outcome.truth, axis=0)
    sizes = np.nanmax(np.where(np.isfinite(residuals), np.abs(residuals), 0.0) / np.where(spread > 0, spread, 1.0), axis=1)
    worst = [int(row) for row in np.argsort(-sizes, kind="stable")[:WORST] if sizes[row] > 0]
    if not worst:
        return ()
    prediction = outcome.prediction
    records = []
    for row in worst:
        record = {"sequence": str(prediction.keys[row]), "steps": len(outcome.series[row])}
        for target, name in enumerate(prediction.targets):
            record[f"actual {name}"] = float(outcome.truth[row, target])
            record[f"predicted {name}"] = float(prediction.values[row, target])
        records.append(record)
    series = [
        (f"{prediction.keys[row]} · off by {written(float(np.abs(residuals[row]).max()))}", outcome.series[row]) for row in worst
    ]
    caption = "What the model saw of these sequences."
    figure = series_figure("worst-cases", "The sequences with the largest errors", caption, series, outcome.features)
    return (Section(title="Worst cases", tables=(records_table("Largest errors", records),), figures=(figure,)),)
