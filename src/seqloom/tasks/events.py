"""The task `events`: which event comes next, and when."""

import numpy as np

from seqloom.alternatives import EventShares, MarkovChain, SecondOrderChain
from seqloom.evaluate import EventTrial
from seqloom.model import EventModel, outputs
from seqloom.prepare import EventTargets, Examples, asked_rows
from seqloom.report import EventOutcome, event_sections
from seqloom.score import choose_temperature
from seqloom.sequence import EventPrediction
from seqloom.tasks.explained import NEXT_CLASS
from seqloom.tasks.reading import labels
from seqloom.tasks.task import Answered, Task

SHOWN_EVENTS = 4
"""Events that are listed before one."""

Events = Answered[EventModel, EventPrediction]


def outcome(answered: Events) -> EventOutcome:
    """Distributions of events with what came, and the types of the events before."""
    examples, targets = answered.examples, answered.pipeline.targets
    if not isinstance(targets, EventTargets):
        raise TypeError(type(targets))
    _, rows, owner = asked_rows(examples)
    prepared = examples.prepared
    begin = prepared.offsets[examples.sequence[owner]]
    history = prepared.history if prepared.history is not None else prepared.targets
    before = rows[:, None] - np.arange(SHOWN_EVENTS)[::-1]
    types = np.where(before >= begin[:, None], history[np.maximum(before, 0), 0], np.nan)
    return EventOutcome(
        prediction=answered.prediction,
        truth=targets.truth(examples),
        before=np.where(np.isnan(types), -1, types).astype(np.int64),
    )


def calibrate(model: EventModel, validation: Examples) -> None:
    """The temperature of the types' probabilities."""
    model.temperature.fill_(1.0)
    places, rows, _ = asked_rows(validation)
    types = validation.prepared.targets[rows, 0]
    truth = np.where(np.isnan(types), -1, types).astype(np.int64)
    model.temperature.fill_(choose_temperature(outputs(model, validation)["probabilities"][places], truth))


EVENTS: Task[EventModel, EventPrediction] = Task(
    model=EventModel,
    title="Next events",
    subject="events",
    metrics=("accuracy", "f1", "log_loss", "gap_nll", "gap_mae"),
    alternatives=(EventShares, MarkovChain, SecondOrderChain),
    trial=lambda answered: EventTrial.of(answered.prediction, answered.examples, answered.pipeline),
    sections=lambda answered: event_sections(outcome(answered)),
    explained=NEXT_CLASS,
    reading=lambda read: {**labels(read, per_step=True), "ties": True},
    listens=("lookback", "stride", "interval", "attributes", "side_weight", "label_smoothing"),
    calibrate=calibrate,
    measured=("temperature",),
)
