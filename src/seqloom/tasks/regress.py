"""The task `regress`: a value for each sequence, or for each of its steps."""

import numpy as np

from seqloom.alternatives import FeedForwardRegressor, Mean, PooledRidge, RocketRegressor, TfidfRidge
from seqloom.evaluate import ValueTrial
from seqloom.model import RegressModel
from seqloom.report import ValueOutcome, value_sections
from seqloom.sequence import ValuePrediction
from seqloom.tasks.explained import VALUE
from seqloom.tasks.picked import reader, series
from seqloom.tasks.reading import target_kind
from seqloom.tasks.rivals import NETS, SHUFFLED
from seqloom.tasks.task import Answered, Task

Values = Answered[RegressModel, ValuePrediction]


def trial(answered: Values) -> ValueTrial:
    """Sequences with values each, or some labelled steps of each."""
    return ValueTrial.of(answered.prediction, answered.examples, answered.pipeline)


def outcome(answered: Values) -> ValueOutcome:
    """Values with the true ones, for each sequence or each step, in the units of the data."""
    examples, prediction, pipeline = answered.examples, answered.prediction, answered.pipeline
    lengths = (examples.stop - examples.start).astype(np.int64)
    targets, example = examples.prepared.targets, np.arange(len(examples))
    if prediction.steps is None:
        seen, truth = lengths, targets[examples.sequence]
    else:
        example, seen = np.repeat(example, lengths), prediction.steps
        truth = targets[examples.start[example] + seen - 1]
    return ValueOutcome(
        prediction=prediction,
        truth=pipeline.invert_targets(truth, prediction.keys),
        lengths=seen,
        series=lambda row: series(examples, int(example[row]), int(seen[row])),
        features=examples.prepared.number_names,
        text=reader(examples, pipeline) if prediction.steps is None else None,
    )


REGRESS = Task(
    model=RegressModel,
    title="Regression of sequences",
    subject="values",
    metrics=("rmse", "mae", "r2", "smape"),
    alternatives=(Mean, PooledRidge, FeedForwardRegressor),
    of_texts=(Mean, TfidfRidge),
    thorough=(RocketRegressor,),
    rivals={**NETS, **SHUFFLED},
    trial=trial,
    sections=lambda answered: value_sections(outcome(answered)),
    explained=VALUE,
    poses=lambda schema: not schema.per_step_target and target_kind(schema) not in ("category", "text"),
    listens=("order", "pooling", "convolution", "filters", "loss", "target_transform"),
)
