"""Where a run stands."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from torch import Tensor

from seqloom.train.schedule import Plateau
from seqloom.train.update import Updated

Stopped = Literal["epochs", "early", "interrupted"]
Line = dict[str, int | float]
"""One epoch's entry in the history."""


class Timing(BaseModel):
    """Seconds by what they were spent on.

    Args:
        loading: gathering batches.
        computing: forward, backward and update.
        recording: progress, history and checkpoints.
        validating: the criterion on the validation part, loading included.
    """

    loading: float = 0.0
    computing: float = 0.0
    recording: float = 0.0
    validating: float = 0.0

    @property
    def training(self) -> float:
        """Seconds of training alone."""
        return self.loading + self.computing + self.recording

    @property
    def seconds(self) -> float:
        """All seconds."""
        return self.training + self.validating

    @property
    def overhead(self) -> float:
        """What loading and recording add to computing, as a share of it."""
        return (self.loading + self.recording) / self.computing if self.computing else 0.0

    def plus(self, other: "Timing") -> "Timing":
        """Both together."""
        return Timing(**{name: getattr(self, name) + getattr(other, name) for name in Timing.model_fields})


class EpochTotals(BaseModel):
    """What an epoch has added up so far."""

    batches: int = 0
    loss: float = 0.0
    terms: int = 0
    gradient_norm: float = 0.0
    steps: int = 0
    timing: Timing = Field(default_factory=Timing)

    def add(self, updated: Updated, steps: int) -> None:
        """Count one update over this many steps."""
        self.batches += 1
        self.loss += updated.loss * updated.terms
        self.terms += updated.terms
        self.gradient_norm += updated.gradient_norm
        self.steps += steps

    @property
    def mean_loss(self) -> float:
        """Mean loss over all terms so far."""
        return self.loss / max(1, self.terms)


class TrainingState(BaseModel):
    """All that changes during a run, besides the weights, the optimiser's moments and the random state.

    With those three it is exactly what a checkpoint holds: a run continued from it ends with the same weights.

    Args:
        epoch: epochs completed.
        update: updates made, in all epochs.
        totals: what the epoch under way has added up; `totals.batches` is the place in its order of batches.
        timing: seconds of the epochs completed.
        plateau: the plateau's share of the learning rate.
        best_epoch: the epoch whose weights are kept, counted from 1; 0: none was better than the start.
        best_validation: the best criterion of all epochs.
        history: one line per epoch completed.
        stopped: why the run is over; None while it is not.
        best_weights: all tensors of the model after the epoch kept.
        carried: the recurrence's state after the last update of the epoch under way, where batches continue each other.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, ser_json_inf_nan="constants")

    epoch: int = 0
    update: int = 0
    totals: EpochTotals = Field(default_factory=EpochTotals)
    timing: Timing = Field(default_factory=Timing)
    plateau: Plateau = Field(default_factory=Plateau)
    best_epoch: int = 0
    best_validation: float = float("inf")
    history: list[Line] = Field(default_factory=list)
    stopped: Stopped | None = None
    best_weights: dict[str, Tensor] = Field(default_factory=dict, exclude=True)
    carried: Any = Field(None, exclude=True)

    @property
    def epochs_without_gain(self) -> int:
        """Epochs completed since the one kept."""
        return self.epoch - self.best_epoch

    def close_epoch(self, validation: float, learning_rate: float, radius: float | None = None) -> Line:
        """Write the epoch under way into the history and begin the next one.

        Args:
            validation: the criterion after it.
            learning_rate: of its last update.
            radius: the largest spectral radius of the recurrent weights after it; None: there are none.
        """
        totals = self.totals
        self.epoch += 1
        line: Line = {
            "epoch": self.epoch,
            "loss": totals.mean_loss,
            "validation": validation,
            "learning_rate": learning_rate,
            "gradient_norm": totals.gradient_norm / max(1, totals.batches),
            "seconds": totals.timing.seconds,
            "steps_per_second": totals.steps / max(totals.timing.training, 1e-9),
        }
        if radius is not None:
            line["spectral_radius"] = radius
        self.history.append(line)
        self.timing = self.timing.plus(totals.timing)
        self.totals = EpochTotals()
        self.carried = None
        return line
