"""Handwritten digits read row by row: MNIST."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import ReadSettings, read

TRAIN, TEST = "mnist/train-images-idx3-ubyte.gz", "mnist/t10k-images-idx3-ubyte.gz"
LABELS = ("mnist/train-labels-idx1-ubyte.gz", "mnist/t10k-labels-idx1-ubyte.gz")
PROTOCOL = (
    "An image is a sequence of 28 rows of 28 pixels; 55,000 images to learn from, the last 5,000 of the training file "
    "for validation, 10,000 to test; no augmentation; accuracy"
)
READING = ReadSettings(per_step_target=False, categories=("label",))
COMMON = {"task": "classify", "split": "order", "validation_size": 5000, "scaling": "minmax", "threads": 2}
TUTORIAL = Reference("2 LSTM layers of 256, relu", "a widely copied tutorial, 4 epochs", {"accuracy": 0.9696})
TUNED = Reference("2 LSTM layers of 384 with augmentation", "a published model card", {"accuracy": 0.9924})


def _load(folder: Path) -> Data:
    dataset = read(folder / TRAIN, settings=READING)
    return Data(dataset, read(folder / TEST, schema=dataset.schema))


def _task(name: str, title: str, protocol: str, recipe: Mapping[str, Any], target: Target) -> Task:
    return Task(
        name=name,
        title=title,
        protocol=f"{PROTOCOL}{protocol}.",
        files=(TRAIN, TEST, *LABELS),
        load=_load,
        settings={**COMMON, **recipe},
        target=target,
        references=(TUTORIAL, TUNED),
        metrics=("accuracy", "log_loss"),
    )


TASKS = (
    _task(
        "digits",
        "Digits, row by row",
        "",
        {"layers": 2, "hidden_size": 128, "dropout": 0.2, "epochs": 8, "batch_size": 128, "learning_rate": 0.003},
        Target("accuracy", 0.989, stretch=0.993, higher=True),
    ),
    _task(
        "digits-first-epoch",
        "Digits, one pass over the training set",
        ", after one epoch",
        {"layers": 1, "hidden_size": 128, "epochs": 1, "batch_size": 64, "learning_rate": 0.003},
        Target("accuracy", 0.97, higher=True),
    ),
    _task(
        "digits-tutorial",
        "Digits, in the form of the tutorial",
        ", after four epochs; two LSTM layers of 256 with relu, read forwards, the last output decides",
        {
            "layers": 2,
            "hidden_size": 256,
            "activation": "relu",
            "bidirectional": False,
            "pooling": "last",
            "epochs": 4,
            "batch_size": 128,
            "learning_rate": 0.001,
        },
        Target("accuracy", 0.9696, higher=True),
    ),
)
