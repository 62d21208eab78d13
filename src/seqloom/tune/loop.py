"""The search of one process: it draws, trains and tells, trial by trial, until the budget is spent."""

import contextlib
import json
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from seqloom.errors import InputError, TrainingError
from seqloom.tune.again import again
from seqloom.tune.job import Job
from seqloom.tune.package import package
from seqloom.tune.record import (
    BEST_EPOCH,
    DEFAULTS,
    DRAWN,
    EPOCHS,
    HOST,
    PROCESS,
    REASON,
    SAME_AS,
    SECONDS,
    UNFINISHED,
    WEIGHTS,
    tried,
)
from seqloom.tune.space import Value
from seqloom.tune.study import Study
from seqloom.tune.trial import train_trial
from seqloom.tune.watch import Report, Surplus, Unfinished

REPEATS = 5
"""Trials in a row that were there before, after which the next one is drawn at random."""
EXHAUSTED = 60
"""The same, after which there is hardly anything new to draw."""
SHORTEST = 1
"""Finished trials of the study that a search for minutes waits for, however long they take."""


class Repeated(Exception):  # noqa: N818 - not an error: the next one is drawn
    """Settings that another trial has tried, or is trying."""


@dataclass
class Search:
    """The search of one process.

    Args:
        job: what is searched.
        study: where the trials are.
        told: called after every trial.
        asked_to_stop: whether somebody else wants the search to end.
        began: when the search began, by `time.monotonic` of this process.
    """

    job: Job
    study: Study
    told: Callable[[], None] = lambda: None
    asked_to_stop: Callable[[], bool] = lambda: False
    began: float = field(default_factory=time.monotonic)
    repeats: int = 0
    interrupted: bool = False

    def run(self) -> None:
        """Search until the budget is spent, somebody asks to stop, or nothing new is left.

        Ctrl-C ends it, too, with `interrupted` set; what was under way is queued to be tried again.
        """
        sampler, random = self.study.study.sampler, package().samplers.RandomSampler(seed=self.job.work.seed)
        caught = (Repeated, Unfinished, InputError, TrainingError)
        while not self._over() and self.repeats < EXHAUSTED:
            self.study.study.sampler = random if self.repeats >= REPEATS else sampler
            try:
                self.study.study.optimize(self._objective, n_trials=1, catch=caught)
            except KeyboardInterrupt:
                self.interrupted = True
            self.told()

    def _over(self) -> bool:
        spent = self.job.work.budget.spent(self.study.begun(), time.monotonic() - self.began)
        return self.interrupted or self.asked_to_stop() or spent

    def _stopping(self) -> bool:
        """Whether what is under way is to end: not for the time alone where nothing was finished yet."""
        over = self.job.work.budget.over(time.monotonic() - self.began)
        return self.asked_to_stop() or (over and len(self.study.trials()) >= SHORTEST)

    def _objective(self, trial: Any) -> float:  # noqa: ANN401 - Optuna's
        """The value of a trial, with everything noted that is worth to be known later."""
        trial.set_user_attr(HOST, socket.gethostname())
        trial.set_user_attr(PROCESS, os.getpid())
        began, epochs = time.monotonic(), [0]
        try:
            drawn = self._drawn(trial)
            result = train_trial(self.job, drawn, self._report(trial, epochs), self._stopping)
        except (Unfinished, KeyboardInterrupt) as stop:
            self.interrupted = not isinstance(stop, Surplus) and not self._stopping()
            trial.set_user_attr(UNFINISHED, True)  # noqa: FBT003 - a value to keep
            again(self.study.study, self.study.study.get_trials(deepcopy=False)[trial.number], lost=False)
            raise
        except (InputError, TrainingError) as error:
            trial.set_user_attr(REASON, str(error))
            raise
        finally:
            with contextlib.suppress(Exception):  # another error is on its way where this fails
                trial.set_user_attr(SECONDS, time.monotonic() - began)
                trial.set_user_attr(EPOCHS, epochs[0])
        trial.set_user_attr(WEIGHTS, result.weights)
        trial.set_user_attr(BEST_EPOCH, result.best_epoch)
        return result.value

    def _drawn(self, trial: Any) -> dict[str, Value]:  # noqa: ANN401 - Optuna's
        """The settings to try; those of the defaults are left to the data.

        Raises:
            Repeated: another trial has them.
            Surplus: others have begun all trials that there may be.
        """
        most = self.job.work.budget.trials
        if most is not None and self.study.begun(before=trial.number) >= most:
            raise Surplus
        if trial.user_attrs.get(DEFAULTS):
            held = self.job.space.held(self.job.usual, self.job.given)
            for one in self.job.space.searched:
                if one.name in held:
                    one.range.pick(trial, one.name)
            trial.set_user_attr(DRAWN, self.job.usual)
            return {}
        drawn = self.job.space.draw(trial, self.job.given)
        before = self._same(drawn, trial.number)
        self.repeats = 0 if before is None else self.repeats + 1
        if before is not None:
            trial.set_user_attr(SAME_AS, before)
            raise Repeated
        trial.set_user_attr(DRAWN, drawn)
        return drawn

    def _same(self, drawn: dict[str, Value], number: int) -> int | None:
        """The number of an earlier trial with the same settings, finished or on its way."""
        own = json.dumps(drawn, sort_keys=True)
        for trial in self.study.study.get_trials(deepcopy=False):
            counts = trial.state.name == "RUNNING" or tried(trial) is not None
            theirs = trial.user_attrs.get(DRAWN)
            if counts and trial.number < number and theirs is not None and json.dumps(theirs, sort_keys=True) == own:
                return int(trial.number)
        return None

    def _report(self, trial: Any, epochs: list[int]) -> Report:  # noqa: ANN401 - Optuna's
        """Keep the value of an epoch, and give up what does not look good while that saves something.

        The defaults are never given up, as all others are compared with them.
        """
        pruned, never = package().TrialPruned, bool(trial.user_attrs.get(DEFAULTS))

        def report(value: float, epoch: int, last: bool) -> None:  # noqa: FBT001 - the protocol's signature
            trial.report(value, epoch)
            epochs[0] = epoch
            hopeless = trial.should_prune()  # asked of every trial: others are compared with what it notes
            if hopeless and not (never or last):
                raise pruned

        return report
