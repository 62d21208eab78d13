"""Figures of anomalies: plain arrays to figure data."""

import numpy as np
from numpy.typing import NDArray

from seqloom.evaluate.curves import precision_recall
from seqloom.report.anomaly_outcome import AnomalyOutcome, Floats
from seqloom.report.figure_data import AnyMark, Axis, Band, FigureData, Line, Panel, Rule, clock
from seqloom.report.figures_classify import curves_figure
from seqloom.report.thin import PLAIN, WIDE, thin

SEQUENCES = 4
"""Sequences that are drawn."""
AROUND = 1.5
"""How much of its own length is shown before and after an event, at least 30 steps."""
LEAST = 30


def score_figure(outcome: AnomalyOutcome) -> FigureData:
    """The score over time of the sequences with the highest scores."""
    highest = np.full(int(outcome.sequence.max(initial=0)) + 1, -np.inf)
    np.maximum.at(highest, outcome.sequence, outcome.prediction.scores)
    chosen = sorted(np.argsort(-highest, kind="stable")[:SEQUENCES].tolist())
    caption = "Beyond the dashed line a step is an alarm. The scale is logarithmic."
    if (outcome.marks > 0).any():
        caption += " Shaded: what was marked as an anomaly. Alarms outside of it are false, shaded stretches without"
        caption += " an alarm are missed."
    if len(highest) > len(chosen):
        caption += f" Drawn are the {len(chosen)} of {len(highest)} sequences with the highest scores."
    return FigureData(
        name="scores",
        title="How strange each step is",
        caption=caption,
        panels=tuple(_scores(outcome, np.flatnonzero(outcome.sequence == number)) for number in chosen),
    )


def _scores(outcome: AnomalyOutcome, rows: NDArray[np.int64]) -> Panel:
    scores = outcome.prediction.scores[rows]
    low = max(float(np.quantile(scores, 0.01)), 1e-2)
    heights = np.maximum(scores, low)
    top = max(2.0, float(heights.max(initial=1.0))) * 1.2
    x, axis = clock(outcome.times[rows])
    keep = thin(heights, WIDE)
    return Panel(
        title=str(outcome.prediction.keys[rows[0]]),
        marks=(
            *_shaded(outcome, rows, x, (low, top)),
            Line(name="score", x=x[keep], y=heights[keep]),
            Rule(name="threshold", along="across", at=1.0),
        ),
        x=axis,
        y=Axis(label="score", log=True, limits=(low, top)),
        shape="wide",
    )


def _shaded(outcome: AnomalyOutcome, rows: NDArray[np.int64], x: Floats, limits: tuple[float, float]) -> list[AnyMark]:
    """What was marked among these rows."""
    first, last = int(rows[0]), int(rows[-1])
    pairs = zip(outcome.anomalies.first.tolist(), outcome.anomalies.last.tolist(), strict=True)
    return [
        Band(
            name="marked",
            ink="second",
            x=x[np.array([max(begin, first), min(end, last)]) - first],
            low=np.full(2, limits[0]),
            high=np.full(2, limits[1]),
        )
        for begin, end in pairs
        if end >= first and begin <= last
    ]


def events_figure(outcome: AnomalyOutcome, events: list[int]) -> FigureData:
    """Single events: the column that adds most to the score, beside what was expected of it."""
    return FigureData(
        name="events",
        title="The strangest events",
        caption="Each panel shows the column that adds most to the score at its highest, and where there is one what"
        " was expected of it (blue). Between the dashed lines lie the alarms.",
        panels=tuple(_event(outcome, event) for event in events),
    )


def _event(outcome: AnomalyOutcome, event: int) -> Panel:
    prediction, peak = outcome.prediction, outcome.peak(event)
    first, last = int(outcome.events.first[event]), int(outcome.events.last[event])
    around = max(LEAST, round(AROUND * (last - first + 1)))
    own = np.flatnonzero(outcome.sequence == outcome.sequence[peak])
    rows = own[(own >= first - around) & (own <= last + around)]
    reason = str(prediction.reasons[peak])
    column = prediction.targets.index(reason) if reason in prediction.targets else 0
    name = prediction.targets[column]
    x, axis = clock(outcome.times[rows])
    values, expected = outcome.values[rows, column], prediction.expected[rows, column]
    kept = np.union1d(thin(values, PLAIN), thin(expected, PLAIN))
    told = np.isfinite(expected).any()
    borders = x[np.array([first, last]) - rows[0]]
    return Panel(
        title=f"{prediction.keys[peak]} · score {prediction.scores[peak]:.3g}",
        marks=(
            Line(name="value", ink="truth", x=x[kept], y=values[kept]),
            *([Line(name="expected", x=x[kept], y=expected[kept])] if told else []),
            *(Rule(name="alarms", along="upright", at=float(border)) for border in np.unique(borders)),
        ),
        x=axis,
        y=Axis(label=name),
    )


def threshold_figure(outcome: AnomalyOutcome) -> FigureData | None:
    """Precision over recall of the steps; None where not both kinds of steps are known."""
    known = np.isfinite(outcome.marks)
    scores = outcome.prediction.scores[known]
    curve = precision_recall(np.stack([-scores, scores], axis=1), (outcome.marks[known] > 0).astype(np.int64), 1)
    return None if curve is None else curves_figure("precision-recall", {"anomalies": curve})
