"""The task `anomaly`: how far each step of a series is from what is usual."""

from typing import Any

import numpy as np

from seqloom.alternatives import ChangeChart, NearestSteps, OwnPast, ValueChart, WindowedGaussian, chart_of
from seqloom.evaluate import AnomalyTrial, Injected, inject
from seqloom.model import AnomalyModel, outputs
from seqloom.prepare import Examples, asked_rows, usual_places
from seqloom.read import EVERY, ReadSettings
from seqloom.report import AnomalyOutcome, InjectedOutcome, anomaly_sections
from seqloom.sequence import AnomalyPrediction, Schema
from seqloom.tasks.explained import STRANGE
from seqloom.tasks.rivals import NETS
from seqloom.tasks.task import Answered, Task

Anomalies = Answered[AnomalyModel, AnomalyPrediction]


def known(examples: Examples) -> bool:
    """Whether something is known afterwards of the asked steps."""
    marks = examples.prepared.marks
    return marks is not None and bool(np.isfinite(marks[asked_rows(examples)[1]]).any())


def injected(answered: Anomalies) -> tuple[Injected, AnomalyPrediction]:
    """The same examples with anomalies put into them, and what the model says of these."""
    put, model = inject(answered.examples), answered.model
    return put, model.prediction(outputs(model, put.examples), answered.pipeline, put.examples)


def trial(answered: Anomalies) -> AnomalyTrial:
    """The marked steps; where nothing is marked, steps into which anomalies were put."""
    quiet = answered.model.settings.event_gap
    if known(answered.examples):
        return AnomalyTrial(answered.examples, answered.prediction, quiet)
    put, prediction = injected(answered)
    return AnomalyTrial(put.examples, prediction, quiet)


def outcome(answered: Anomalies) -> AnomalyOutcome:
    """Scores beside values and marks, and how anomalies that were put in were found where there are no marks."""
    examples, prepared, settings = answered.examples, answered.examples.prepared, answered.model.settings
    rows, put = asked_rows(examples)[1], None
    marks = np.full(len(rows), np.nan) if prepared.marks is None else prepared.marks[rows].astype(np.float64)
    if not known(examples):
        altered, prediction = injected(answered)
        put = InjectedOutcome(altered.kinds, prediction.scores)
    return AnomalyOutcome(
        prediction=answered.prediction,
        values=answered.pipeline.invert_targets(prepared.targets[rows], answered.prediction.keys),
        marks=marks,
        quiet=settings.event_gap,
        false_alarms=settings.false_alarms,
        injected=put,
    )


def reading(read: ReadSettings) -> dict[str, Any]:
    """All columns of numbers are watched where none is named."""
    return {"per_step_target": True, **({} if read.target else {"target": EVERY})}


def never(schema: Schema) -> bool:  # noqa: ARG001 - as for all tasks
    """Series pose a forecast; anomalies have to be asked for."""
    return False


def calibrate(model: AnomalyModel, validation: Examples) -> None:
    """What is usual, and the score that as many usual validation steps exceed as there may be false alarms."""
    model.threshold.fill_(1.0)
    usual = usual_places(validation)
    found = {name: values[usual] for name, values in outputs(model, validation).items()}
    scores, chart = found["score"].astype(np.float64), None
    if "means" in found and found["means"].shape[1]:
        chart = chart_of(found["means"], centered=model.settings.detector != "density")
        scores = chart.distances(found["means"])
    threshold = float(np.quantile(scores, 1 - model.settings.false_alarms))
    model.measure(chart, max(threshold, float(np.finfo(np.float32).tiny)))


ANOMALY: Task[AnomalyModel, AnomalyPrediction] = Task(
    model=AnomalyModel,
    title="Anomalies",
    subject="anomalies",
    metrics=("f1", "pr_auc", "false_alarm_rate", "events_found", "event_precision", "nab"),
    alternatives=(ValueChart, ChangeChart, OwnPast, WindowedGaussian),
    thorough=(NearestSteps,),
    rivals=NETS,
    trial=trial,
    sections=lambda answered: anomaly_sections(outcome(answered)),
    explained=STRANGE,
    poses=never,
    reading=reading,
    listens=(
        *("detector", "usual", "ahead", "smoothing", "forget", "false_alarms", "event_gap"),
        *("lookback", "stride", "loss", "target_transform"),
    ),
    ignores=("members", "order"),
    calibrate=calibrate,
    measured=("center", "precision", "threshold"),
)
