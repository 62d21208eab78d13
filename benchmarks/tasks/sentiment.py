"""Film reviews, liked or not: the Large Movie Review Dataset."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import ReadSettings, read, read_fields

TRAIN, TEST = "imdb/train.tsv.gz", "imdb/test.tsv.gz"
FIELDS = ("label", "rating", "id", "review")
READING = ReadSettings(target=("opinion",), text=("review",))


def _table(path: Path) -> dict[str, list[str]]:
    """Reviews and whether their writers liked the film."""
    fields = read_fields(path, FIELDS)
    return {"review": fields["review"], "opinion": ["liked" if one == "1" else "disliked" for one in fields["label"]]}


def _load(folder: Path) -> Data:
    dataset = read(_table(folder / TRAIN), settings=READING)
    return Data(dataset, read(_table(folder / TEST), schema=dataset.schema))


def _task(name: str, title: str, recipe: Mapping[str, Any]) -> Task:
    return Task(
        name=name,
        title=title,
        protocol=(
            "25,000 reviews to learn from, a tenth of them for validation, and the official 25,000 to test; the first "
            "1,000 words of each; no other data; accuracy."
        ),
        files=(TRAIN, TEST),
        load=_load,
        settings={
            "task": "classify",
            "split": "stratified",
            "validation_size": 0.1,
            "vocabulary": 30_000,
            "max_tokens": 1000,
            "batch_size": 32,
            "threads": 1,
            **recipe,
        },
        target=Target("accuracy", 0.895, stretch=0.915, higher=True),
        references=(
            Reference("LSTM, bidirectional LSTM or attention", "common tutorials", {"accuracy": 0.88}),
            Reference("LSTM on GloVe vectors", "common tutorials", {"accuracy": 0.862}),
            Reference("bag of words and pairs", "fastText's form", {"accuracy": 0.887}),
            Reference("linear, bigrams weighted by naive Bayes", "Wang & Manning 2012", {"accuracy": 0.912}),
        ),
        metrics=("accuracy", "log_loss"),
    )


TASKS = (
    _task("sentiment", "Sentiment of film reviews", {"word_dropout": 0.3, "epochs": 4, "learning_rate": 0.003}),
    _task(
        "sentiment-three",
        "Sentiment of film reviews, three networks",
        {"members": 3, "word_dropout": 0.2, "epochs": 3, "learning_rate": 0.004},
    ),
)
