"""One trial: a training with settings that were drawn."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from seqloom.errors import TrainingError
from seqloom.estimators import Plan
from seqloom.model import SequenceModel
from seqloom.train import fit
from seqloom.tune.job import Job
from seqloom.tune.objective import measure_for
from seqloom.tune.space import Value
from seqloom.tune.watch import Report, Unfinished, Watch


@dataclass(frozen=True)
class Result:
    """What a trial came to.

    Args:
        value: what trials are compared by, the lower the better.
        epochs: epochs that were trained.
        best_epoch: the one whose weights were kept.
        seconds: time taken, preparation included.
        weights: of the model.
    """

    value: float
    epochs: int
    best_epoch: int
    seconds: float
    weights: int


def train_trial(job: Job, drawn: dict[str, Value], report: Report, stopping: Callable[[], bool]) -> Result:
    """Prepare, train and measure on the validation part; the test part is left alone.

    Args:
        job: the search.
        drawn: the settings to try; empty: the defaults.
        report: told a number after every epoch; what it raises ends the training.
        stopping: whether the search is to end now.

    Raises:
        InputError: the settings do not go together, or not with the data.
        TrainingError: the training came to numbers that are not finite.
        Unfinished: the search ends, or Ctrl-C was pressed.
    """
    began, measure = time.monotonic(), measure_for(job.space)
    planned = job.plan(drawn)
    model = planned.fresh(planned.examples["train"])
    watch = Watch(report, stopping, None if measure is None else _measuring(model, planned, measure))
    run = fit(model, planned.examples["train"], planned.examples["validation"], planned.settings.train, progress=watch)
    if run.stopped == "interrupted":
        raise Unfinished
    value = run.validation if measure is None else measure(model, planned)
    if value != value:  # noqa: PLR0124 - only NaN differs from itself
        came, fix = "none", "see what the validation part holds"
        raise TrainingError("validation part", expected="a number to compare trials by", came=came, fix=fix)
    return Result(value, run.epochs, run.best_epoch, time.monotonic() - began, model.parameter_count)


def _measuring(
    model: SequenceModel, planned: Plan, measure: Callable[[SequenceModel, Plan], float]
) -> Callable[[], float]:
    return lambda: measure(model, planned)
