"""Airline passengers: the next month, over the last four years of the series."""

from pathlib import Path

from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import ReadSettings, read

FILE = "classic_series/airline-passengers.csv"


def _load(folder: Path) -> Data:
    return Data(read(folder / FILE, settings=ReadSettings(target=("Passengers",), time="Month")))


TASKS = (
    Task(
        name="airline",
        title="Airline passengers, one month ahead",
        protocol=(
            "Monthly passengers 1949-60 (144 months): each of the last 48 months is forecast from the months before "
            "it, without refitting; the 24 months before those choose the epoch; RMSE in thousands of passengers."
        ),
        files=(FILE,),
        load=_load,
        settings={
            "task": "forecast",
            "validation_size": 24,
            "test_size": 48,
            "calendar": False,
            "target_transform": "log",
            "horizon": 1,
            "lookback": 13,
            "supervise": "last",
            "cell": "lstm",
            "hidden_size": 8,
            "dropout": 0.0,
            "epochs": 60,
            "threads": 1,
        },
        target=Target("rmse", 20, stretch=15.6),
        references=(
            Reference("LSTM", "a widely copied tutorial", {"rmse": 47.53}),
            Reference(
                "airline differences of the logarithm", "closed form, computed on the same months", {"rmse": 15.62}
            ),
        ),
        metrics=("rmse", "mae"),
        seeds=(0, 1, 2, 3, 4),
    ),
)
