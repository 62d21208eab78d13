"""The task `language`: the next token of running text."""

from typing import Any

import numpy as np

from seqloom.alternatives import Frequencies, KneserNey
from seqloom.evaluate import LanguageTrial
from seqloom.model import Drawing, LanguageModel, Writer
from seqloom.prepare import covered_rows
from seqloom.read import ReadSettings
from seqloom.report import LanguageOutcome, Section, language_sections, samples_section
from seqloom.sequence import LanguagePrediction, spans
from seqloom.tasks.explained import NEXT_TOKEN
from seqloom.tasks.task import COLUMNS, Answered, Task

LENGTHS = {"characters": 400, "words": 80}
USUAL = 120
"""Tokens of a sample."""
DRAWINGS = {
    "as probable as they are": Drawing(),
    "temperature 0.7": Drawing(temperature=0.7),
    "the most probable 90 %": Drawing(top_p=0.9),
}

Language = Answered[LanguageModel, LanguagePrediction]


def outcome(answered: Language) -> LanguageOutcome:
    """How likely each token was found, with where it stands."""
    examples, texts = answered.examples, answered.pipeline.texts
    prepared, lengths = examples.prepared, (examples.stop - examples.start).astype(np.int64)
    place = covered_rows(examples) + 1
    starts = prepared.offsets if prepared.starts is None else prepared.starts
    codes = prepared.codes[:, prepared.text or 0]

    def text(first: int, last: int) -> str:
        return "" if texts is None else texts.spell(codes[first:last])

    return LanguageOutcome(
        prediction=answered.prediction,
        read=spans(np.zeros_like(lengths), lengths) + 1,
        line=np.searchsorted(starts, place, side="right") - 1,
        place=place,
        text=text,
    )


def samples(answered: Language) -> Section:
    """Texts the model makes up, drawn in several ways."""
    writer = Writer(answered.model, answered.pipeline)
    length = LENGTHS.get(answered.pipeline.prepare.tokens or "characters", USUAL)
    drawn = [(name, "".join(writer.stream(length=length, drawing=drawing))) for name, drawing in DRAWINGS.items()]
    return samples_section(drawn)


def sections(answered: Language) -> tuple[Section, ...]:
    """Texts it makes up, then how well it knew those it read."""
    return (samples(answered), *language_sections(outcome(answered)))


def reading(read: ReadSettings) -> dict[str, Any]:
    """Running text is its own target."""
    return {"text": read.target, "per_step_target": True} if read.target else {"layout": "text"}


LANGUAGE = Task(
    model=LanguageModel,
    title="Language model",
    subject="running text",
    metrics=("perplexity", "nats_per_token", "bits_per_character", "accuracy"),
    alternatives=(Frequencies, KneserNey),
    trial=lambda answered: LanguageTrial(answered.examples, answered.prediction),
    sections=sections,
    explained=NEXT_TOKEN,
    poses=lambda schema: schema.layout == "text",
    reading=reading,
    listens=("weight_dropout", "tied", "window"),
    ignores=(
        *(*COLUMNS, "resample", "members"),
        *("max_tokens", "cut", "strip_marks", "vectors", "freeze_vectors", "word_dropout"),
    ),
)
