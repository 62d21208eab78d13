"""The copy memory: ten symbols, 500 steps of nothing, then the ten symbols again; made on the fly."""

from pathlib import Path

import numpy as np

from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import from_steps
from seqloom.sequence import Schema, SequenceDataset

SYMBOLS, LENGTH, WAIT = tuple("abcdefgh"), 10, 500
TRAINED, TESTED = 4_000, 1_000
BLANK, ASK = "_", "?"


def _sequences(count: int, random: np.random.Generator, schema: Schema | None = None) -> SequenceDataset:
    """Symbols, a wait, a mark, and as many steps to say them again; only those have labels."""
    shown, asked = [], []
    for _ in range(count):
        symbols = random.choice(SYMBOLS, LENGTH).tolist()
        shown.append([*symbols, *[BLANK] * (WAIT - 1), ASK, *[BLANK] * LENGTH])
        asked.append([*[None] * (LENGTH + WAIT), *symbols])
    return from_steps(shown, asked, schema=schema)


def _load(folder: Path) -> Data:  # noqa: ARG001 - nothing is read
    random = np.random.default_rng(0)
    dataset = _sequences(TRAINED, random)
    return Data(dataset, _sequences(TESTED, random, dataset.schema))


TASKS = (
    Task(
        name="copy-memory",
        title="The copy memory, 500 steps",
        protocol=(
            "Ten symbols of eight kinds, 500 steps of nothing, and a mark, after which the ten are to be said again in "
            "order; 4,000 sequences to learn from, 1,000 to test; one direction; `sequences_right` is the share of "
            "sequences without a mistake, `accuracy` that of symbols."
        ),
        files=(),
        load=_load,
        settings={
            "task": "tag",
            "cell": "lru",
            "remember": WAIT,
            "layers": 2,
            "hidden_size": 128,
            "bidirectional": False,
            "dropout": 0.0,
            "validation_size": 0.05,
            "epochs": 10,
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
