"""Shakespeare, character by character: the 1.1 million characters of char-rnn."""

from pathlib import Path

from benchmarks.task import MODEL, Data, Metrics, Reference, Target, Task, measured
from seqloom.estimators import Fitted
from seqloom.evaluate import LanguageTrial
from seqloom.model import LanguageModel, predict
from seqloom.read import from_texts
from seqloom.sequence import LanguagePrediction

FILE = "tiny_shakespeare/input.txt"
LEARNED = 0.9
WINDOW = 256
STATEFUL = "stateful_nats_per_character"


def _load(folder: Path) -> Data:
    text = (folder / FILE).read_text(encoding="utf-8")
    border = int(LEARNED * len(text))
    return Data(from_texts([text[:border]], ["first"], FILE), from_texts([text[border:]], ["last"], FILE))


def _measured(fitted: Fitted) -> Metrics:
    """The judgement on windows, and that of one pass over the whole test part."""
    walked, rows = fitted.walked, measured(fitted)
    settings = walked.settings.model.model_copy(update={"window": 0})
    prepared = walked.examples["test"].prepared
    examples = LanguageModel.examples(prepared, walked.parts.test_split, "test", settings)
    prediction = predict(walked.model, walked.pipeline, examples)
    if isinstance(prediction, LanguagePrediction):
        rows[MODEL][STATEFUL] = LanguageTrial(examples, prediction).model().metrics["nats_per_character"]
    return rows


TASKS = (
    Task(
        name="shakespeare",
        title="Shakespeare, character by character",
        protocol=(
            "The first 90 % of the characters to learn from, the rest to test: nats per character over all windows of "
            "256 characters that do not overlap, each read from no memory, and in one pass with the state carried. The "
            "recipe was chosen with the last 3 % of the lines to learn from as validation part; here it is a half "
            "percent and has no say, since the play the test begins with begins there. N-grams see the characters "
            "before a window, too."
        ),
        files=(FILE,),
        load=_load,
        settings={
            "task": "language",
            "window": WINDOW,
            "validation_size": 0.005,
            "keep": "last",
            "cell": "gru",
            "hidden_size": 512,
            "embedding": 64,
            "dropout": 0.3,
            "weight_dropout": 0.3,
            "batch_size": 32,
            "truncate": 128,
            "epochs": 16,
            "learning_rate": 0.003,
            "threads": 1,
        },
        target=Target("nats_per_character", 1.60, stretch=1.50),
        references=(
            Reference("nanoGPT, 10.7 M weights", "its readme, on a GPU", {"nats_per_character": 1.4697}),
            Reference("nanoGPT, its settings for a CPU", "its readme", {"nats_per_character": 1.88}),
            Reference("minGRU", "Feng et al. 2024", {"nats_per_character": 1.55}),
        ),
        metrics=("nats_per_character", STATEFUL, "bits_per_character", "accuracy"),
        measure=_measured,
    ),
)
