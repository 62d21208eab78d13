"""What a user may choose about training."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

OptimizerName = Literal["sgd", "rmsprop", "adam", "adamw"]
ScheduleName = Literal["none", "plateau", "cosine", "one-cycle"]
Keep = Literal["best", "last"]


class TrainSettings(BaseModel):
    """How a model is trained. `None` means: chosen from the sizes of the data, see `choose`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    epochs: int | None = Field(None, ge=1, description="Passes over the training part, at most.")
    batch_size: int | None = Field(None, ge=1, description="Examples per update.")
    batch_steps: int | None = Field(
        None, ge=1, description="Steps, or tokens, per update instead: fewer long examples, or more short ones."
    )
    learning_rate: float | None = Field(None, gt=0, allow_inf_nan=False, description="Highest learning rate.")
    optimizer: OptimizerName = Field("adamw", description="Optimiser: sgd, rmsprop, adam or adamw.")
    momentum: float = Field(0.9, ge=0, lt=1, description="Momentum of sgd.")
    weight_decay: float | None = Field(None, ge=0, allow_inf_nan=False, description="Weight decay, not on biases.")
    schedule: ScheduleName = Field("one-cycle", description="Learning rate: none, plateau, cosine or one-cycle.")
    warmup: float | None = Field(None, ge=0, lt=1, description="Share of all updates in which the rate rises.")
    plateau_factor: float = Field(0.5, gt=0, lt=1, description="Plateau: what the rate is multiplied by.")
    plateau_patience: int | None = Field(None, ge=0, description="Plateau: epochs without gain before the rate falls.")
    patience: int | None = Field(None, ge=0, description="Epochs without gain before training stops; 0: never.")
    keep: Keep | None = Field(None, description="Weights to keep: of the best epoch, or of the last (no early stop).")
    refit: bool | None = Field(None, description="Then train anew on training and validation part, for as long.")
    clip_norm: float | None = Field(1.0, ge=0, description="Longest gradient; longer ones are shortened to it; 0: off.")
    clip_value: float | None = Field(None, ge=0, description="Largest entry of a gradient; larger ones are cut to it.")
    truncate: int | None = Field(None, ge=1, description="Steps a gradient flows back through; none: all of them.")
    seed: int = Field(0, ge=0, lt=2**63, description="Seed of the order of examples and of dropout.")
    threads: int | None = Field(None, ge=1, description="Processor threads while training; none: as they are.")
    checkpoint_minutes: float = Field(5.0, gt=0, description="Longest time between two checkpoints.")
    checkpoint_updates: int | None = Field(None, ge=1, description="Most updates between two checkpoints.")


class ChosenSettings(TrainSettings):
    """Settings with nothing left to be chosen."""

    epochs: int
    batch_size: int
    learning_rate: float
    weight_decay: float
    warmup: float
    plateau_patience: int
    patience: int
    keep: Keep
    refit: bool
