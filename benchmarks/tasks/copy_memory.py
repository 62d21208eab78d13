"""The copy memory: ten symbols, 500 steps of nothing, then the ten symbols again; made on the fly."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import from_steps
from seqloom.sequence import Schema, SequenceDataset

SYMBOLS, LENGTH = tuple("abcdefgh"), 10
SHORTEST, LONGEST = 10, 500
TRAINED, TESTED = 6_000, 1_000
BLANK, ASK = "_", "?"


def _sequences(waits: NDArray[np.int64], random: np.random.Generator, schema: Schema | None = None) -> SequenceDataset:
    """Symbols, a wait, a mark, and as many steps to say them again; only those have labels."""
    shown, asked = [], []
    for wait in waits.tolist():
        symbols = random.choice(SYMBOLS, LENGTH).tolist()
        shown.append([*symbols, *[BLANK] * (wait - 1), ASK, *[BLANK] * LENGTH])
        asked.append([*[None] * (LENGTH + wait), *symbols])
    return from_steps(shown, asked, schema=schema)


def _load(folder: Path) -> Data:  # noqa: ARG001 - nothing is read
    random = np.random.default_rng(0)
    waits = np.exp(random.uniform(np.log(SHORTEST), np.log(LONGEST + 1), TRAINED)).astype(np.int64)
    dataset = _sequences(waits, random)
    return Data(dataset, _sequences(np.full(TESTED, LONGEST), random, dataset.schema))


TASKS = (
    Task(
        name="copy-memory",
        title="The copy memory, 500 steps",
        protocol=(
            "Ten symbols of eight kinds, a wait, and a mark, after which the ten are to be said again in order. 6,000 "
            "sequences with waits of 10 to 500 steps to learn from, short ones as many as long ones on a logarithmic "
            "scale; 1,000 with 500 steps to test; one direction; `sequences_right` is the share of sequences without a "
            "mistake, `accuracy` that of symbols."
        ),
        files=(),
        load=_load,
        settings={
            "task": "tag",
            "cell": "lru",
            "layers": 2,
            "hidden_size": 128,
            "bidirectional": False,
            "dropout": 0.0,
            "validation_size": 0.05,
            "epochs": 12,
            "batch_size": 32,
            "learning_rate": 0.003,
            "clip_norm": 1.0,
            "threads": 1,
        },
        target=Target("sequences_right", 0.99, higher=True),
        references=(Reference("without memory", "chance", {"sequences_right": 1 / 8**10, "accuracy": 1 / 8}),),
        metrics=("sequences_right", "accuracy", "log_loss"),
    ),
)
