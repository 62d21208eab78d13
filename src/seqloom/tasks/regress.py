"""The task `regress`: a value for each sequence, or for each of its steps."""

import numpy as np

from seqloom.alternatives import FeedForwardRegressor, Mean, PooledRidge, RocketRegressor, TfidfRidge
from seqloom.evaluate import ValueTrial
from seqloom.model import RegressModel
from seqloom.report import Section, ValueOutcome, life_sections, value_sections
from seqloom.sequence import RemainingLife, Schema, ValuePrediction
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


def sections(answered: Values) -> tuple[Section, ...]:
    """How near the end sequences were told to be, where that was asked, and what is shown of all values."""
    found, ending = outcome(answered), answered.examples.prepared.ending
    life = life_sections(found, ending.cap) if isinstance(ending, RemainingLife) else ()
    return (*life, *value_sections(found))


def poses(schema: Schema) -> bool:
    """Numbers, one of each sequence, or at each step what is left of it."""
    kind = target_kind(schema)
    return kind == "number" if schema.ending else not schema.per_step_target and kind not in ("category", "text")


REGRESS = Task(
    model=RegressModel,
    title="Regression of sequences",
    subject="values",
    metrics=("rmse", "rmse_last", "phm08", "mae", "r2", "smape"),
    alternatives=(Mean, PooledRidge, FeedForwardRegressor),
    of_texts=(Mean, TfidfRidge),
    thorough=(RocketRegressor,),
    rivals={**NETS, **SHUFFLED},
    trial=trial,
    sections=sections,
    explained=VALUE,
    poses=poses,
    listens=("order", "pooling", "convolution", "filters", "loss", "target_transform"),
)
