"""The task `translate`: a text for each text."""

from seqloom.alternatives import Copy, Dictionary
from seqloom.evaluate import TranslateTrial
from seqloom.model import TranslateModel
from seqloom.report import TranslateOutcome, translate_sections
from seqloom.sequence import Schema, TranslatePrediction
from seqloom.tasks.explained import WRITTEN
from seqloom.tasks.reading import has_texts, target_kind, texts
from seqloom.tasks.task import Answered, Task

Translations = Answered[TranslateModel, TranslatePrediction]


def outcome(answered: Translations) -> TranslateOutcome:
    """Translations with the true ones."""
    written, rows, prediction = answered.examples.prepared.texts, answered.examples.sequence, answered.prediction
    source = next(name for name in written if name != prediction.target)
    return TranslateOutcome(prediction, written[source][rows], written[prediction.target][rows])


def poses(schema: Schema) -> bool:
    """A text of a text."""
    return not schema.per_step_target and target_kind(schema) == "text" and has_texts(schema)


TRANSLATE: Task[TranslateModel, TranslatePrediction] = Task(
    model=TranslateModel,
    title="Translation",
    subject="a translation",
    metrics=("bleu", "chrf", "exact_match", "perplexity"),
    alternatives=(Copy, Dictionary),
    trial=lambda answered: TranslateTrial(answered.examples, answered.prediction),
    sections=lambda answered: translate_sections(outcome(answered)),
    explained=WRITTEN,
    poses=poses,
    reading=texts,
    listens=("attention", "length_penalty", "beam", "target_tokens", "label_smoothing"),
    ignores=("members",),
)
