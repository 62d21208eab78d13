"""Remaining life of turbofan engines: C-MAPSS FD001, judged at the last cycle of each test engine."""

from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.task import MODEL, Data, Metrics, Reference, Target, Task, measured
from seqloom.estimators import Fitted
from seqloom.read import ReadSettings, read
from seqloom.score import phm08
from seqloom.sequence import ValuePrediction

TRAIN, TEST, LIFE = "cmapss/train_FD001.txt.gz", "cmapss/test_FD001.txt.gz", "cmapss/RUL_FD001.txt"
COLUMNS = (
    "unit",
    "cycle",
    *(f"setting{place}" for place in range(1, 4)),
    *(f"sensor{place}" for place in range(1, 22)),
)
CAP = 125.0
"""Remaining life above which an engine counts as healthy: wear does not show before."""

READING = ReadSettings(target="life", group="unit", time="cycle", per_step_target=True)


def _load(folder: Path) -> Data:
    """Training engines with their remaining life at every cycle, test engines with the one at their last cycle."""
    train, test = _table(folder / TRAIN), _table(folder / TEST)
    left = pl.col("cycle").max().over("unit") - pl.col("cycle")
    train = train.with_columns(life=left.cast(pl.Float64).clip(upper_bound=CAP))
    final = pl.Series("final", np.loadtxt(folder / LIFE)).clip(upper_bound=CAP)
    last = test.select(left == 0).to_series()
    test = test.with_columns(final.gather(test["unit"] - 1).alias("life"))
    test = test.with_columns(life=pl.when(last).then("life"))
    dataset = read(train, settings=READING)
    return Data(dataset, read(test, schema=dataset.schema))


def _table(path: Path) -> pl.DataFrame:
    return pl.DataFrame(np.loadtxt(path), schema=COLUMNS).with_columns(pl.col("unit", "cycle").cast(pl.Int64))


def _measure(fitted: Fitted) -> Metrics:
    """The usual metrics, and the model's score; only the last cycle of a test engine has a truth."""
    metrics, judged = measured(fitted), fitted.judged
    if not isinstance(judged.prediction, ValuePrediction):
        raise TypeError(type(judged.prediction))
    last = np.cumsum(judged.examples.lengths) - 1
    truth = fitted.bundle.pipeline.invert_targets(judged.examples.truth(), judged.examples.keys())
    metrics[MODEL]["score"] = phm08(judged.prediction.values[last, 0], truth[:, 0])
    return metrics


TASKS = (
    Task(
        name="remaining-life",
        title="Remaining life of turbofan engines (C-MAPSS FD001)",
        protocol=(
            "100 training engines run to failure, whole engines held out for validation; 100 test engines, each judged "
            "once, at its last cycle; remaining life capped at 125 cycles in training and test alike; RMSE in cycles. "
            "The recipe was chosen on training engines held out and cut at random cycles, after an earlier one had "
            "been judged on the test part."
        ),
        files=(TRAIN, TEST, LIFE),
        load=_load,
        settings={
            "task": "regress",
            "target": "life",
            "group": "unit",
            "time": "cycle",
            "cell": "gru",
            "layers": 2,
            "hidden_size": 64,
            "dropout": 0.2,
            "members": 3,
            "threads": 1,
        },
        target=Target("rmse", 13.5, stretch=12.0),
        references=(
            Reference("deep LSTM", "Zheng et al. 2017", {"rmse": 16.14, "score": 338}),
            Reference("LSTM", "model files of an open collection", {"rmse": 15.17}),
            Reference("bidirectional LSTM", "Wang et al. 2018", {"rmse": 13.65, "score": 295}),
            Reference("LSTM with attention", "best published of its kind", {"rmse": 11.57, "score": 253}),
        ),
        metrics=("rmse", "score", "mae"),
        seeds=(0, 1, 2, 3, 4),
        measure=_measure,
    ),
)
