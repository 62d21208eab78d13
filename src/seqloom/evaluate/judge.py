"""The judgement: model and alternatives on the same examples, and what follows from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from seqloom.alternatives import Alternatives
from seqloom.evaluate.comparison import Comparison, compare
from seqloom.evaluate.interval_record import IntervalRecord
from seqloom.evaluate.order import SHUFFLED, worth_of_order
from seqloom.evaluate.rival import Rival
from seqloom.evaluate.trial import Choosing, Measured, Trial
from seqloom.evaluate.verdict import RECURRENCE, Stake, Verdict, verdict
from seqloom.prepare import Examples, Pipeline, joint
from seqloom.sequence import Array

MODEL = "model"
"""The name of the model among the metrics."""

Metrics = Mapping[str, Mapping[str, float]]


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
        intervals: what the model's intervals came to, by how their widths are set; empty where there are none.
        order: what the order of steps is worth, in a sentence; empty where no net was trained without it.
    """

    metrics: Metrics
    scaled: Metrics
    comparisons: tuple[Comparison, ...]
    verdict: Verdict
    skipped: Mapping[str, str]
    season: int
    examples: int
    intervals: Mapping[str, IntervalRecord] = field(default_factory=dict)
    order: str = ""

    def to_json(self) -> dict[str, Any]:
        """The same in plain numbers, lists and dictionaries."""
        plain = asdict(self)
        for comparison, written in zip(self.comparisons, plain["comparisons"], strict=True):
            written["difference"] = comparison.difference
        return plain


def judge(
    trial: Trial,
    alternatives: Alternatives,
    *,
    rivals: Sequence[Rival] = (),
    title: str = "the model",
    stake: Stake = RECURRENCE,
    seed: int = 0,
) -> Judgement:
    """Measure a model's prediction, the alternatives and other nets on the same examples.

    Args:
        trial: what was asked, with known truth, and what the model answered.
        alternatives: fitted on the training part of the same data.
        rivals: other nets, with what their answers to the same examples came to.
        title: how sentences call the model.
        stake: what the verdict decides about.
        seed: seed of the resampling.
    """
    model = trial.model()
    metrics, scaled, comparisons = {MODEL: dict(model.metrics)}, {MODEL: dict(model.scaled)}, []
    for name, entrant, measured in _entrants(trial, alternatives, rivals):
        metrics[name], scaled[name] = dict(measured.metrics), dict(measured.scaled)
        comparisons += [
            compare(
                model.errors[error],
                measured.errors[error],
                block=trial.block,
                name=name,
                title=entrant,
                error=error,
                seed=seed,
            )
            for error in model.errors
        ]
    decisive = [one for one in comparisons if one.error in model.decisive]
    handicaps = {rival.name: rival.handicap for rival in rivals}
    return Judgement(
        metrics=metrics,
        scaled=scaled if model.scaled else {},
        comparisons=tuple(comparisons),
        verdict=verdict(decisive, model=title, stake=stake),
        skipped=dict(alternatives.skipped),
        season=alternatives.season,
        examples=len(trial.examples),
        intervals=dict(model.intervals),
        order=worth_of_order(decisive, handicap=handicaps.get(SHUFFLED, "")),
    )


def _entrants(trial: Trial, alternatives: Alternatives, rivals: Sequence[Rival]) -> Iterator[tuple[str, str, Measured]]:
    """Name, title and results of all that a model is compared with."""
    for alternative in alternatives.fitted:
        own = trial.choosing_for(alternative) if isinstance(trial, Choosing) else trial
        measured = own.alternative(alternative.predict(trial.examples))
        yield alternative.name, alternative.title, measured
    for rival in rivals:
        yield rival.name, rival.title, rival.measured


def alternative_answers(alternatives: Alternatives, examples: Examples, pipeline: Pipeline) -> dict[str, Array]:
    """What each alternative answers for some examples, in the units of the data; probabilities as they are."""
    asked = joint(examples)
    answers: dict[str, Array] = {alternative.name: alternative.predict(asked) for alternative in alternatives.fitted}
    if pipeline.classes:
        return answers
    return {name: pipeline.invert_targets(answer, asked.keys()) for name, answer in answers.items()}
