"""What a model makes up, for its report."""

from functools import singledispatch

from seqloom.model import Drawing, LanguageModel, SequenceModel, Writer
from seqloom.prepare import Pipeline
from seqloom.report import Section, samples_section

LENGTHS = {"characters": 400, "words": 80}
USUAL = 120
"""Tokens of a sample."""
DRAWINGS = {
    "as probable as they are": Drawing(),
    "temperature 0.7": Drawing(temperature=0.7),
    "the most probable 90 %": Drawing(top_p=0.9),
}


@singledispatch
def sample_sections(model: SequenceModel, pipeline: Pipeline) -> tuple[Section, ...]:  # noqa: ARG001 - for those that can
    """Sections that show what a model makes up; most models answer only."""
    return ()


@sample_sections.register
def _language(model: LanguageModel, pipeline: Pipeline) -> tuple[Section, ...]:
    """Texts, drawn in several ways."""
    writer, length = Writer(model, pipeline), LENGTHS.get(pipeline.prepare.tokens or "characters", USUAL)
    samples = [(name, "".join(writer.stream(length=length, drawing=drawing))) for name, drawing in DRAWINGS.items()]
    return (samples_section(samples),)
