"""The task `label`: any number of labels for each sequence."""

from typing import Any

import numpy as np
import torch

from seqloom.alternatives import BayesLabels, LabelShares, LogisticLabels, TfidfLabels
from seqloom.evaluate import LabelTrial
from seqloom.model import LabelModel, outputs
from seqloom.prepare import Examples
from seqloom.read import ReadSettings
from seqloom.report import LabelOutcome, label_sections
from seqloom.score import choose_temperature, choose_thresholds
from seqloom.sequence import LabelPrediction
from seqloom.tasks.explained import LABELS
from seqloom.tasks.picked import reader, series
from seqloom.tasks.reading import labels
from seqloom.tasks.task import Answered, Task

Labels = Answered[LabelModel, LabelPrediction]


def outcome(answered: Labels) -> LabelOutcome:
    """Labels and probabilities with the true labels."""
    examples = answered.examples
    return LabelOutcome(
        prediction=answered.prediction,
        truth=examples.truth().astype(np.float64),
        series=lambda row: series(examples, row),
        features=examples.prepared.number_names,
        text=reader(examples, answered.pipeline),
    )


def reading(read: ReadSettings) -> dict[str, Any]:
    """One column holds the names of labels; several hold 0 and 1, which are none."""
    return labels(read, per_step=False) if len(read.target) == 1 else {"per_step_target": False}


def calibrate(model: LabelModel, validation: Examples) -> None:
    """One temperature for the probabilities of all labels, and for each label the threshold, by F1."""
    model.temperature.fill_(1.0)
    truth, stated = validation.truth(), outputs(model, validation)["probabilities"].astype(np.float64).reshape(-1)
    numbers = np.where(np.isfinite(truth), truth, -1).astype(np.int64).reshape(-1)
    model.temperature.fill_(choose_temperature(np.stack([1 - stated, stated], axis=1), numbers))
    if model.settings.threshold != "half":
        probabilities = outputs(model, validation)["probabilities"]
        model.thresholds.copy_(torch.from_numpy(choose_thresholds(probabilities, truth)))


LABEL: Task[LabelModel, LabelPrediction] = Task(
    model=LabelModel,
    title="Labels of sequences",
    subject="labels",
    metrics=("f1_micro", "f1_macro", "subset_accuracy", "hamming", "pr_auc", "log_loss"),
    alternatives=(LabelShares, LogisticLabels),
    of_texts=(LabelShares, TfidfLabels, BayesLabels),
    trial=lambda answered: LabelTrial(answered.examples, answered.prediction),
    sections=lambda answered: label_sections(outcome(answered)),
    explained=LABELS,
    reading=reading,
    listens=(
        *("order", "pooling", "convolution", "filters", "mixup", "label_smoothing"),
        *("pos_weight", "threshold", "label_separator"),
    ),
    calibrate=calibrate,
    measured=("temperature", "thresholds"),
)
