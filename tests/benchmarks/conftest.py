"""A small task and a record of it."""

import numpy as np
import pytest

from benchmarks.record import Record
from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import ReadSettings, read


@pytest.fixture
def task(tmp_path):
    """Forecasts of a noisy wave, in seconds."""
    place = tmp_path / "wave.csv"
    values = np.sin(np.arange(120) / 4) + np.random.default_rng(0).normal(0, 0.1, 120)
    place.write_text("load\n" + "\n".join(f"{value:.4f}" for value in values), encoding="utf-8")
    return Task(
        name="wave",
        title="A wave",
        protocol="A wave, one step ahead.",
        files=("wave.csv",),
        load=lambda folder: Data(read(folder / "wave.csv", settings=ReadSettings(target=("load",)))),
        settings={"task": "forecast", "horizon": 2, "lookback": 8, "hidden_size": 2, "epochs": 1, "threads": 1},
        target=Target("rmse", 0.5, stretch=0.1),
        references=(Reference("someone", "Some paper", {"rmse": 0.4}),),
        metrics=("rmse", "mae"),
        seeds=(0, 1),
    )


@pytest.fixture
def record(task):
    """Makes the record of a run of the task."""

    def make(rmse, *, seed=0, overhead=0.05, **changes):
        return Record.model_validate(
            {
                "task": task.name,
                "seed": seed,
                "recipe": task.settings,
                "settings": {},
                "title": "GRU 2",
                "parameters": 1234,
                "seconds": 10.0,
                "wall": 12.0,
                "epochs": 1,
                "best_epoch": 1,
                "overhead": overhead,
                "threads": 1,
                "examples": {"train": 70, "validation": 17, "test": 17},
                "split": "0123456789abcdef",
                "validation": {"data": {"rmse": 0.3}},
                "metrics": {"model": {"rmse": rmse, "mae": rmse / 2}, "naive": {"rmse": 0.6, "mae": 0.4}},
                "verdict": "It is so.",
                "versions": {"torch": "2.13.0"},
                "processor": {"cores": 2, "vector": "AVX2"},
                **changes,
            }
        )

    return make
