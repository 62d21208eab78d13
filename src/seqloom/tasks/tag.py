"""The task `tag`: a class for each step."""

from seqloom.alternatives import EndingTag, LogisticTag, MajorityTag, WordTag
from seqloom.evaluate import TagTrial
from seqloom.model import TagModel, outputs
from seqloom.prepare import Examples, covered_rows
from seqloom.report import TagOutcome, tag_sections
from seqloom.score import choose_temperature
from seqloom.sequence import Schema, TagPrediction
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


def calibrate(model: TagModel, validation: Examples) -> None:
    """The temperature of the probabilities; a chain has none."""
    model.temperature.fill_(1.0)
    if model.chain is None:
        truth = validation.prepared.targets[covered_rows(validation)]
        model.temperature.fill_(choose_temperature(outputs(model, validation)["probabilities"], truth))


TAG: Task[TagModel, TagPrediction] = Task(
    model=TagModel,
    title="Tags of steps",
    subject="tags",
    metrics=("accuracy", "accuracy_new", "sequences_right", "f1", "log_loss"),
    alternatives=(MajorityTag, WordTag, EndingTag, LogisticTag),
    trial=lambda answered: TagTrial(answered.examples, answered.prediction),
    sections=lambda answered: tag_sections(outcome(answered)),
    explained=MIDDLE_CLASS,
    poses=poses,
    reading=lambda read: labels(read, per_step=True),
    listens=("crf", "class_weights", "label_smoothing"),
    calibrate=calibrate,
    measured=("temperature",),
)
