"""The walk from a data set to a trained model."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch

from seqloom.estimators.calibrate import calibrate
from seqloom.estimators.parts import Parts, cut
from seqloom.estimators.refit import joined, refit
from seqloom.estimators.settings import FitSettings
from seqloom.estimators.start import start
from seqloom.evaluate import seasonality
from seqloom.model import (
    Facts,
    InputSizes,
    ModelSettings,
    SequenceModel,
    build,
    model_class,
    sizes_of,
    taught_stride,
)
from seqloom.prepare import Examples, Pipeline, Split, resample, windows
from seqloom.sequence import PreparedDataset, SequenceDataset
from seqloom.train import Progress, Run
from seqloom.train import fit as train


@dataclass(frozen=True)
class Walked:
    """What a walk came to.

    Args:
        model: trained, with the weights it is to keep.
        validated: the model that has not seen the validation part: another one only where the first was trained anew.
        pipeline: the fitted preparation.
        settings: all settings, resolved.
        reasons: why each setting that was left open was chosen, by name.
        parts: the data and its parts.
        examples: what the model learned from, was chosen by, and is judged on: `train`, `validation`, `test`.
        run: the training.
        season: steps after which the series repeats itself; 1: none known.
    """

    model: SequenceModel
    validated: SequenceModel
    pipeline: Pipeline
    settings: FitSettings
    reasons: Mapping[str, str]
    parts: Parts
    examples: Mapping[str, Examples]
    run: Run
    season: int


def walk(
    task: str,
    dataset: SequenceDataset,
    settings: FitSettings,
    *,
    test: SequenceDataset | None = None,
    directory: Path | None = None,
    resume: bool = False,
    progress: Progress | None = None,
) -> Walked:
    """Prepare a data set, build a model for it and train it.

    Args:
        task: name of the task.
        dataset: the data as it was read.
        settings: what was chosen; the rest is chosen from the data.
        test: a test set given apart; None: the test part is cut from `dataset`.
        directory: where to keep history and checkpoints of the training; None: nowhere.
        resume: continue from the directory's checkpoint, if there is one.
        progress: who is told how the training goes.
    """
    kind = model_class(task)
    dataset = resample(dataset, settings.prepare.resample)
    test = None if test is None else resample(test, settings.prepare.resample)
    parts = cut(kind, dataset, test, settings.split, settings.train.seed)
    pipeline = Pipeline.fit(parts.dataset, parts.split, settings.prepare, task=kind.target_kind, history=kind.by_steps)
    prepared = pipeline.transform(parts.dataset)
    judged = prepared if parts.test_dataset is parts.dataset else pipeline.transform(parts.test_dataset)
    season = seasonality(_pairs(prepared, parts.split)) if kind.by_steps else 1
    chosen = kind.choose(settings.model, _facts(parts, season))
    examples = {
        "train": kind.examples(prepared, parts.split, "train", chosen.settings),
        "validation": kind.examples(prepared, parts.split, "validation", chosen.settings),
        "test": kind.examples(judged, parts.test_split, "test", chosen.settings),
    }
    counts = _class_counts(examples["train"], pipeline.classes)
    sizes = sizes_of(examples["train"], classes=pipeline.classes, class_counts=counts)
    fresh = partial(_fresh, task, chosen.settings, sizes, settings.train.seed)
    validated = fresh(examples["train"])
    run = train(
        validated,
        examples["train"],
        examples["validation"],
        settings.train,
        directory=directory,
        resume=resume,
        progress=progress,
    )
    calibrate(validated, examples["validation"])
    model = validated
    if settings.train.refit and run.best_epoch and run.stopped != "interrupted":
        everything = kind.examples(prepared, joined(parts.split), "train", chosen.settings)
        model, run = refit(fresh, validated, run, everything, examples["validation"], progress=progress)
    resolved = settings.model_copy(update={"task": task, "model": chosen.settings, "train": run.settings})
    return Walked(model, validated, pipeline, resolved, chosen.reasons, parts, examples, run, season)


def _fresh(task: str, settings: ModelSettings, sizes: InputSizes, seed: int, training: Examples) -> SequenceModel:
    """A model with initial weights for these training examples."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = build(task, settings, sizes)
    start(model, training, seed)
    return model


def _pairs(prepared: PreparedDataset, split: Split) -> Examples:
    """Pairs of neighbouring training steps that cover the training part; not all of very many."""
    first, stop = split.spans("train").T
    stride = taught_stride(int((stop - first).sum()), 1)
    return windows(prepared, split, "train", lookback=1, horizon=1, stride=stride)


def _facts(parts: Parts, season: int) -> Facts:
    borders, test = parts.split.borders, parts.test_split.borders
    lengths = borders[:, 1] - borders[:, 0]
    tested = test[:, 3] - test[:, 2]
    return Facts(
        lengths=lengths[lengths > 0],
        season=season,
        shortest_test=int(tested[tested > 0].min(initial=np.iinfo(np.int64).max)),
        per_step=parts.dataset.schema.per_step_target,
        targets=len(parts.dataset.schema.targets),
    )


def _class_counts(training: Examples, classes: tuple[str, ...]) -> tuple[int, ...]:
    if not classes:
        return ()
    numbers = training.prepared.targets[training.sequence]
    return tuple(np.bincount(numbers[numbers >= 0], minlength=len(classes)).tolist())
