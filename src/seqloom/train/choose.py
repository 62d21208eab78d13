"""Sensible settings from the sizes of the data and of the model."""

import math

from seqloom.train.settings import ChosenSettings, OptimizerName, ScheduleName, TrainSettings

BATCH_SIZES = ((10_000, 32), (100_000, 64), (math.inf, 128))  # examples up to this many, batch size
BATCHES_AT_LEAST = 4
SMALLEST_BATCH = 4
BATCH_STEPS = 1 << 16
UPDATES = 4_000
LONG_SEQUENCE = 100
EPOCHS = (5, 200)
RATES: dict[OptimizerName, float] = {"sgd": 0.05, "rmsprop": 1e-3, "adam": 1e-3, "adamw": 1e-3}
ORDINARY_PARAMETERS = 100_000


def choose(settings: TrainSettings, *, examples: int, steps: int, parameters: int | None = None) -> ChosenSettings:
    """Settings with every `None` filled in; what was given stays as it is.

    | setting | rule of thumb |
    |---|---|
    | `batch_size` | 32 up to 10,000 examples, 64 up to 100,000, then 128; for few examples a smaller power of two, so that an epoch has four updates; never below 4, but for very long sequences: no more than 65,536 steps; with `batch_steps` as many as that holds of average length |
    | `epochs` | as many as make about 4,000 updates, between 5 and 200; sequences of more than 100 steps teach more per update: their number falls with the root of the length, to no less than half |
    | `learning_rate` | 0.001 for rmsprop, adam and adamw, 0.05 for sgd; twice that where the schedule comes down again (cosine, one-cycle); above 100,000 parameters it falls with their fourth root |
    | `weight_decay` | 0.01 for adamw, else 0 |
    | `warmup` | 0.3 of the updates for one-cycle, 0.05 for cosine, else none |
    | `patience` | a quarter of the epochs, at least 5; a half for one-cycle, which gains most at its end |
    | `plateau_patience` | a third of the patience, at least 1 |
    | `keep`, `refit` | the best epoch, without a second training |

    Args:
        settings: what the user chose.
        examples: training examples.
        steps: recurrent steps of an example, on average.
        parameters: weights to be learned, where known.

    Example:
        >>> chosen = choose(TrainSettings(seed=3), examples=2_000, steps=48)
        >>> chosen.batch_size, chosen.epochs, chosen.learning_rate, chosen.seed
        (32, 63, 0.002, 3)
    """  # noqa: E501 - a table's row is one line
    batch_size = settings.batch_size or _batch_size(examples, steps)
    if settings.batch_steps and not settings.batch_size:
        batch_size = max(1, settings.batch_steps // max(1, steps))
    epochs = settings.epochs or _epochs(math.ceil(examples / batch_size), steps)
    patience = settings.patience
    if patience is None:
        patience = max(5, math.ceil(epochs / (2 if settings.schedule == "one-cycle" else 4)))
    filled = {
        "batch_size": batch_size,
        "epochs": epochs,
        "learning_rate": _learning_rate(settings.optimizer, settings.schedule, parameters),
        "weight_decay": 0.01 if settings.optimizer == "adamw" else 0.0,
        "warmup": {"one-cycle": 0.3, "cosine": 0.05}.get(settings.schedule, 0.0),
        "patience": patience,
        "plateau_patience": max(1, patience // 3),
        "keep": "best",
        "refit": False,
    }
    given = settings.model_dump()
    return ChosenSettings(**given | {name: value for name, value in filled.items() if given[name] is None})


def _batch_size(examples: int, steps: int) -> int:
    usual = next(size for limit, size in BATCH_SIZES if examples <= limit)
    size = max(SMALLEST_BATCH, min(usual, _power_of_two(examples // BATCHES_AT_LEAST)))
    return min(size, _power_of_two(BATCH_STEPS // max(1, steps)))


def _power_of_two(most: int) -> int:
    """The largest one that is no larger, and 1 at least."""
    return 1 << max(0, most.bit_length() - 1)


def _epochs(updates_per_epoch: int, steps: int) -> int:
    updates = UPDATES * max(0.5, min(1.0, math.sqrt(LONG_SEQUENCE / max(1, steps))))
    fewest, most = EPOCHS
    return max(fewest, min(most, round(updates / updates_per_epoch)))


def _learning_rate(optimizer: OptimizerName, schedule: ScheduleName, parameters: int | None) -> float:
    rate = RATES[optimizer] * (2 if schedule in ("cosine", "one-cycle") else 1)
    excess = max(1.0, (parameters or 0) / ORDINARY_PARAMETERS)
    return float(f"{rate / excess**0.25:.2g}")  # two digits are read and remembered
