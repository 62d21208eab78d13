"""The task `transcribe`: a text for each sequence of numbers or sound."""

from seqloom.alternatives import CommonText, NearestText
from seqloom.evaluate import TranscriptTrial
from seqloom.model import TranscribeModel
from seqloom.report import TranscriptOutcome, transcript_sections
from seqloom.sequence import Schema, TranscriptPrediction
from seqloom.tasks.explained import WRITTEN
from seqloom.tasks.reading import has_texts, target_kind, texts
from seqloom.tasks.task import Answered, Task

Transcripts = Answered[TranscribeModel, TranscriptPrediction]


def outcome(answered: Transcripts) -> TranscriptOutcome:
    """Texts with the true ones."""
    examples = answered.examples
    truth = examples.prepared.texts[examples.prepared.target_names[0]][examples.sequence]
    lengths = tuple(examples.lengths.tolist())
    return TranscriptOutcome(answered.prediction, tuple(text or "" for text in truth), lengths)


def poses(schema: Schema) -> bool:
    """A text of anything else than a text."""
    return not schema.per_step_target and target_kind(schema) == "text" and not has_texts(schema)


TRANSCRIBE: Task[TranscribeModel, TranscriptPrediction] = Task(
    model=TranscribeModel,
    title="Transcripts",
    subject="a transcript",
    metrics=("wer", "cer", "exact", "substituted", "deleted", "inserted"),
    alternatives=(CommonText, NearestText),
    trial=lambda answered: TranscriptTrial(answered.examples, answered.prediction),
    sections=lambda answered: transcript_sections(outcome(answered)),
    explained=WRITTEN,
    poses=poses,
    reading=texts,
    listens=("segment", "beam", "target_tokens"),
    ignores=("members",),
)
