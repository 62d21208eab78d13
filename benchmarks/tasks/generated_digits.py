"""Handwritten digits as pictures to be drawn: the likelihood of binarised MNIST, row by row."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import ReadSettings, read
from seqloom.sequence import SequenceDataset

TRAIN, TEST = "mnist/train-images-idx3-ubyte.gz", "mnist/t10k-images-idx3-ubyte.gz"
READING = ReadSettings(target="*")
BRIGHTEST = 255
VALIDATION = 5_000


def _drawn(dataset: SequenceDataset, random: np.random.Generator) -> SequenceDataset:
    """The images with each pixel on with the probability of its brightness, drawn once."""
    drawn = {
        name: (random.random(len(values)) * BRIGHTEST < values).astype(np.uint8)
        for name, values in dataset.steps.items()
    }
    return replace(dataset, steps=drawn)


def _load(folder: Path) -> Data:
    random = np.random.default_rng(0)
    dataset = read(folder / TRAIN, settings=READING)
    test = read(folder / TEST, settings=READING, schema=dataset.schema)
    return Data(_drawn(dataset, random), _drawn(test, random))


TASKS = (
    Task(
        name="generated-digits",
        title="Digits drawn row by row",
        protocol=(
            "MNIST, each pixel drawn once, on with the probability of its brightness; 55,000 images to learn from, the "
            "last 5,000 of the training file for validation, 10,000 to test; nats per image. A row is drawn pixel by "
            "pixel given the rows above. The pixels of the others were drawn in the same way, but are not the same."
        ),
        files=(TRAIN, TEST),
        load=_load,
        settings={
            "task": "images",
            "frame_head": "autoregressive",
            "hidden_size": 320,
            "head_size": 128,
            "dropout": 0.1,
            "split": "order",
            "validation_size": VALIDATION,
            "batch_size": 32,
            "learning_rate": 0.003,
            "epochs": 3,
            "threads": 1,
        },
        target=Target("nats", 88.33, stretch=84.13),
        references=(
            Reference("NADE, pixel by pixel", "Larochelle & Murray 2011", {"nats": 88.33}),
            Reference("DARN", "Gregor et al. 2014", {"nats": 84.13}),
            Reference("Row LSTM", "van den Oord et al. 2016", {"nats": 80.54}),
            Reference("Diagonal BiLSTM", "van den Oord et al. 2016", {"nats": 79.20}),
        ),
        metrics=("nats", "nll", "accuracy"),
    ),
)
