"""The tasks `music` and `images`: the next frame, all its entries together."""

from dataclasses import replace
from typing import Any

import numpy as np
import torch

from seqloom.alternatives import EntryMarkov, Hints, Marginal, Skipped
from seqloom.evaluate import MODEL, FrameTrial
from seqloom.model import FrameModel, ImageModel, MusicModel, Sampling, generate
from seqloom.prepare import Examples, covered_rows
from seqloom.read import EVERY, ReadSettings
from seqloom.report import FrameOutcome, Section, frame_samples, frame_sections
from seqloom.score import entry_nats
from seqloom.sequence import KEYS, FramePrediction
from seqloom.tasks.explained import NEXT_FRAME
from seqloom.tasks.task import COLUMNS, Answered, Task

COUNTED_ENTRIES = 10_000_000
"""Entries of frames the cost of each is measured on, at most, where that is more than one sequence."""
SHOWN_IMAGES = 36
"""Images on a sheet."""
SHOWN_STEPS = 784
"""Steps of an image that are shown: as many as one of 28 by 28 has pixels."""
SHOWN_MUSIC = 160
"""Steps of a piece that are shown."""

Frames = Answered[FrameModel, FramePrediction]


def outcome(answered: Frames) -> FrameOutcome:
    """What each entry cost model and alternatives on the first of the sequences."""
    examples, prediction = answered.examples, answered.prediction
    most, ends = COUNTED_ENTRIES // len(prediction.targets), np.cumsum(examples.stop - examples.start)
    counted = examples.take(np.arange(max(1, int(np.searchsorted(ends, most, side="right")))))
    truth = examples.prepared.targets[covered_rows(counted)].astype(np.float64)
    logits = {MODEL: prediction.logits[: len(truth)]}
    logits |= {alternative.name: alternative.predict(counted) for alternative in answered.alternatives.fitted}
    return FrameOutcome(
        entries=prediction.targets,
        nats={name: entry_nats(own, truth).mean(axis=0) for name, own in logits.items()},
        shares=truth.mean(axis=0),
    )


def samples(answered: Frames, count: int, most: int) -> tuple[Section, ...]:
    """So many sequences the model makes up, of so many steps at most, beside true ones."""
    examples = answered.examples
    picked = examples.take(np.arange(min(len(examples), count)))
    targets, ends = examples.prepared.targets, np.minimum(picked.stop, picked.start + most)
    true = [targets[start:end] for start, end in zip(picked.start, ends, strict=True)]
    made = generate(answered.model, Sampling(min(most, int(np.median(examples.lengths))), count=len(picked)))
    return frame_samples(true, list(made), examples.prepared.target_names)


def music_sections(answered: Frames) -> tuple[Section, ...]:
    """A piece beside a true one, and what each key cost."""
    return (*samples(answered, 1, SHOWN_MUSIC), *frame_sections(outcome(answered)))


def image_sections(answered: Frames) -> tuple[Section, ...]:
    """A sheet of images beside true ones, and what each pixel cost."""
    return (*samples(answered, SHOWN_IMAGES, SHOWN_STEPS), *frame_sections(outcome(answered)))


def start(model: FrameModel, training: Examples, seed: int) -> None:  # noqa: ARG001 - nothing is drawn
    """Without anything else the heads answer with the share of each entry."""
    shares = Marginal.fit(training, Hints())
    if not isinstance(shares, Skipped):
        for network in model.networks:
            network.head.start_from(torch.from_numpy(shares.logits).float())


def reading(read: ReadSettings) -> dict[str, Any]:
    """The whole of each step is its target."""
    return {"per_step_target": True, "target": read.target or EVERY}


MUSIC: Task[FrameModel, FramePrediction] = Task(
    model=MusicModel,
    title="Music, frame by frame",
    subject="music",
    metrics=("nll", "nll_after_first", "accuracy", "precision", "recall", "f1"),
    alternatives=(Marginal, EntryMarkov),
    trial=lambda answered: FrameTrial(answered.examples, answered.prediction),
    sections=music_sections,
    explained=NEXT_FRAME,
    poses=lambda schema: schema.targets == KEYS and schema.layout != "text",
    reading=reading,
    listens=("frame_head", "head_size", "threshold_on", "transpose"),
    ignores=COLUMNS,
    start=start,
)
IMAGES = replace(
    MUSIC,
    model=ImageModel,
    title="Images, frame by frame",
    subject="images",
    metrics=("nats", "nll", "accuracy", "f1"),
    sections=image_sections,
    explained=NEXT_FRAME,
    poses=lambda _: False,
    listens=("frame_head", "head_size", "threshold_on"),
)
