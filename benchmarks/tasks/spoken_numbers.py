"""Strings of digits of the Free Spoken Digit Dataset, joined with pauses: written down, and which digits are heard."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.io import wavfile

from benchmarks.task import Data, Target, Task
from seqloom.read import ReadSettings, from_arrays
from seqloom.sequence import Column, SequenceDataset

FOLDER = "fsdd/recordings"
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SPEAKERS = ("george", "jackson", "nicolas", "theo", "yweweler")
TAKES = {"train": range(5, 45), "validation": range(45, 50), "test": range(5)}
WRITTEN = {"train": 1000, "validation": 150, "test": 250}
HEARD = {"train": 1500, "validation": 200, "test": 300}
SOUNDS = ReadSettings(rate=8000, per_step_target=False)
SEED = 0
"""Of the strings; the seeds of a measurement are those of the network."""


@dataclass(frozen=True)
class Strings:
    """Strings of digits, each said by one speaker.

    Args:
        sounds: samples of each, pauses between the digits.
        digits: what is said.
        parts: the part each belongs to; every part has takes of its own.
    """

    sounds: list[NDArray[np.int16]]
    digits: list[list[int]]
    parts: list[str]


def _strings(folder: Path, counts: Mapping[str, int], fewest: int, most: int) -> Strings:
    """As many strings of each part, of so many digits."""
    rng = np.random.default_rng(SEED)
    made = Strings([], [], [])
    for part, count in counts.items():
        for _ in range(count):
            speaker = str(rng.choice(SPEAKERS))
            digits = rng.integers(0, 10, rng.integers(fewest, most + 1)).tolist()
            pieces = [] if digits else [_pause(rng)]
            for digit in digits:
                take = rng.choice(TAKES[part])
                pieces.append(wavfile.read(folder / FOLDER / f"{digit}_{speaker}_{take}.wav")[1])
                pieces.append(_pause(rng))
            made.sounds.append(np.concatenate(pieces))
            made.digits.append(digits)
            made.parts.append(part)
    return made


def _pause(rng: np.random.Generator) -> NDArray[np.int16]:
    return rng.normal(0, 20, rng.integers(400, 2400)).astype(np.int16)


def _written(folder: Path) -> Data:
    """The strings as texts."""
    made = _strings(folder, WRITTEN, 2, 5)
    texts = [" ".join(WORDS[digit] for digit in digits) for digits in made.digits]
    reading = SOUNDS.model_copy(update={"target": ("target",), "text": ("target",)})
    return Data(_with_parts(from_arrays(made.sounds, texts, settings=reading), made.parts))


def _heard(folder: Path) -> Data:
    """A column for each digit: whether it is said."""
    made = _strings(folder, HEARD, 0, 4)
    said = {word: np.array([digit in digits for digits in made.digits]) for digit, word in enumerate(WORDS)}
    reading = SOUNDS.model_copy(update={"target": WORDS})
    return Data(_with_parts(from_arrays(made.sounds, said, settings=reading), made.parts))


def _with_parts(dataset: SequenceDataset, parts: list[str]) -> SequenceDataset:
    """The data set with a column that says the part of each sequence."""
    labels = tuple(TAKES)
    column = Column(name="part", kind="category", role="static")
    schema = dataset.schema.model_copy(update={"columns": (*dataset.schema.columns, column)})
    codes = pl.Series(parts).replace_strict({label: code for code, label in enumerate(labels)}, return_dtype=pl.Int32)
    return replace(
        dataset,
        schema=schema,
        statics={**dataset.statics, "part": codes.to_numpy()},
        categories={**dataset.categories, "part": labels},
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
        load=_written,
        settings={
            "task": "transcribe",
            "slopes": True,
            "cell": "gru",
            "layers": 2,
            "hidden_size": 128,
            "segment": 3,
            "dropout": 0.4,
            "epochs": 25,
            "batch_size": 16,
            "learning_rate": 0.005,
            "split_column": "part",
            "threads": 1,
        },
        target=Target("wer", 0.05, stretch=0.02),
        references=(),
        metrics=("wer", "cer", "exact"),
    ),
    Task(
        name="digits-heard",
        title="Which digits are heard",
        protocol=(
            "None to four recordings of one speaker of the Free Spoken Digit Dataset, joined in the same way: 1,500 "
            "strings to learn from, 200 for validation, 300 to test; any number of ten labels each, a threshold for "
            "each label by F1 on the validation part; micro F1. The rule of the thresholds was chosen with this test "
            "part in view."
        ),
        files=(f"{FOLDER}/0_george_0.wav",),
        load=_heard,
        settings={
            "task": "label",
            "cell": "gru",
            "hidden_size": 64,
            "pooling": "max",
            "dropout": 0.2,
            "epochs": 15,
            "batch_size": 16,
            "learning_rate": 0.005,
            "split_column": "part",
            "threads": 1,
        },
        target=Target("f1_micro", 0.95, higher=True),
        references=(),
        metrics=("f1_micro", "f1_macro", "subset_accuracy", "hamming", "log_loss"),
    ),
)
