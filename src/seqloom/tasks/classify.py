"""The task `classify`: one of several classes for each sequence."""

import numpy as np

from seqloom.alternatives import (
    BayesBigrams,
    FeedForwardClassifier,
    Logistic,
    Majority,
    NearestClasses,
    RocketClassifier,
    Tfidf,
)
from seqloom.evaluate import ClassTrial
from seqloom.model import RARE, ClassifyModel, outputs
from seqloom.prepare import Examples
from seqloom.report import ClassOutcome, class_sections
from seqloom.score import cheapest_threshold, choose_temperature, choose_threshold
from seqloom.sequence import ClassPrediction
from seqloom.tasks.explained import CLASS
from seqloom.tasks.picked import reader, series
from seqloom.tasks.reading import labels, target_kind
from seqloom.tasks.rivals import NETS, SHUFFLED
from seqloom.tasks.task import Answered, Task

Classes = Answered[ClassifyModel, ClassPrediction]


def trial(answered: Classes) -> ClassTrial:
    """Sequences with a class each, the second of two chosen from the model's threshold on."""
    model, cost = answered.model, answered.model.settings.miss_cost
    threshold, choosing = float(model.threshold), answered.alternatives.choosing
    return ClassTrial(answered.examples, answered.prediction, threshold, cost, choosing)


def outcome(answered: Classes) -> ClassOutcome:
    """Labels and probabilities with the true classes."""
    examples = answered.examples
    return ClassOutcome(
        prediction=answered.prediction,
        truth=examples.truth(),
        series=lambda row: series(examples, row),
        features=examples.prepared.number_names,
        text=reader(examples, answered.pipeline),
    )


def calibrate(model: ClassifyModel, validation: Examples) -> None:
    """The temperature of the probabilities, and the threshold between two classes."""
    model.temperature.fill_(1.0)
    model.temperature.fill_(choose_temperature(outputs(model, validation)["probabilities"], validation.truth()))
    counts = np.array(model.sizes.class_counts)
    chosen, cost = model.settings.threshold, model.settings.miss_cost
    if model.binary and cost is not None:
        probabilities = outputs(model, validation)["probabilities"].astype(np.float64)
        model.threshold.fill_(cheapest_threshold(probabilities, validation.truth(), cost))
        return
    if not model.binary or chosen == "half" or (chosen is None and counts.min() >= RARE * counts.sum()):
        return
    probabilities = outputs(model, validation)["probabilities"].astype(np.float64)
    model.threshold.fill_(choose_threshold(probabilities, validation.truth()))


CLASSIFY = Task(
    model=ClassifyModel,
    title="Classification of sequences",
    subject="classes",
    metrics=("accuracy", "f1", "roc_auc", "pr_auc", "log_loss", "cost"),
    alternatives=(Majority, Logistic, FeedForwardClassifier),
    of_texts=(Majority, Tfidf, BayesBigrams),
    of_sounds=(Majority, Logistic, NearestClasses),
    thorough=(NearestClasses, RocketClassifier),
    rivals={**NETS, **SHUFFLED},
    trial=trial,
    sections=lambda answered: class_sections(outcome(answered)),
    explained=CLASS,
    poses=lambda schema: not schema.per_step_target and target_kind(schema) == "category",
    reading=lambda read: labels(read, per_step=False),
    listens=(
        *("order", "pooling", "convolution", "filters", "mixup", "class_weights", "label_smoothing"),
        *("pos_weight", "threshold", "miss_cost"),
    ),
    calibrate=calibrate,
    measured=("temperature", "threshold"),
)
