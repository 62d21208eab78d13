"""A model and its judgement: on the test part of its own walk, or on data it has never met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from seqloom.alternatives import Alternatives, fit_alternatives
from seqloom.errors import DataError
from seqloom.estimators.method import others
from seqloom.estimators.parts import held_out
from seqloom.estimators.rivals import train_rivals
from seqloom.estimators.walk import Walked
from seqloom.evaluate import NET, RECURRENCE, SIMPLICITY, Against, Judgement, Rival, Stake, judge
from seqloom.model import WHOLE, SequenceModel, predict, title_of_cell
from seqloom.prepare import Examples, Pipeline, whole
from seqloom.sequence import Prediction, SequenceDataset
from seqloom.simple import SimpleModel
from seqloom.tasks import TASKS, Answered
from seqloom.train import Progress


@dataclass(frozen=True)
class Judged:
    """A judgement with what it was made on.

    Args:
        judgement: model and alternatives on the same examples.
        answered: what the model was asked, what it answered, and what it was compared with.
    """

    judgement: Judgement
    answered: Answered[SequenceModel, Prediction]

    @property
    def prediction(self) -> Prediction:
        """What the model answered."""
        return self.answered.prediction

    @property
    def examples(self) -> Examples:
        """What it was asked."""
        return self.answered.examples


def judge_walk(walked: Walked, *, progress: Progress | None = None) -> tuple[Judged, Judged]:
    """The judgement on the test part, beside the alternatives, and that of the model alone on the validation part.

    A model that was trained anew with the validation part is not judged there: its forerunner is.
    """
    training, seed, choosing = walked.examples["train"], walked.settings.train.seed, walked.examples["validation"]
    against = walked.settings.judge.against
    alternatives = _alternatives(walked.model, walked.pipeline, training, against=against, seed=seed, choosing=choosing)
    rivals: Sequence[Rival] = ()
    missing: Mapping[str, str] = {}
    if against == "full" and not walked.settings.simple:
        rivals, missing = train_rivals(walked, progress=progress)
    alternatives = replace(alternatives, skipped={**alternatives.skipped, **missing})
    test = judge_examples(walked.model, walked.pipeline, walked.examples["test"], alternatives, training, rivals)
    nobody = Alternatives((), {}, alternatives.season)
    validation = judge_examples(walked.validated, walked.pipeline, walked.examples["validation"], nobody, training)
    return test, validation


def judge_dataset(
    model: SequenceModel,
    pipeline: Pipeline,
    dataset: SequenceDataset,
    *,
    test: SequenceDataset | None = None,
    season: int = 1,
    against: Against = "quick",
) -> Judged:
    """Judge a model on a data set it was not trained on.

    Args:
        model: the model.
        pipeline: its preparation.
        dataset: what to judge on; with `test`, what the alternatives learn from.
        test: what to judge on, the steps that follow where the task is a forecast.
        season: steps of a season, as found in training.
        against: what the model is compared with; nets are not trained for it.

    Raises:
        DataError: a target has no known value, or no sequence has room for a window.
    """
    kind = type(model)
    for given in (dataset, *([] if test is None else [test])):
        _need_targets(given)
    if test is None:
        examples = kind.examples(pipeline.transform(dataset), whole(dataset, "test"), "test", model.settings)
        simple = Alternatives((), {}, season) if against == "none" else TASKS[kind.task].untrained(season)
        return judge_examples(model, pipeline, examples, others(simple, model), None)
    parts = held_out(kind, dataset, test)
    training = kind.examples(pipeline.transform(parts.dataset), parts.split, "train", model.settings)
    examples = kind.examples(pipeline.transform(parts.test_dataset), parts.test_split, "test", model.settings)
    alternatives = _alternatives(model, pipeline, training, against=against)
    return judge_examples(model, pipeline, examples, alternatives, training)


def judge_examples(
    model: SequenceModel,
    pipeline: Pipeline,
    examples: Examples,
    alternatives: Alternatives,
    training: Examples | None,
    rivals: Sequence[Rival] = (),
) -> Judged:
    """Judge a model on examples, beside alternatives and other nets."""
    answered = Answered(model, pipeline, examples, predict(model, pipeline, examples), alternatives, training)
    trial = TASKS[model.task].trial(answered)
    judgement = judge(trial, alternatives, rivals=rivals, title=title_of(model), stake=stake_of(model))
    return Judged(judgement, answered)


def _alternatives(
    model: SequenceModel,
    pipeline: Pipeline,
    training: Examples,
    *,
    against: Against = "quick",
    seed: int = 0,
    choosing: Examples | None = None,
) -> Alternatives:
    """What the model has to beat, fitted on a training part."""
    mine = model.alternative.name if isinstance(model, SimpleModel) else None
    rows = tuple(row for row in TASKS[model.task].alternatives_for(training, against) if row.name != mine)
    return fit_alternatives(
        rows,
        training,
        classes=len(pipeline.classes),
        seed=seed,
        choosing=choosing,
        false_alarms=model.settings.false_alarms,
        span=model.settings.smoothing,
    )


def _need_targets(dataset: SequenceDataset) -> None:
    """Refuse data without the truth: a column of only missing targets stands for one that is not there."""
    for name in dataset.schema.targets:
        values = dataset.column(name)
        known = values >= 0 if name in dataset.categories else ~np.isnan(values)
        if not known.any():
            fix = "add the column; without the truth a model can only predict"
            raise DataError(f"{dataset.source}, column '{name}'", expected="targets to judge by", came="none", fix=fix)


def stake_of(model: SequenceModel) -> Stake:
    """What the comparison of a model decides about: whether recurrence is worth it, or which simple method to take."""
    if isinstance(model, SimpleModel):
        return SIMPLICITY
    return NET if model.settings.cell in WHOLE else RECURRENCE


def title_of(model: SequenceModel) -> str:
    """How sentences call a model: its cell, layers and width, or what the simple method is called.

    A two-layer LSTM of width 64 is `LSTM 2 x 64`.
    """
    if isinstance(model, SimpleModel):
        return model.title
    layers = "" if model.settings.layers == 1 else f"{model.settings.layers} x "
    return f"{title_of_cell(model.settings.cell)} {layers}{model.settings.hidden_size}"
