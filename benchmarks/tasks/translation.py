"""German into English: captions of pictures, Multi30k."""

import gzip
from pathlib import Path

from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import ReadSettings, read

PARTS = ("train", "val", "test_2016_flickr")
LANGUAGES = ("de", "en")
VALIDATION = 1014
READING = ReadSettings(target=("en",), text=LANGUAGES, per_step_target=False)


def _load(folder: Path) -> Data:
    train, validation, test = (_pairs(folder, part) for part in PARTS)
    both = {language: train[language] + validation[language] for language in LANGUAGES}
    dataset = read(both, settings=READING)
    return Data(dataset, read(test, schema=dataset.schema))


def _pairs(folder: Path, part: str) -> dict[str, list[str]]:
    """The sentences of a part by language."""
    return {
        language: gzip.decompress((folder / f"multi30k/{part}.{language}.gz").read_bytes()).decode().splitlines()
        for language in LANGUAGES
    }


TASKS = (
    Task(
        name="translation",
        title="German into English",
        protocol=(
            "Multi30k: 29,000 captions of pictures to learn from, 1,014 to validate, the 1,000 of test_2016_flickr to "
            "test; sacreBLEU of texts as people write them, by a beam of 5."
        ),
        files=tuple(f"multi30k/{part}.{language}.gz" for part in PARTS for language in LANGUAGES),
        load=_load,
        settings={
            "task": "translate",
            "split": "order",
            "validation_size": VALIDATION,
            "vocabulary": 4000,
            "hidden_size": 192,
            "dropout": 0.25,
            "label_smoothing": 0.1,
            "beam": 5,
            "epochs": 8,
            "batch_size": 64,
            "learning_rate": 0.003,
            "threads": 1,
        },
        target=Target("bleu", 30.0, stretch=36.0, higher=True),
        references=(
            Reference("GRU with attention", "published figures, lower end", {"bleu": 28.0}),
            Reference("GRU with attention", "published figures, upper end", {"bleu": 33.0}),
            Reference("tuned", "published figures", {"bleu": 38.0}),
        ),
        metrics=("bleu", "chrf", "perplexity"),
    ),
)
