"""What is left of a training when it is over."""

from dataclasses import dataclass

from seqloom.train.settings import ChosenSettings
from seqloom.train.state import Line, Stopped, TrainingState


@dataclass(frozen=True)
class Run:
    """One training, finished.

    Args:
        history: one line per epoch: epoch, loss, validation, learning_rate, gradient_norm, seconds, steps_per_second,
            and spectral_radius, the largest of the recurrent weights, where there are any.
        best_epoch: the epoch whose weights the model has, counted from 1; 0 if none was better than the initial ones.
        epochs: epochs completed.
        seconds: time spent, over all resumed parts.
        stopped: why it ended: all epochs done, nothing gained for `patience` epochs, or Ctrl-C.
        overhead: what loading, logging and checkpoints added to forward, backward and update, as a share of it.
        settings: the settings, with what was chosen from the data.
        validation: the criterion on the validation part of the weights the model has; lower is better.
    """

    history: tuple[Line, ...]
    best_epoch: int
    epochs: int
    seconds: float
    stopped: Stopped
    overhead: float
    settings: ChosenSettings
    validation: float = float("nan")

    @classmethod
    def of(cls, state: TrainingState, settings: ChosenSettings) -> "Run":
        """The run that ended in this state."""
        timing = state.timing.plus(state.totals.timing)
        kept = state.history[state.best_epoch - 1]["validation"] if state.best_epoch else state.best_validation
        return cls(
            history=tuple(state.history),
            best_epoch=state.best_epoch,
            epochs=state.epoch,
            seconds=timing.seconds,
            stopped=state.stopped or "interrupted",
            overhead=timing.overhead,
            settings=settings,
            validation=float(kept),
        )
