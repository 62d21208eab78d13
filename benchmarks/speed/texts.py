"""What work with texts takes, from one end to the other: cutting, learning, writing, translating."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

import seqloom
from benchmarks.speed.case import Case
from benchmarks.speed.process import REPOSITORY, Peers
from benchmarks.speed.record import Figure, Measurement
from benchmarks.speed.rounds import Effort
from benchmarks.task import Task
from benchmarks.tasks import sentiment, shakespeare, translation
from seqloom.estimators import FitSettings
from seqloom.estimators.plan import plan
from seqloom.estimators.walk import walk
from seqloom.model import Drawing, predict_dataset
from seqloom.prepare import Pipeline, PrepareSettings, whole
from seqloom.sequence import SequenceDataset

WIDTH = 512
CHARACTERS = 5_000
PASSES = 2
"""Over all pairs, after which translations are about as long as they should be."""
TOKENS = ("vocabulary", "max_tokens")


def measure(case: Case, taking_part: Sequence[str], peers: Peers, effort: Effort) -> Measurement:  # noqa: ARG001 - as every row is measured
    """Seconds of each piece of work, once: they take long enough.

    Args:
        case: its `batch` says how many texts of each part are used at most.
        taking_part: names of `WORK`.
        peers: say how many threads.
        effort: has no say here.
    """
    folder = Path(os.environ.get("SEQLOOM_DATA") or REPOSITORY.parent / "shared" / "data")
    figures = []
    for who in taking_part:
        try:
            figures.append(Figure.of(who, [[WORK[who](folder, case.batch, peers.cores.threads)]]))
        except FileNotFoundError as error:
            figures.append(Figure(who=who, reason=f"no file {Path(error.filename).name}"))
    return Measurement(case=case.to_json(), name=f"{case.batch:,} texts of each part at most", figures=tuple(figures))


def _cut(folder: Path, count: int, threads: int) -> float:  # noqa: ARG001 - a single one
    """Learning a vocabulary from the reviews of the training part, and cutting those of both parts into words."""
    train, test = _loaded(sentiment.TASKS[0], folder, count)
    recipe = sentiment.TASKS[0].settings
    settings = PrepareSettings(tokens="words", **{name: recipe[name] for name in TOKENS})
    start = time.perf_counter()
    pipeline = Pipeline.fit(train, whole(train, "train"), settings, task="classes")
    for dataset in (train, test):
        pipeline.transform(dataset)
    return time.perf_counter() - start


def _learn(folder: Path, count: int, threads: int) -> float:
    """One pass over the reviews, by the recipe of the benchmark, with its validation."""
    train, test = _loaded(sentiment.TASKS[0], folder, count)
    given = {**sentiment.TASKS[0].settings, "epochs": 1, "threads": threads}
    return walk(plan(train, FitSettings.flat(given), test=test)).run.seconds


def _write(folder: Path, count: int, threads: int) -> float:  # noqa: ARG001 - a single text
    """5,000 characters from an LSTM of 512 units; what it has learned has no say in how fast it writes."""
    (train, _), short = _loaded(shakespeare.TASKS[0], folder, 1), {"truncate": 64, "batch_size": 64, "threads": threads}
    text = _text(train)[:20_000]
    model = seqloom.LanguageModel(hidden_size=WIDTH, epochs=1, settings=short).fit([text])
    start = time.perf_counter()
    for _ in model.stream("ROMEO:\n", length=CHARACTERS, drawing=Drawing(temperature=0.8)):
        pass
    return time.perf_counter() - start


def _translate(folder: Path, count: int, threads: int) -> float:
    """The 1,000 German captions of the test part by a beam of 5, after two passes of learning."""
    train, test = _loaded(translation.TASKS[0], folder, count)
    given = {**translation.TASKS[0].settings, "validation_size": 0.03, "epochs": PASSES, "threads": threads}
    walked = walk(plan(train, FitSettings.flat(given), test=test))
    start = time.perf_counter()
    predict_dataset(walked.model, walked.pipeline, test)
    return time.perf_counter() - start


WORK: Mapping[str, Callable[[Path, int, int], float]] = MappingProxyType(
    {"cut": _cut, "learn": _learn, "write": _write, "translate": _translate}
)
"""Given the folder of data sets, the number of texts and that of threads: seconds."""


def _text(dataset: SequenceDataset) -> str:
    """The lines of running text, one after the other."""
    (column,) = dataset.schema.columns
    labels = dataset.categories[column.name]
    return "".join(labels[code] for code in dataset.column(column.name))


def _loaded(task: Task, folder: Path, count: int) -> tuple[SequenceDataset, SequenceDataset]:
    """The training and the test part of a benchmark, of each evenly spread texts, at most so many."""
    data = task.load(folder)
    if data.test is None:
        raise ValueError(task.name)
    return data.dataset.take(_spread(len(data.dataset), count)), data.test.take(_spread(len(data.test), count))


def _spread(length: int, count: int) -> NDArray[np.int64]:
    return np.linspace(0, length - 1, min(count, length)).astype(np.int64)
