"""What Darts and NeuralForecast share: Lightning's trainer, told to do nothing but train, and a clock inside it."""

import logging
import warnings
from collections.abc import Callable
from itertools import pairwise

import pytorch_lightning as lightning

from benchmarks.speed.case import Case
from benchmarks.speed.peer import CLOCK, Refused, Work

WARM = 10
"""Updates at the beginning of a training that are not counted."""
LEAST = 40
"""Updates of a training at least: beginning one takes longer than an update."""


class Clock(lightning.Callback):
    """When each batch was done."""

    def __init__(self) -> None:
        self.ends: list[float] = []

    def on_train_batch_end(self, *_: object, **__: object) -> None:
        """Called by the trainer."""
        self.ends.append(CLOCK() / 1e9)

    def __deepcopy__(self, memo: object) -> "Clock":
        """Stays the one it is: NeuralForecast trains a copy of the model it is given."""
        return self

    def between(self) -> list[float]:
        """Seconds from one batch to the next, the first ones left out."""
        return [end - start for start, end in pairwise(self.ends[WARM - 1 :])]


def prepared(case: Case, seconds: Callable[[int], list[float]]) -> Work:
    """The case of `forecast`, by a library that times itself.

    Args:
        case: which.
        seconds: trains for so many updates and gives the seconds of each.
    """
    if case.work != "forecast":
        raise Refused("is measured with a forecaster alone")
    return Work(seconds=seconds, facts={"least_calls": LEAST})


def options(clock: Clock) -> dict[str, object]:
    """Arguments of the trainer; nothing is logged, shown or saved."""
    warnings.simplefilter("ignore")
    for name in ("pytorch_lightning", "pytorch_lightning.utilities.rank_zero", "darts", "neuralforecast"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return {
        "accelerator": "cpu",
        "callbacks": [clock],
        "enable_progress_bar": False,
        "enable_model_summary": False,
        "enable_checkpointing": False,
        "logger": False,
    }
