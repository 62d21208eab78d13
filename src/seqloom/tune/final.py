"""The final: the best settings and the defaults, trained alike, on the test part that the search has not seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives import Alternatives
from seqloom.errors import TrainingError
from seqloom.estimators import Fitted, Judged, fit_planned, judge_examples, title_of, walk
from seqloom.evaluate import MODEL, Comparison, compare
from seqloom.prepare import Examples, joint
from seqloom.tasks import TASKS
from seqloom.train import Progress
from seqloom.tune.job import Job
from seqloom.tune.record import Tried

DEFAULTS = "defaults"
FEW_EXAMPLES, FEW_BLOCKS = 10, 4.0
"""Fewer of them tell nothing."""
Result = Literal["better", "worse", "mixed", "undecided", "too few", "same"]
"""How the tuned settings do on the test part beside the defaults."""


@dataclass(frozen=True)
class Final:
    """What the search was worth.

    Args:
        fitted: the model of the best settings, judged beside the alternatives.
        best: the trial they come from.
        metrics: of tuned model, defaults and alternatives on the test part, by name.
        scaled: the same in the scaled units of the training part; empty for classes.
        comparisons: of tuned model and defaults, one for each kind of error; empty where they are the same.
        title: how sentences call the tuned model.
        interrupted: whether Ctrl-C cut the trainings short.
    """

    fitted: Fitted
    best: Tried
    metrics: Mapping[str, Mapping[str, float]]
    scaled: Mapping[str, Mapping[str, float]]
    comparisons: tuple[Comparison, ...]
    title: str
    interrupted: bool = False

    @property
    def result(self) -> Result:
        """Better by one kind of error clearly and by none clearly worse, or the other way round, or neither."""
        if self.best.defaults:
            return "same"
        few = [one for one in self.comparisons if one.examples < FEW_EXAMPLES or one.blocks < FEW_BLOCKS]
        if few or not self.comparisons:
            return "too few"
        better = any(one.low > 0 for one in self.comparisons)
        worse = any(one.high < 0 for one in self.comparisons)
        return "mixed" if better and worse else "better" if better else "worse" if worse else "undecided"


def final(job: Job, best: Tried, *, given: Mapping[str, Any], progress: Progress | None = None) -> Final:
    """Train both on training and validation part, and judge them once on the test part.

    Args:
        job: the search.
        best: the trial with the best settings.
        given: the settings that were given, for the report.
        progress: who is told how the trainings go.

    Raises:
        TrainingError: a training came to numbers that are not finite.
    """
    drawn = {} if best.defaults else best.drawn
    _announce(progress, "the best settings, for the test part")
    fitted = fit_planned(job.plan(drawn, final=True), progress=progress, given={**given, **drawn})
    test = fitted.judged.judgement
    metrics, scaled = dict(test.metrics), dict(test.scaled)
    comparisons: tuple[Comparison, ...] = ()
    interrupted = fitted.walked.interrupted
    if not best.defaults and not interrupted:
        _announce(progress, "the defaults, for the test part")
        judged, interrupted = _defaults(job, progress)
        metrics = {MODEL: metrics.pop(MODEL), DEFAULTS: judged.judgement.metrics[MODEL], **metrics}
        if scaled:
            scaled = {MODEL: scaled.pop(MODEL), DEFAULTS: judged.judgement.scaled[MODEL], **scaled}
        comparisons = beside(fitted.judged, judged)
    return Final(fitted, best, metrics, scaled, comparisons, title_of(fitted.bundle.model), interrupted)


def beside(tuned: Judged, defaults: Judged) -> tuple[Comparison, ...]:
    """Compare the errors of both on the test examples that both have answered.

    Args:
        tuned: answers of the tuned model.
        defaults: those of the defaults.

    Raises:
        TrainingError: there is none.
    """
    trials = [TASKS[one.answered.model.task].trial(one.answered) for one in (tuned, defaults)]
    own, theirs = (trial.model().errors for trial in trials)
    first, second = _shared(tuned.examples, defaults.examples, own, theirs)
    return tuple(
        compare(
            errors[first],
            theirs[kind][second],
            block=max(trial.block for trial in trials),
            name=DEFAULTS,
            title="the defaults",
            error=kind,
        )
        for kind, errors in own.items()
    )


def _announce(progress: Progress | None, what: str) -> None:
    if progress is not None:
        progress.announce(what)


def _defaults(job: Job, progress: Progress | None) -> tuple[Judged, bool]:
    """The judgement of the defaults alone, and whether Ctrl-C cut their training short."""
    walked = walk(job.plan({}, final=True), progress=progress)
    nobody = Alternatives((), {}, walked.season)
    judged = judge_examples(walked.model, walked.pipeline, walked.examples["test"], nobody, walked.examples["train"])
    return judged, walked.interrupted


def _shared(
    tuned: Examples, defaults: Examples, own: Mapping[str, NDArray[np.float64]], theirs: Mapping[str, Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the examples of both are the same ones: a longer lookback leaves fewer windows.

    Errors stand in the order of sequence and time.
    """
    counts = [len(next(iter(errors.values()))) for errors in (own, theirs)]
    if counts[0] == counts[1]:
        every = np.arange(counts[0])
        return every, every
    places = [_ends(examples) for examples in (tuned, defaults)]
    if [len(one) for one in places] != counts:
        expected, came = "the same test examples of both", f"{counts[0]} and {counts[1]}"
        raise TrainingError("test part", expected=expected, came=came, fix="do not search what cuts the examples")
    _, first, second = np.intersect1d(places[0], places[1], return_indices=True)
    return first, second


def _ends(examples: Examples) -> NDArray[np.int64]:
    """Where each window ends, as one number, in the order of sequence and time."""
    windows = joint(examples)
    return np.sort(windows.stop.astype(np.int64))  # rows of sequences stand one after the other
