"""M4 Hourly: 414 series of all kinds, two days ahead, by the rules of the competition."""

from pathlib import Path

from benchmarks.task import Data, Metrics, Reference, Target, Task, measured
from seqloom.estimators import Fitted
from seqloom.read import ReadSettings, read
from seqloom.score import owa

TRAIN, TEST = "m4/Hourly-train.csv.gz", "m4/Hourly-test.csv.gz"
HORIZON = 48
NAIVE_SMAPE, NAIVE_MASE = 18.383, 2.395
"""Naive2 in the competition's own table, Hourly."""


def _load(folder: Path) -> Data:
    train = read(folder / TRAIN, settings=ReadSettings(layout="wide", group="V1"))
    return Data(train, read(folder / TEST, schema=train.schema))


def _measure(fitted: Fitted) -> Metrics:
    """The official metrics: every series counts alike, since each has one forecast of the same length."""
    rows = measured(fitted)
    for row in rows.values():
        row["owa"] = owa(row["smape"], row["mase"], naive_smape=NAIVE_SMAPE, naive_mase=NAIVE_MASE)
    return rows


def _published(name: str, smape: float, mase: float, overall: float) -> Reference:
    return Reference(
        name, "M4 competition, evaluation and ranks, Hourly", {"smape": smape, "mase": mase, "owa": overall}
    )


TASKS = (
    Task(
        name="m4-hourly",
        title="M4 Hourly, 48 hours ahead",
        protocol=(
            "414 series of 700 to 960 hours, one model for all; the 48 hours after the end of each are forecast once; "
            "sMAPE, MASE with season 24, and their mean relative to Naive2 (OWA); the last 48 training hours of each "
            "series choose the number of epochs, then all training hours are learned from."
        ),
        files=(TRAIN, TEST),
        load=_load,
        settings={
            "task": "forecast",
            "validation_size": HORIZON,
            "refit": True,
            "scale_by": "group",
            "target_transform": "log",
            "horizon": HORIZON,
            "lookback": 504,
            "segment": 24,
            "stride": 4,
            "supervise": "last",
            "cell": "gru",
            "hidden_size": 64,
            "dropout": 0.5,
            "loss": "mae",
            "epochs": 8,
            "patience": 0,
            "batch_size": 64,
            "learning_rate": 1e-3,
            "threads": 1,
        },
        target=Target("owa", 0.50, stretch=0.44),
        references=(
            _published("ES-RNN, the winner", 9.328, 0.893, 0.440),
            _published("best entry for hourly", 8.913, 0.801, 0.410),
            _published("seasonal naive", 13.912, 1.193, 0.627),
            _published("Naive2", NAIVE_SMAPE, NAIVE_MASE, 1.0),
            _published("the organisers' RNN", 14.698, 3.048, 1.036),
            _published("Theta", 18.138, 2.455, 1.006),
        ),
        metrics=("owa", "smape", "mase"),
        measure=_measure,
    ),
)
