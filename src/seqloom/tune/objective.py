"""What trials are compared by: one number on the validation part, the lower the better."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from seqloom.alternatives import Alternatives
from seqloom.estimators import Plan
from seqloom.evaluate import LOG_LOSS
from seqloom.model import SequenceModel, predict
from seqloom.tasks import TASKS, Answered
from seqloom.tune.space import Space

OWN_MEASURE = ("loss", "class_weights", "pos_weight", "crf", "side_weight")
"""Settings that change what the criterion measures: where one is searched, criteria of trials do not compare."""

Measure: TypeAlias = Callable[[SequenceModel, Plan], float]
"""A number for what a model answers to the validation examples of a plan."""


def measure_for(space: Space) -> Measure | None:
    """How trials are measured; None: by the validation criterion, that also chooses the epoch, as it is known anyway.

    The criterion is the loss that the model is trained for, without what only the training adds: of forecasts and
    values the squared error in scaled units, of classes the log loss.

    Args:
        space: what is searched.
    """
    return validation_error if set(space.settings) & set(OWN_MEASURE) else None


def name_of(space: Space) -> str:
    """What trials are compared by, in words."""
    return "mean error on the validation part" if measure_for(space) else "validation criterion"


def validation_error(model: SequenceModel, plan: Plan) -> float:
    """The mean error that the task's judgement has of every example: the log loss where there is one.

    Of forecasts and values it is the squared error in scaled units, whatever they are trained by.

    Args:
        model: with the weights to be measured.
        plan: of its training; its test examples are not touched.
    """
    examples = plan.examples["validation"]
    nobody = Alternatives((), {}, plan.season)
    answered = Answered(model, plan.pipeline, examples, predict(model, plan.pipeline, examples), nobody)
    errors = TASKS[plan.task].trial(answered).model().errors
    return float(np.nanmean(errors[LOG_LOSS if LOG_LOSS in errors else next(iter(errors))]))
