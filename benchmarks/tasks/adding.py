"""The adding problem: two marked numbers among 600, made on the fly."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import from_arrays

SHORTEST, LONGEST = 10, 600
TRAINED, TESTED = 5_000, 1_000


def _sequences(
    lengths: NDArray[np.int64], random: np.random.Generator
) -> tuple[list[NDArray[np.float64]], list[float]]:
    """Numbers with two marks, one in each half, and the sum of the marked ones."""
    sequences, sums = [], []
    for steps in lengths.tolist():
        numbers, marks = random.uniform(0, 1, steps), np.zeros(steps)
        marks[[random.integers(0, steps // 2), random.integers(steps // 2, steps)]] = 1
        sequences.append(np.stack([numbers, marks], axis=1))
        sums.append(float(numbers @ marks))
    return sequences, sums


def _load(folder: Path) -> Data:  # noqa: ARG001 - nothing is read
    random = np.random.default_rng(0)
    lengths = np.exp(random.uniform(np.log(SHORTEST), np.log(LONGEST + 1), TRAINED)).astype(np.int64)
    dataset = from_arrays(*_sequences(lengths, random))
    return Data(dataset, from_arrays(*_sequences(np.full(TESTED, LONGEST), random), schema=dataset.schema))


TASKS = (
    Task(
        name="adding",
        title="The adding problem, 600 steps",
        protocol=(
            "Two of 600 numbers between 0 and 1 are marked, one in each half; their sum is asked at the end. 5,000 "
            "sequences of 10 to 600 steps to learn from, short ones as many as long ones on a logarithmic scale; 1,000 "
            "of 600 steps to test; one direction, the last hidden state answers; mean squared error."
        ),
        files=(),
        load=_load,
        settings={
            "task": "regress",
            "cell": "gru",
            "hidden_size": 64,
            "pooling": "last",
            "bidirectional": False,
            "members": 1,
            "dropout": 0.0,
            "scaling": "none",
            "validation_size": 0.05,
            "epochs": 40,
            "batch_size": 32,
            "learning_rate": 0.005,
            "patience": 0,
            "threads": 1,
        },
        target=Target("mse", 1e-3),
        references=(Reference("always 1", "chance", {"mse": 0.1767}),),
        metrics=("mse", "mae", "r2"),
    ),
)
