"""What a model makes up, for its report."""

from functools import singledispatch

import numpy as np

from seqloom.model import Drawing, FrameModel, LanguageModel, MusicModel, Sampling, SequenceModel, Writer, generate
from seqloom.prepare import Examples, Pipeline
from seqloom.report import Section, frame_samples, samples_section

LENGTHS = {"characters": 400, "words": 80}
USUAL = 120
"""Tokens of a sample."""
SHOWN_IMAGES = 36
"""Images on a sheet."""
SHOWN_STEPS = 784
"""Steps of an image that are shown: as many as one of 28 by 28 has pixels."""
SHOWN_MUSIC = 160
"""Steps of a piece that are shown."""
DRAWINGS = {
    "as probable as they are": Drawing(),
    "temperature 0.7": Drawing(temperature=0.7),
    "the most probable 90 %": Drawing(top_p=0.9),
}


@singledispatch
def sample_sections(
    model: SequenceModel,  # noqa: ARG001 - for the functions registered below, one for each kind of model that can
    pipeline: Pipeline,  # noqa: ARG001 - as above
    examples: Examples,  # noqa: ARG001 - as above
) -> tuple[Section, ...]:
    """Sections that show what a model makes up, beside some of the examples; most models answer only."""
    return ()


@sample_sections.register
def _frames(model: FrameModel, _: Pipeline, examples: Examples) -> tuple[Section, ...]:
    """A piece beside a true one, or a sheet of images beside true ones."""
    count, most = (1, SHOWN_MUSIC) if isinstance(model, MusicModel) else (SHOWN_IMAGES, SHOWN_STEPS)
    picked = examples.take(np.arange(min(len(examples), count)))
    targets, ends = examples.prepared.targets, np.minimum(picked.stop, picked.start + most)
    true = [targets[start:end] for start, end in zip(picked.start, ends, strict=True)]
    made = generate(model, Sampling(min(most, int(np.median(examples.lengths))), count=len(picked)))
    return frame_samples(true, list(made), examples.prepared.target_names)


@sample_sections.register
def _language(model: LanguageModel, pipeline: Pipeline, _: Examples) -> tuple[Section, ...]:
    """Texts, drawn in several ways."""
    writer, length = Writer(model, pipeline), LENGTHS.get(pipeline.prepare.tokens or "characters", USUAL)
    samples = [(name, "".join(writer.stream(length=length, drawing=drawing))) for name, drawing in DRAWINGS.items()]
    return (samples_section(samples),)
