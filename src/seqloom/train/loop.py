"""Training: epochs of updates, judged on the validation part, until nothing is gained any more."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.optim import Optimizer

from seqloom.errors import DataError, SettingsError
from seqloom.prepare import Examples, Lanes, batches, epoch
from seqloom.prepare.lanes import STEPS
from seqloom.sequence import Batch
from seqloom.train.choose import choose
from seqloom.train.contract import Learner, snapshot
from seqloom.train.identity import identify
from seqloom.train.interrupt import Interruption
from seqloom.train.optimizer import build_optimizer, set_rate
from seqloom.train.progress import Moment, Progress, Quiet
from seqloom.train.radius import recurrent_radius
from seqloom.train.recorder import Recorder
from seqloom.train.run import Run
from seqloom.train.schedule import Schedule
from seqloom.train.settings import ChosenSettings, TrainSettings
from seqloom.train.state import TrainingState
from seqloom.train.surroundings import own_surroundings
from seqloom.train.truncate import Known
from seqloom.train.truncate import terms as known_terms
from seqloom.train.update import check_criterion, update


def fit(
    model: Learner,
    training: Examples,
    validation: Examples,
    settings: TrainSettings,
    *,
    directory: Path | None = None,
    resume: bool = False,
    progress: Progress | None = None,
    stop_after: int | None = None,
) -> Run:
    """Train a model; it ends with the weights of its best epoch, or of its last, in evaluation mode.

    Two calls with the same arguments on the same machine give the same weights to the last bit, however often the
    first was killed and resumed. The caller's random state, thread count and Ctrl-C handler are left as they were.
    A first Ctrl-C ends the training after the update under way.

    Args:
        model: what to train, with its initial weights.
        training: the examples to learn from.
        validation: the examples that tell the best epoch.
        settings: how to train; what is `None` is chosen from the data.
        directory: where to write `history.jsonl` and checkpoints; None: nowhere.
        resume: continue from the directory's checkpoint, if there is one.
        progress: who is told how it goes; None: nobody.
        stop_after: epochs to stop after, though the learning rate follows the schedule of all of them.

    Raises:
        DataError: a part has no examples or no targets, or the checkpoint is damaged.
        SettingsError: `truncate` does not suit the data or the model, or the checkpoint is of another run.
        StorageError: the disk refused.
        TrainingError: a loss, a gradient or the criterion was not finite; the model has its best weights so far.
    """
    _check_examples(training, validation)
    _check_direction(model, settings)
    chosen = choose_for(model, training, settings)
    optimizer = build_optimizer(model.named_parameters(), chosen)
    with own_surroundings(chosen), Interruption() as interruption:
        recorder, state = None, TrainingState()
        if directory is not None:
            recorder = Recorder(directory, identify(model, training, validation, chosen), chosen)
            state = recorder.open(model, optimizer, resume=resume)
        watching = _Watching(progress or Quiet(), recorder, interruption)
        _Loop(model, optimizer, training, validation, chosen, state, watching, stop_after or chosen.epochs).run()
    return Run.of(state, chosen)


@dataclass(frozen=True)
class _Watching:
    """Those who look on: they may end the training early but never change its course."""

    progress: Progress
    recorder: Recorder | None
    interruption: Interruption


class _Stopwatch:
    """Seconds since it was last asked."""

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def lap(self) -> float:
        now = time.perf_counter()
        self._last, seconds = now, now - self._last
        return seconds


@dataclass
class _Loop:
    model: Learner
    optimizer: Optimizer
    training: Examples
    validation: Examples
    settings: ChosenSettings
    state: TrainingState
    watching: _Watching
    last_epoch: int
    stopwatch: _Stopwatch = field(default_factory=_Stopwatch)

    def __post_init__(self) -> None:
        self.known = Known.of(self.training)
        updates = self.settings.epochs * self._updates()
        self.schedule = Schedule(self.settings.schedule, updates, self.settings.warmup)

    def run(self) -> None:
        """Train until a reason to stop, then put the best weights back."""
        progress = self.watching.progress
        progress.begin(epochs=self.settings.epochs, updates=self.schedule.updates, done=self.state.update)
        try:
            self._judge_start()
            while self.state.stopped is None:
                self._train()
                criterion = self._validate()
                if criterion is None:
                    self._interrupt()
                else:
                    self._complete(criterion)
        finally:
            if self.state.best_weights:
                self.model.load_state_dict(self.state.best_weights)
            self.model.train(mode=False)
            progress.end(self.state.stopped)

    def _judge_start(self) -> None:
        """Weights that start from a solution may be better than any epoch's: they are the first to beat."""
        if self.state.update == 0 and self.state.epoch == 0:
            criterion = self._validate()
            if criterion is not None:
                self.state.best_validation, self.state.best_weights = criterion, snapshot(self.model)

    def _order(self, number: int) -> list[NDArray[np.int64]]:
        """The batches of an epoch: a function of the seed and the epoch's number alone."""
        generator = np.random.default_rng([self.settings.seed, number])
        steps = self.settings.batch_steps
        return list(epoch(self.training, self.settings.batch_size, generator=generator, steps=steps))

    def _updates(self) -> int:
        """Updates of an epoch."""
        return len(self._lanes(self.training)) if self.training.carried else len(self._order(0))

    def _lanes(self, examples: Examples, generator: np.random.Generator | None = None) -> Lanes:
        """Carried examples as they are read."""
        return Lanes.of(examples, self.settings.batch_size, self.settings.truncate, generator=generator)

    def _batches(self, number: int, done: int) -> Iterator[Batch]:
        """The batches of an epoch that are still to come."""
        if not self.training.carried:
            yield from batches(self.training, self._order(number)[done:])
            return
        lanes = self._lanes(self.training, np.random.default_rng([self.settings.seed, number]))
        for window in range(done, len(lanes)):
            yield lanes.batch(window)

    def _train(self) -> None:
        """Make the updates of the epoch under way that are still to be made."""
        self.model.train(mode=True)
        totals = self.state.totals
        for batch in self._batches(self.state.epoch, totals.batches):
            if self.watching.interruption.requested:
                return
            totals.timing.loading += self.stopwatch.lap()
            set_rate(self.optimizer, self._rate(self.state.update))
            updated = update(self.model, self.optimizer, batch, self.settings, self.known, self.state.carried)
            self.state.carried = updated.state if self.training.carried else None
            totals.timing.computing += self.stopwatch.lap()
            totals.add(updated, steps=batch.rows)
            self.state.update += 1
            self._report()
            totals.timing.recording += self.stopwatch.lap()

    def _rate(self, number: int) -> float:
        """The learning rate of an update."""
        return self.settings.learning_rate * self.schedule.share(number) * self.state.plateau.share

    def _report(self) -> None:
        """Tell of the update just made, and save if it is time."""
        totals = self.state.totals
        speed = totals.steps / max(totals.timing.training, 1e-9)
        self.watching.progress.advance(Moment(self.state.epoch + 1, self.state.update, totals.mean_loss, speed))
        if self.watching.recorder is not None:
            self.watching.recorder.after_update(self.state, self.model, self.optimizer)

    def _validate(self) -> float | None:
        """The mean criterion on the validation part; None: interrupted."""
        self.model.train(mode=False)
        total, terms = 0.0, 0
        with torch.no_grad():
            for value, count in self._criteria():
                if self.watching.interruption.requested:
                    return None
                total, terms = total + value, terms + count
        if terms == 0:
            raise DataError("validation part", expected="known targets", came="none", fix="give it a larger share")
        check_criterion(total / terms, self.settings)
        self.state.totals.timing.validating += self.stopwatch.lap()
        return total / terms

    def _criteria(self) -> Iterator[tuple[float, int]]:
        """The criterion of each batch of the validation part: its sum, and how many terms it has."""
        if not self.validation.carried:
            for indices in epoch(self.validation, self.settings.batch_size, generator=None):
                yield self.model.criterion(self.validation.batch(indices))
            return
        lanes, state = self._lanes(self.validation), None
        for window in range(len(lanes)):
            batch = lanes.batch(window)
            loss, state = self.model.loss(batch, state)
            count = known_terms(batch.target)
            yield float(loss) * count, count

    def _complete(self, criterion: float) -> None:
        """Judge the epoch, write it down, and decide whether it was the last."""
        state, settings = self.state, self.settings
        line = state.close_epoch(criterion, self._rate(state.update - 1), recurrent_radius(self.model))
        best = criterion < state.best_validation
        if best:
            state.best_validation = criterion
        if best or settings.keep == "last":
            state.best_epoch, state.best_weights = state.epoch, snapshot(self.model)
        if settings.schedule == "plateau":
            state.plateau.judge(gained=best, patience=settings.plateau_patience, factor=settings.plateau_factor)
        if state.epoch >= self.last_epoch:
            state.stopped = "epochs"
        elif settings.patience and state.epochs_without_gain >= settings.patience:
            state.stopped = "early"
        if self.watching.recorder is not None:
            self.watching.recorder.after_epoch(line, state, self.model, self.optimizer)
        self.watching.progress.complete(line, best=best)
        state.totals.timing.recording += self.stopwatch.lap()

    def _interrupt(self) -> None:
        """Keep where the run stands, to be resumed from there, and stop."""
        if self.watching.recorder is not None:
            self.watching.recorder.save(self.state, self.model, self.optimizer)
        self.state.stopped = "interrupted"


def choose_for(model: Learner, training: Examples, settings: TrainSettings) -> ChosenSettings:
    """The settings `fit` trains a model with: what is `None` chosen from the model and its training examples."""
    parameters = sum(weight.numel() for _, weight in model.named_parameters() if weight.requires_grad)
    examples, steps = extent(training, settings)
    return choose(settings, examples=examples, steps=steps, parameters=parameters)


def extent(training: Examples, settings: TrainSettings) -> tuple[int, int]:
    """How many examples there are to learn from, and how many steps they have on average.

    Of carried examples these are the windows of their lanes.
    """
    if training.carried:
        steps = settings.truncate or STEPS
        return -(-int(training.lengths.sum()) // steps), steps
    return len(training), max(1, round(float(np.mean(training.lengths)))) if len(training) else 1


def _check_examples(training: Examples, validation: Examples) -> None:
    for part, examples in (("training", training), ("validation", validation)):
        if len(examples) == 0:
            raise DataError(
                f"{part} part", expected="at least one example", came="none", fix="give it a larger share of the data"
            )


def _check_direction(model: Learner, settings: TrainSettings) -> None:
    if settings.truncate and getattr(model.settings, "bidirectional", False):
        raise SettingsError(
            "truncate",
            expected="a model that reads forwards only",
            came="a bidirectional one, whose backward state comes from steps not yet read",
            fix="leave truncate out, or turn bidirectional off",
        )
