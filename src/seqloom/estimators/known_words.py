"""Vectors of words that were learned elsewhere, as the beginning of a model of texts."""

import numpy as np
import torch

from seqloom.errors import SettingsError
from seqloom.model import Encoder, ModelSettings, SequenceModel
from seqloom.prepare import Examples, Pipeline
from seqloom.read import Vectors, read_vectors, width_of


def with_width(settings: ModelSettings) -> ModelSettings:
    """The settings with the width of the file of vectors, if one is named.

    Raises:
        SettingsError: another width was chosen.
        InputError: the file cannot be used.
    """
    if settings.vectors is None:
        return settings
    width = width_of(settings.vectors)
    if settings.embedding not in (None, width):
        expected = f"{width}, the width of the vectors in {settings.vectors}"
        raise SettingsError("embedding", expected=expected, came=str(settings.embedding), fix="leave embedding out")
    return settings.model_copy(update={"embedding": width})


def known_words(settings: ModelSettings, pipeline: Pipeline) -> Vectors | None:
    """The vectors of the words of the training part; None where no file is named, or there are no texts.

    Raises:
        InputError: the file cannot be used.
    """
    if settings.vectors is None or pipeline.texts is None:
        return None
    return read_vectors(settings.vectors, pipeline.texts.vocabulary)


def begin_from(model: SequenceModel, vectors: Vectors) -> None:
    """Set the vectors of the words that have one, in every network of a model."""
    place = model.sizes.text
    for module in model.modules():
        if place is not None and isinstance(module, Encoder):
            # Code 0 is the unknown word; the words of the vocabulary follow.
            module.embedding.begin_from(place, torch.from_numpy(vectors.places + 1), torch.from_numpy(vectors.values))


def coverage(vectors: Vectors, training: Examples) -> str:
    """How much of the vocabulary, and of the training texts, has a vector, in words."""
    prepared = training.prepared
    has = np.zeros(prepared.code_sizes[prepared.text or 0], dtype=np.bool_)
    has[vectors.places + 1] = True
    share = float(has[prepared.codes[:, prepared.text or 0]].mean())
    found = len(vectors.places)
    return f"{found:,} of {vectors.asked:,} words have one in {vectors.source}, {share:.1%} of what was written"
