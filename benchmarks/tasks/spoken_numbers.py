"""Spoken numbers written down: strings of the digits of the Free Spoken Digit Dataset, joined with pauses."""

from pathlib import Path

import numpy as np
import polars as pl
from scipy.io import wavfile

from benchmarks.task import Data, Target, Task
from seqloom.read import ReadSettings, from_arrays
from seqloom.sequence import Column, SequenceDataset

FOLDER = "fsdd/recordings"
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SPEAKERS = ("george", "jackson", "nicolas", "theo", "yweweler")
TAKES = {"train": range(5, 45), "validation": range(45, 50), "test": range(5)}
COUNTS = {"train": 1000, "validation": 150, "test": 250}
READING = ReadSettings(rate=8000, target="target", text="target", per_step_target=False)
SEED = 0
"""Of the strings; the seeds of a measurement are those of the network."""


def _load(folder: Path) -> Data:
    """The strings with the part each belongs to; each part has takes of its own."""
    rng = np.random.default_rng(SEED)
    sounds, texts, parts = [], [], []
    for part, count in COUNTS.items():
        for _ in range(count):
            speaker = str(rng.choice(SPEAKERS))
            digits = rng.integers(0, 10, rng.integers(2, 6))
            pieces = []
            for digit in digits:
                take = rng.choice(TAKES[part])
                pieces.append(wavfile.read(folder / FOLDER / f"{digit}_{speaker}_{take}.wav")[1])
                pieces.append(rng.normal(0, 20, rng.integers(400, 2400)).astype(np.int16))
            sounds.append(np.concatenate(pieces))
            texts.append(" ".join(WORDS[digit] for digit in digits))
            parts.append(part)
    return Data(_with_parts(from_arrays(sounds, texts, settings=READING), parts))


def _with_parts(dataset: SequenceDataset, parts: list[str]) -> SequenceDataset:
    """The data set with a column that says the part of each sequence."""
    labels = tuple(TAKES)
    column = Column(name="part", kind="category", role="static")
    schema = dataset.schema.model_copy(update={"columns": (*dataset.schema.columns, column)})
    codes = pl.Series(parts).replace_strict({label: code for code, label in enumerate(labels)}, return_dtype=pl.Int32)
    return SequenceDataset(
        schema=schema,
        offsets=dataset.offsets,
        steps=dataset.steps,
        statics={**dataset.statics, "part": codes.to_numpy()},
        categories={**dataset.categories, "part": labels},
        keys=dataset.keys,
        source="spoken numbers",
    )


TASKS = (
    Task(
        name="spoken-numbers",
        title="Spoken numbers, written down",
        protocol=(
            "Two to five recordings of one speaker of the Free Spoken Digit Dataset, joined with pauses of 50 to 300 "
            "ms; 1,000 strings of takes 5 to 44 to learn from, 150 of takes 45 to 49 for validation, 250 of takes 0 to "
            "4 to test; letters by connectionist temporal classification; WER and CER. The strings are made here, no "
            "figure of others can be compared."
        ),
        files=(f"{FOLDER}/0_george_0.wav",),
        load=_load,
        settings={
            "task": "transcribe",
            "cell": "gru",
            "hidden_size": 64,
            "segment": 3,
            "dropout": 0.2,
            "epochs": 20,
            "batch_size": 16,
            "learning_rate": 0.005,
            "split_column": "part",
            "threads": 1,
        },
        target=Target("wer", 0.05, stretch=0.02),
        references=(),
        metrics=("wer", "cer", "exact"),
    ),
)
