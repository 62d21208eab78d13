"""The judgement: model and alternatives on the same examples, and what follows from it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import singledispatch
from typing import Any

from seqloom.evaluate.alternatives import Alternatives
from seqloom.evaluate.class_trial import ClassTrial
from seqloom.evaluate.comparison import Comparison, compare
from seqloom.evaluate.event_trial import EventTrial
from seqloom.evaluate.forecast_trial import ForecastTrial, mase_denominators
from seqloom.evaluate.frame_trial import FrameTrial
from seqloom.evaluate.language_trial import LanguageTrial
from seqloom.evaluate.tag_trial import TagTrial
from seqloom.evaluate.transcript_trial import TranscriptTrial
from seqloom.evaluate.translate_trial import TranslateTrial
from seqloom.evaluate.trial import Trial
from seqloom.evaluate.value_trial import ValueTrial
from seqloom.evaluate.verdict import Verdict, verdict
from seqloom.evaluate.views import joint
from seqloom.prepare import Examples, Pipeline
from seqloom.sequence import (
    Array,
    ClassPrediction,
    EventPrediction,
    ForecastPrediction,
    FramePrediction,
    LanguagePrediction,
    Prediction,
    TagPrediction,
    TranscriptPrediction,
    TranslatePrediction,
    ValuePrediction,
)

MODEL = "model"
"""The name of the model among the metrics."""
STEPS_PER_SEQUENCE = 32
"""Labelled steps of a sequence a model with a value per step is measured at."""

Metrics = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class JudgeSettings:
    """How a judgement is to be made.

    Args:
        title: how sentences call the model.
        threshold: probability from which on the model chooses the second of two classes; None: 0.5.
        steps_per_sequence: labelled steps of a sequence to measure at, where targets have a value per step; 1: only
            the last labelled one, as benchmarks of remaining life do.
        seed: seed of the resampling.
    """

    title: str = "the model"
    threshold: float | None = None
    steps_per_sequence: int = STEPS_PER_SEQUENCE
    seed: int = 0


@dataclass(frozen=True)
class Judgement:
    """What model and alternatives came to on the same examples.

    Args:
        metrics: of the model, under the name `model`, and of each alternative, in the units of the data.
        scaled: the same in the scaled units of the training part; empty for classes.
        comparisons: of the model with each alternative.
        verdict: whether recurrence earned its keep.
        skipped: why an alternative is missing, by its name.
        season: steps of the season the alternatives used; 1: none.
        examples: how many examples were judged.
    """

    metrics: Metrics
    scaled: Metrics
    comparisons: tuple[Comparison, ...]
    verdict: Verdict
    skipped: Mapping[str, str]
    season: int
    examples: int

    def to_json(self) -> dict[str, Any]:
        """The same in plain numbers, lists and dictionaries."""
        plain = asdict(self)
        for comparison, written in zip(self.comparisons, plain["comparisons"], strict=True):
            written["difference"] = comparison.difference
        return plain


def judge(
    prediction: Prediction,
    examples: Examples,
    alternatives: Alternatives,
    pipeline: Pipeline,
    *,
    training: Examples | None = None,
    settings: JudgeSettings | None = None,
) -> Judgement:
    """Measure a model's prediction and the alternatives on the same examples.

    Args:
        prediction: what the model answered for the examples, in the units of the data.
        examples: what was asked, with known truth.
        alternatives: fitted on the training part of the same data.
        pipeline: the fitted preparation.
        training: the training examples, for the denominators of the mean absolute scaled error; None: it is left out.
        settings: how to judge.
    """
    settings = settings or JudgeSettings()
    trial = _trial(prediction, _Asked(examples, alternatives.season, pipeline, training, settings))
    model = trial.model()
    metrics, scaled, comparisons = {MODEL: dict(model.metrics)}, {MODEL: dict(model.scaled)}, []
    for alternative in alternatives.fitted:
        measured = trial.alternative(alternative.predict(trial.examples))
        metrics[alternative.name], scaled[alternative.name] = dict(measured.metrics), dict(measured.scaled)
        comparisons += [
            compare(
                model.errors[error],
                measured.errors[error],
                block=trial.block,
                name=alternative.name,
                title=alternative.title,
                error=error,
                seed=settings.seed,
            )
            for error in model.errors
        ]
    return Judgement(
        metrics=metrics,
        scaled=scaled if model.scaled else {},
        comparisons=tuple(comparisons),
        verdict=verdict(comparisons, model=settings.title),
        skipped=dict(alternatives.skipped),
        season=alternatives.season,
        examples=len(trial.examples),
    )


def alternative_answers(alternatives: Alternatives, examples: Examples, pipeline: Pipeline) -> dict[str, Array]:
    """What each alternative answers for some examples, in the units of the data; probabilities as they are."""
    asked = joint(examples)
    answers: dict[str, Array] = {alternative.name: alternative.predict(asked) for alternative in alternatives.fitted}
    if pipeline.classes:
        return answers
    return {name: pipeline.invert_targets(answer, asked.keys()) for name, answer in answers.items()}


@dataclass(frozen=True)
class _Asked:
    """What a trial is made of beside the prediction.

    Args:
        examples: what was asked.
        season: steps of the season; 1: none.
        pipeline: the fitted preparation.
        training: the training examples, where they are at hand.
        settings: how to judge.
    """

    examples: Examples
    season: int
    pipeline: Pipeline
    training: Examples | None
    settings: JudgeSettings


@singledispatch
def _trial(prediction: Prediction, asked: _Asked) -> Trial:  # noqa: ARG001 - for those registered below
    """The trial that fits the kind of prediction."""
    raise TypeError(type(prediction))


@_trial.register
def _of_forecasts(prediction: ForecastPrediction, asked: _Asked) -> Trial:
    windows = joint(asked.examples)
    denominators = None
    if asked.training is not None:
        denominators = mase_denominators(asked.training, windows, asked.pipeline, asked.season)
    return ForecastTrial(windows, prediction, asked.pipeline, denominators)


@_trial.register
def _of_classes(prediction: ClassPrediction, asked: _Asked) -> Trial:
    return ClassTrial(asked.examples, prediction, asked.settings.threshold)


@_trial.register
def _of_values(prediction: ValuePrediction, asked: _Asked) -> Trial:
    return ValueTrial.of(prediction, asked.examples, asked.pipeline, asked.settings.steps_per_sequence)


@_trial.register
def _of_tags(prediction: TagPrediction, asked: _Asked) -> Trial:
    return TagTrial(asked.examples, prediction)


@_trial.register
def _of_events(prediction: EventPrediction, asked: _Asked) -> Trial:
    return EventTrial.of(prediction, asked.examples, asked.pipeline)


@_trial.register
def _of_running_text(prediction: LanguagePrediction, asked: _Asked) -> Trial:
    return LanguageTrial(asked.examples, prediction)


@_trial.register
def _of_frames(prediction: FramePrediction, asked: _Asked) -> Trial:
    return FrameTrial(asked.examples, prediction)


@_trial.register
def _of_translations(prediction: TranslatePrediction, asked: _Asked) -> Trial:
    return TranslateTrial(asked.examples, prediction)


@_trial.register
def _of_transcripts(prediction: TranscriptPrediction, asked: _Asked) -> Trial:
    return TranscriptTrial(asked.examples, prediction)
