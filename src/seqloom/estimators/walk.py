"""The walk from a plan to a trained model."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from seqloom.errors import SettingsError
from seqloom.estimators.method import fitted_method
from seqloom.estimators.parts import Parts
from seqloom.estimators.plan import Plan
from seqloom.estimators.refit import joined, refit
from seqloom.estimators.settings import FitSettings
from seqloom.model import SequenceModel
from seqloom.prepare import Examples, Pipeline
from seqloom.simple import kind_of
from seqloom.tasks import TASKS
from seqloom.train import Progress, Run
from seqloom.train import fit as train


@dataclass(frozen=True)
class Walked:
    """What a walk came to.

    Args:
        plan: what it was to be: settings, data, preparation, examples.
        model: trained, with the weights it is to keep.
        validated: the model that has not seen the validation part: another one only where the first was trained anew.
        run: the training; None: there was none, a simple method was fitted.
        seconds: that fitting took, all together.
    """

    plan: Plan
    model: SequenceModel
    validated: SequenceModel
    run: Run | None
    seconds: float

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl-C cut the training short."""
        return self.run is not None and self.run.stopped == "interrupted"

    @property
    def settings(self) -> FitSettings:
        """All settings, resolved."""
        return self.plan.settings

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why each setting that was left open was chosen, by name."""
        return self.plan.reasons

    @property
    def parts(self) -> Parts:
        """The data and its parts."""
        return self.plan.parts

    @property
    def pipeline(self) -> Pipeline:
        """The fitted preparation."""
        return self.plan.pipeline

    @property
    def examples(self) -> Mapping[str, Examples]:
        """What the model learned from, was chosen by, and is judged on: `train`, `validation`, `test`."""
        return self.plan.examples

    @property
    def season(self) -> int:
        """Steps after which the series repeats itself; 1: none known."""
        return self.plan.season


def walk(
    plan: Plan,
    *,
    directory: Path | None = None,
    resume: bool = False,
    progress: Progress | None = None,
) -> Walked:
    """Train a model as planned; with `refit`, then a second one on the validation part as well.

    Args:
        plan: what is settled before the first update.
        directory: where to keep history and checkpoints of the training; None: nowhere.
        resume: continue from the directory's checkpoint, if there is one.
        progress: who is told how the training goes.
    """
    if plan.settings.simple:
        return _fitted(plan, resume=resume)
    settings, examples = plan.settings, plan.examples
    validated = plan.fresh(examples["train"])
    run = train(
        validated,
        examples["train"],
        examples["validation"],
        settings.train,
        directory=directory,
        resume=resume,
        progress=progress,
    )
    TASKS[plan.task].calibrate(validated, examples["validation"])
    model = validated
    if settings.train.refit and run.best_epoch and run.stopped != "interrupted":
        model, run = refit(plan.fresh, validated, run, _everything(plan), examples["validation"], progress=progress)
    return Walked(plan, model, validated, run, run.seconds)


def _fitted(plan: Plan, *, resume: bool) -> Walked:
    """The walk of a simple method: fitted, then calibrated on the validation part; with `refit` fitted on both.

    Raises:
        SettingsError: there is no training to be resumed.
    """
    if resume:
        fix = "leave resume out"
        raise SettingsError(
            "resume", expected="a network, whose training takes long", came=plan.settings.model.method, fix=fix
        )
    started, task, training = time.perf_counter(), TASKS[plan.task], plan.examples["train"]
    validated = fitted_method(plan.task, plan.settings, plan.sizes, training)
    task.calibrate(validated, plan.examples["validation"])
    model = validated
    if plan.settings.train.refit:
        model = fitted_method(plan.task, plan.settings, plan.sizes, _everything(plan))
        task.adopt(model, validated)
    return Walked(plan, model, validated, None, time.perf_counter() - started)


def _everything(plan: Plan) -> Examples:
    """The training and the validation examples together."""
    kind = kind_of(plan.task, plan.settings.model.method)
    prepared = plan.examples["train"].prepared
    return kind.examples(prepared, joined(plan.parts.split), "train", plan.settings.model)
