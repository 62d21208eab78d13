"""Champion and challenger on the same examples: whose errors are smaller, and how sure that is."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives import Alternatives
from seqloom.artifact import Bundle
from seqloom.evaluate import Comparison, DieboldMariano, compare, diebold_mariano, overlap
from seqloom.evaluate.trial import SQUARED_ERROR, Measured, Trial
from seqloom.model import SequenceModel, predict
from seqloom.prepare import Examples, Pipeline
from seqloom.tasks import TASKS, Answered

CHAMPION, CHALLENGER = "champion", "challenger"
FORECAST = "forecast"
FEW_EXAMPLES, FEW_BLOCKS = 10, 4.0
"""Fewer of them tell nothing."""
Result = Literal["won", "lost", "mixed", "undecided", "too few", "not finite"]
Errors = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Paired:
    """What champion and challenger came to on the same examples.

    Args:
        window: what these examples are, in words.
        comparisons: of the challenger with the champion, one for each kind of error.
        metrics: of both, by name; empty where only errors are known.
        finite: whether every answer and metric of the challenger is a finite number.
        accuracy: of forecasts, the usual test of equal accuracy, to be read beside the intervals; None: of other tasks.
        put_in: whether the truth is about anomalies that were put into the examples, as nothing was known of them.
    """

    window: str
    comparisons: tuple[Comparison, ...]
    metrics: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    finite: bool = True
    accuracy: DieboldMariano | None = None
    put_in: bool = False

    @property
    def result(self) -> Result:
        """Whether the challenger won: by one kind of error clearly better, and by none clearly worse."""
        if not self.finite:
            return "not finite"
        few = [one for one in self.comparisons if one.examples < FEW_EXAMPLES or one.blocks < FEW_BLOCKS]
        if few or not self.comparisons:
            return "too few"
        better = any(one.low > 0 for one in self.comparisons)
        worse = any(one.high < 0 for one in self.comparisons)
        return "mixed" if better and worse else "won" if better else "lost" if worse else "undecided"

    @property
    def examples(self) -> int:
        """How many examples both answered."""
        return max((one.examples for one in self.comparisons), default=0)


def pair(champion: Bundle, challenger: Bundle, examples: Examples, window: str, *, seed: int = 0) -> Paired:
    """Let both answer the same examples, prepared alike.

    Args:
        champion: the model that is used; its preparation is that of the challenger.
        challenger: the model that may take its place.
        examples: with known truth, which neither has learned from.
        window: what they are, in words.
        seed: seed of the resampling.
    """
    season = champion.profile.get("season", 1)
    pipeline, steps = champion.pipeline, season if isinstance(season, int) else 1
    found = {name: _measured(bundle.model, pipeline, examples, steps) for name, bundle in _both(champion, challenger)}
    (theirs, trial), (own, _) = found[CHAMPION], found[CHALLENGER]
    metrics = {name: dict(measured.metrics) for name, (measured, _) in found.items() if measured is not None}
    if theirs is None or own is None or trial is None:
        return Paired(window, (), metrics, finite=own is not None)
    finite = all(map(math.isfinite, own.metrics.values())) and _answered(theirs.errors, own.errors)
    if not finite:
        return Paired(window, (), metrics, finite=False)
    comparisons = compare_errors(theirs.decisive, own.decisive, trial.block, seed=seed)
    accuracy = equal_accuracy(champion, theirs.errors, own.errors, overlap(examples))
    return Paired(window, comparisons, metrics, accuracy=accuracy, put_in=trial.examples is not examples)


def equal_accuracy(bundle: Bundle, champion: Errors, challenger: Errors, horizon: int) -> DieboldMariano | None:
    """Test whether two models forecast equally well, by their squared errors; None: they do not forecast.

    Args:
        bundle: the champion.
        champion: its errors by their kind.
        challenger: the same of the challenger.
        horizon: neighbours whose steps ahead overlap, this one included.
    """
    if bundle.task != FORECAST or SQUARED_ERROR not in champion:
        return None
    return diebold_mariano(challenger[SQUARED_ERROR], champion[SQUARED_ERROR], horizon=horizon)


def compare_errors(champion: Errors, challenger: Errors, block: int = 1, *, seed: int = 0) -> tuple[Comparison, ...]:
    """Compare errors of both by the block bootstrap, one comparison for each kind.

    Args:
        champion: one error per example, in the order of sequence and time, by the kind of error, [E] each.
        challenger: the same of the challenger.
        block: neighbours that depend on each other because they overlap; more where their differences say so.
        seed: seed of the resampling.
    """
    return tuple(
        compare(
            own,
            champion[kind],
            block=max(block, dependence(champion[kind] - own)),
            name=CHAMPION,
            title="the champion",
            error=kind,
            seed=seed,
        )
        for kind, own in challenger.items()
    )


def dependence(differences: NDArray[np.float64]) -> int:
    """How many neighbours depend on each other: the integrated autocorrelation time, rounded up.

    Twice the sum of the autocorrelations, up to the first pair of lags whose sum is not positive (Geyer, "Practical
    Markov chain Monte Carlo", Statistical Science 7, 1992), minus 1.

    Args:
        differences: of paired errors, in order, [E]; NaN where one is not known.

    Example:
        >>> dependence(np.random.default_rng(0).normal(size=2000))
        1
        >>> dependence(np.repeat(np.random.default_rng(0).normal(size=200), 10)) > 5
        True
    """
    known = differences[np.isfinite(differences)]
    centred = known - known.mean() if len(known) else known
    if len(known) < FEW_EXAMPLES or not centred.any():
        return 1
    power = np.abs(np.fft.rfft(centred, 2 * len(centred))) ** 2
    correlation = np.fft.irfft(power)[: len(centred)]
    correlation = correlation / correlation[0]
    pairs = correlation[: len(correlation) // 2 * 2].reshape(-1, 2).sum(axis=1)
    positive = pairs[: int(np.argmax(pairs <= 0))] if (pairs <= 0).any() else pairs
    time = 2 * float(positive.sum()) - 1
    noise = 1 + 2 / math.sqrt(len(known))  # what independent differences come to now and then
    return 1 if time <= noise else min(math.ceil(time), max(1, len(known) // 4))


def _both(champion: Bundle, challenger: Bundle) -> tuple[tuple[str, Bundle], tuple[str, Bundle]]:
    return (CHAMPION, champion), (CHALLENGER, challenger)


def _measured(
    model: SequenceModel, pipeline: Pipeline, examples: Examples, season: int
) -> tuple[Measured, Trial] | tuple[None, None]:
    """What a model came to, and by which trial; None: an answer of it is not finite, or nothing asked."""
    if not len(examples):
        return None, None
    prediction: Any = predict(model, pipeline, examples)
    if not all(np.isfinite(numbers).all() for numbers in prediction.numbers().values()):
        return None, None
    nobody = Alternatives((), {}, season)
    trial = TASKS[model.task].trial(Answered(model, pipeline, examples, prediction, nobody))
    return trial.model(), trial


def _answered(champion: Errors, challenger: Errors) -> bool:
    """Whether the challenger has an error wherever the champion has one."""
    return all(np.isfinite(challenger[kind][np.isfinite(errors)]).all() for kind, errors in champion.items())
