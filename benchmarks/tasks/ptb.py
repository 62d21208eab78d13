"""Words of the Wall Street Journal: the Penn Treebank in Mikolov's preparation."""

import gzip
from pathlib import Path

from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import from_texts

TRAIN, VALIDATION, TEST = (f"ptb/ptb.{part}.txt.gz" for part in ("train", "valid", "test"))
VALIDATION_LINES = 3370


def _load(folder: Path) -> Data:
    train, validation, test = (
        gzip.decompress((folder / name).read_bytes()).decode("utf-8") for name in (TRAIN, VALIDATION, TEST)
    )
    return Data(from_texts([train + validation], ["train"], "ptb"), from_texts([test], ["test"], "ptb"))


TASKS = (
    Task(
        name="ptb-words",
        title="Penn Treebank, word by word",
        protocol=(
            "Mikolov's files: 929,589 words to learn from, the end of each line counted as one; the validation and the "
            "test file as given, each in one pass with the state carried; perplexity."
        ),
        files=(TRAIN, VALIDATION, TEST),
        load=_load,
        settings={
            "task": "language",
            "tokens": "words",
            "validation_size": VALIDATION_LINES,
            "cell": "lstm",
            "layers": 2,
            "hidden_size": 320,
            "embedding": 320,
            "dropout": 0.4,
            "weight_dropout": 0.3,
            "batch_size": 32,
            "truncate": 35,
            "epochs": 12,
            "learning_rate": 0.003,
            "threads": 1,
        },
        target=Target("perplexity", 110, stretch=95),
        references=(
            Reference("LSTM, small", "Zaremba et al. 2014", {"perplexity": 115.9}),
            Reference("LSTM, medium", "Zaremba et al. 2014", {"perplexity": 82.1}),
        ),
        metrics=("perplexity", "nats_per_token", "bits_per_character", "accuracy"),
    ),
)
