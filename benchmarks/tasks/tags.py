"""Parts of speech of English words: the Web Treebank of Universal Dependencies."""

from pathlib import Path

from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import ReadSettings, read

TRAIN, DEV = "ud_english_ewt/en_ewt-ud-train.conllu.gz", "ud_english_ewt/en_ewt-ud-dev.conllu.gz"


def _load(folder: Path) -> Data:
    dataset = read(folder / TRAIN, settings=ReadSettings(target="upos"))
    return Data(dataset, read(folder / DEV, schema=dataset.schema))


TASKS = (
    Task(
        name="tags",
        title="Parts of speech of English words (UD English EWT 2.16)",
        protocol=(
            "Words as the treebank cuts them, without multiword tokens and empty nodes, and nothing but their letters "
            "as input; 12,544 sentences, of which 6 % choose the epoch; judged on the 2,001 sentences of the "
            "development part, since the test part is not among the files; share of the words given "
            "their UPOS tag, one of 17."
        ),
        files=(TRAIN, DEV),
        load=_load,
        settings={
            "task": "tag",
            "validation_size": 0.06,
            "cell": "lstm",
            "hidden_size": 128,
            "learning_rate": 0.004,
            "batch_size": 32,
            "epochs": 10,
            "threads": 1,
        },
        target=Target("accuracy", 0.945, stretch=0.955, higher=True),
        references=(
            Reference("bidirectional LSTM on words", "a widely copied tutorial", {"accuracy": 0.883}),
            Reference(
                "logistic regression on features of words", "a published feature-based tagger", {"accuracy": 0.942}
            ),
            Reference("Stanza", "Qi et al. 2020, with vectors of words learned elsewhere", {"accuracy": 0.96}),
        ),
        metrics=("accuracy", "accuracy_new", "sequences_right", "log_loss"),
    ),
)
