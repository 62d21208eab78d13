"""Occlusion: what becomes of an answer when a part of the sequence is taken away."""

from dataclasses import dataclass

import numpy as np
import torch

from seqloom.explain.attribution import Attribution
from seqloom.explain.inputs import inputs_of
from seqloom.explain.neutral import neutral_of
from seqloom.explain.question import Floats, Question, at_rest

PLACES = 32
"""Parts a sequence is cut into at most, unless the caller says how wide they are."""


@dataclass(frozen=True)
class FeatureEffects:
    """What becomes of an answer without a feature.

    Args:
        names: of the features.
        effects: by how much the number falls for each sequence when the feature is neutral at all steps, [B, F].
        changed: share of the answers that are no longer the same, [F].
    """

    names: tuple[str, ...]
    effects: Floats
    changed: Floats


def width_for(question: Question, places: int = PLACES) -> int:
    """Steps of a window so that the longest sequence has at most so many of them."""
    return max(1, -(-question.batch.numbers.steps // places))


def occlude(question: Question, *, width: int | None = None) -> Attribution:
    """Windows of steps made neutral, one after the other; a step's effect is that of its window.

    Source: Zeiler & Fergus, "Visualizing and understanding convolutional networks" (ECCV 2014), for images.

    Args:
        question: what is followed.
        width: steps of a window, counted from the last step; None: so that there are at most 32 windows.

    Example: a step that a model does not read has the effect 0.
    """
    width = width_for(question) if width is None else width
    packing, neutral = question.batch.numbers, neutral_of(question)
    back = packing.lengths[packing.sequence_rows] - 1 - packing.row_steps
    windows = back // width
    effects = torch.zeros(len(windows))
    with at_rest(question.model):
        for window in range(int(windows.max()) + 1):
            rows = windows == window
            effect = question.effect(neutral.without_rows(question.batch, rows)).cpu()
            effects[rows] = effect[packing.sequence_rows[rows]]
    method = "occlusion" if width == 1 else f"occlusion of {width} steps"
    return Attribution(method, question.what, question.apart(effects))


def occlude_features(question: Question) -> FeatureEffects:
    """Each feature made neutral at all steps, one after the other."""
    names, neutral = inputs_of(question.examples).names, neutral_of(question)
    effects, changed = np.zeros((question.batch.batch_size, len(names))), np.zeros(len(names))
    with at_rest(question.model):
        for feature in range(len(names)):
            batch = neutral.without_feature(question.batch, feature)
            effects[:, feature] = question.each(question.effect(batch))
            changed[feature] = 1 - float(question.kept(batch).float().mean())
    return FeatureEffects(names, effects, changed)
