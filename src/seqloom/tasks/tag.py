"""The task `tag`: a class for each step."""

import numpy as np

from seqloom.alternatives import EndingTag, LogisticTag, MajorityTag, RecentTag, WordTag
from seqloom.evaluate import TagTrial
from seqloom.model import TagModel, outputs, threshold_of
from seqloom.prepare import Examples, covered_rows
from seqloom.report import FailureOutcome, Section, TagOutcome, failure_sections, tag_sections
from seqloom.score import cheapest_threshold, choose_temperature, choose_threshold
from seqloom.sequence import FailsWithin, Schema, TagPrediction
from seqloom.tasks.explained import MIDDLE_CLASS
from seqloom.tasks.reading import labels, target_kind
from seqloom.tasks.task import Answered, Task

Tags = Answered[TagModel, TagPrediction]


def outcome(answered: Tags) -> TagOutcome:
    """Labels and probabilities of all steps with the true classes."""
    prepared, rows = answered.examples.prepared, covered_rows(answered.examples)
    new = None if prepared.words is None else prepared.words.new(rows)
    return TagOutcome(answered.prediction, prepared.targets[rows], new)


def poses(schema: Schema) -> bool:
    """Labels that change from step to step, if they are not running text."""
    return schema.per_step_target and target_kind(schema) != "number" and schema.layout != "text"


def sections(answered: Tags) -> tuple[Section, ...]:
    """The warnings before failures, where steps are told whether one is near, and what is shown of all tags."""
    found, ending = outcome(answered), answered.examples.prepared.ending
    if not isinstance(ending, FailsWithin):
        return tag_sections(found)
    failures = FailureOutcome(found, ending.within, threshold_of(answered.model))
    return (*failure_sections(failures), *tag_sections(found))


def calibrate(model: TagModel, validation: Examples) -> None:
    """The temperature of the probabilities, and the threshold between two classes; a chain has neither."""
    model.temperature.fill_(1.0)
    if model.chain is not None:
        return
    truth = validation.prepared.targets[covered_rows(validation)]
    model.temperature.fill_(choose_temperature(outputs(model, validation)["probabilities"], truth))
    if threshold_of(model) is None or model.settings.threshold == "half":
        return
    stated, cost = outputs(model, validation)["probabilities"].astype(np.float64), model.settings.miss_cost
    chosen = choose_threshold(stated, truth) if cost is None else cheapest_threshold(stated, truth, cost)
    model.get_buffer("threshold").fill_(chosen)


TAG: Task[TagModel, TagPrediction] = Task(
    model=TagModel,
    title="Tags of steps",
    subject="tags",
    metrics=(
        *("accuracy", "accuracy_new", "sequences_right", "precision", "recall", "f1", "pr_auc", "log_loss", "cost"),
        *("lead", "caught", "false_alarms"),
    ),
    alternatives=(MajorityTag, WordTag, EndingTag, LogisticTag, RecentTag),
    trial=lambda answered: TagTrial(answered.examples, answered.prediction, answered.model.settings.miss_cost),
    sections=sections,
    explained=MIDDLE_CLASS,
    poses=poses,
    reading=lambda read: labels(read, per_step=True),
    listens=("crf", "class_weights", "label_smoothing", "threshold", "miss_cost"),
    calibrate=calibrate,
    measured=("temperature", "threshold"),
)
