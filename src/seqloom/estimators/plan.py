"""What a training is going to be: everything that is settled before its first update."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from seqloom.alternatives import seasonality
from seqloom.artifact import Bundle
from seqloom.estimators.idle import Circumstances, idle, refuse_idle
from seqloom.estimators.known_words import begin_from, known_words, with_width
from seqloom.estimators.label_notes import with_label_notes
from seqloom.estimators.method import must_suit
from seqloom.estimators.parts import Parts, cut
from seqloom.estimators.settings import FitSettings
from seqloom.estimators.task import task_of
from seqloom.estimators.texts import without_texts
from seqloom.model import (
    Facts,
    InputSizes,
    ModelSettings,
    SequenceModel,
    build,
    sizes_of,
    taught_stride,
)
from seqloom.prepare import Examples, Pipeline, PrepareSettings, Split, labels_of, resample, sequences, windows
from seqloom.read import Vectors
from seqloom.sequence import PreparedDataset, SequenceDataset, spans
from seqloom.simple import kind_of
from seqloom.tasks import TASKS
from seqloom.train import TrainSettings, choose_for, extent

TRAINING_REASONS = {
    "batch_size": "{examples:,} training examples",
    "epochs": "{examples:,} training examples of {steps:,} steps",
    "learning_rate": "{weights:,} weights, optimiser {optimizer}, schedule {schedule}",
    "weight_decay": "optimiser {optimizer}",
    "warmup": "schedule {schedule}",
    "patience": "a share of the epochs",
    "plateau_patience": "a share of the patience",
}
"""What each setting of the training is chosen from where it is left open."""


@dataclass(frozen=True)
class Plan:
    """A training that can begin.

    Args:
        task: name of the task.
        settings: all settings, resolved.
        reasons: why each setting that was left open was chosen, by name.
        parts: the data and its parts.
        pipeline: the fitted preparation.
        examples: what the model learns from, is chosen by, and is judged on: `train`, `validation`, `test`.
        sizes: what the data dictates of the model.
        season: steps after which the series repeats itself; 1: none known.
        vectors: of words, to begin with; None: all are learned from the start.
        begin: the model whose weights the training begins from; None: from drawn ones.
    """

    task: str
    settings: FitSettings
    reasons: Mapping[str, str]
    parts: Parts
    pipeline: Pipeline
    examples: Mapping[str, Examples]
    sizes: InputSizes
    season: int
    vectors: Vectors | None = None
    begin: Bundle | None = None

    @property
    def used(self) -> dict[str, Any]:
        """The settings that have a say, in one flat mapping `FitSettings.flat` understands."""
        without = self.without_a_say
        return {name: value for name, value in self.settings.flattened().items() if name not in without}

    @property
    def without_a_say(self) -> set[str]:
        """The names of settings that change nothing, whatever their value."""
        return idle(circumstances(self.settings, self.parts.dataset, self.pipeline))

    def fresh(self, training: Examples) -> SequenceModel:
        """A model with its initial weights, for these training examples."""
        if self.begin is not None:
            return deepcopy(self.begin.model)
        model = _drawn(self.task, self.settings, self.sizes)
        TASKS[self.task].start(model, training, self.settings.train.seed)
        if self.vectors is not None:
            begin_from(model, self.vectors)
        return model


def plan(dataset: SequenceDataset, settings: FitSettings, *, test: SequenceDataset | None = None) -> Plan:
    """Prepare a data set, cut it into parts, and choose what the settings leave open.

    Args:
        dataset: the data as it was read.
        settings: what was chosen; the rest is chosen from the data.
        test: a test set given apart; None: the test part is cut from `dataset`.

    Raises:
        InputError: the data or the settings cannot be used; the message says what and where.
    """
    task = task_of(dataset, settings.task)
    kind = kind_of(task, settings.model.method)
    settings = settings.model_copy(update={"prepare": _filled(settings.prepare, kind.preparation)})
    dataset = resample(without_texts(dataset, task), settings.prepare.resample)
    test = None if test is None else resample(without_texts(test, task), settings.prepare.resample)
    labels, separator = None, settings.prepare.label_separator
    if kind.target_kind == "labels":
        labels, _ = labels_of(dataset, separator)
        dataset = with_label_notes(dataset, labels, separator)
    parts = cut(kind, dataset, test, settings.split, settings.train.seed, labels=labels)
    pipeline = Pipeline.fit(parts.dataset, parts.split, settings.prepare, task=kind.target_kind, history=kind.by_steps)
    named = settings.model_copy(update={"task": task})
    prepared = pipeline.transform(parts.dataset)
    judged = prepared if parts.test_dataset is parts.dataset else pipeline.transform(parts.test_dataset)
    season = seasonality(_pairs(prepared, parts.split)) if TASKS[task].seasonal else 1
    model, directed = _directed(with_width(settings.model), settings.train)
    counts = _step_counts(prepared, parts.split, pipeline.classes)
    chosen = kind.choose(model, _facts(parts, prepared, judged, season, counts))
    examples = {
        "train": kind.examples(prepared, parts.split, "train", chosen.settings),
        "validation": kind.examples(prepared, parts.split, "validation", chosen.settings),
        "test": kind.examples(judged, parts.test_split, "test", chosen.settings),
    }
    counts = _class_counts(examples["train"], pipeline.classes)
    sizes = sizes_of(examples["train"], classes=pipeline.classes, class_counts=counts, symbols=len(pipeline.symbols))
    built = named.model_copy(update={"model": chosen.settings})
    reasons: dict[str, str] = {}
    resolved = built
    if built.simple:
        must_suit(task, built.model.method, examples["train"])
    else:
        preferred = _preferred(settings.train, chosen.training)
        train, reasons = _training(
            _drawn(task, built, sizes), examples["train"], settings.train.model_copy(update=preferred)
        )
        reasons |= dict.fromkeys(preferred, chosen.training_reason)
        resolved = built.model_copy(update={"train": train})
    refuse_idle(circumstances(resolved, dataset, pipeline), given=settings)
    vectors = known_words(resolved.model, pipeline)
    return Plan(task, resolved, directed | chosen.reasons | reasons, parts, pipeline, examples, sizes, season, vectors)


def circumstances(settings: FitSettings, dataset: SequenceDataset, pipeline: Pipeline) -> Circumstances:
    """What decides which settings count.

    Args:
        settings: all settings, resolved.
        dataset: the data.
        pipeline: the fitted preparation.
    """
    return Circumstances(
        settings,
        dataset.schema.per_step_target,
        len(pipeline.classes),
        texts=pipeline.texts is not None,
        words=bool(pipeline.words),
        sounds=pipeline.sounds is not None,
    )


def _filled(settings: PrepareSettings, preferred: Mapping[str, object]) -> PrepareSettings:
    """The settings of the preparation, with the task's own choices for what the user left open."""
    left = {name: value for name, value in preferred.items() if getattr(settings, name) is None}
    return settings.model_copy(update=left)


def _directed(model: ModelSettings, train: TrainSettings) -> tuple[ModelSettings, dict[str, str]]:
    """One direction where the state is carried from stretch to stretch, unless the user says otherwise; and why."""
    if train.truncate is None or model.bidirectional is not None:
        return model, {}
    return model.model_copy(update={"bidirectional": False}), {"bidirectional": "truncate carries the state forwards"}


def _drawn(task: str, settings: FitSettings, sizes: InputSizes) -> SequenceModel:
    """A model with random weights."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.train.seed)
        return build(task, settings.model, sizes)


def _preferred(settings: TrainSettings, training: Mapping[str, Any]) -> dict[str, Any]:
    """The task's own choices for what the user left open; who speaks of patience wants the best epoch."""
    left = {name: value for name, value in training.items() if getattr(settings, name) is None}
    if settings.batch_steps is not None:
        left.pop("batch_size", None)
    if settings.patience is not None:
        left.pop("keep", None)
    return left


def _training(
    model: SequenceModel, training: Examples, settings: TrainSettings
) -> tuple[TrainSettings, dict[str, str]]:
    """The settings of the training with nothing left open, and the reason for each that was."""
    chosen = choose_for(model, training, settings)
    examples, steps = extent(training, settings)
    facts = {
        "examples": examples,
        "steps": steps,
        "weights": model.parameter_count,
        "optimizer": chosen.optimizer,
        "schedule": chosen.schedule,
    }
    left = [name for name in TRAINING_REASONS if getattr(settings, name) is None]
    return chosen, {name: TRAINING_REASONS[name].format(**facts) for name in left}


def _pairs(prepared: PreparedDataset, split: Split) -> Examples:
    """Pairs of neighbouring training steps that cover the training part; not all of very many."""
    first, stop = split.spans("train").T
    stride = taught_stride(int((stop - first).sum()), 1)
    return windows(prepared, split, "train", lookback=1, horizon=1, stride=stride)


def _facts(
    parts: Parts, prepared: PreparedDataset, judged: PreparedDataset, season: int, counts: tuple[int, ...]
) -> Facts:
    borders, test = parts.split.moved(prepared.moved).borders, parts.test_split.moved(judged.moved).borders
    lengths = borders[:, 1] - borders[:, 0]
    tested = test[:, 3] - test[:, 2]
    return Facts(
        lengths=lengths[lengths > 0],
        season=season,
        shortest_test=int(tested[tested > 0].min(initial=np.iinfo(np.int64).max)),
        per_step=parts.dataset.schema.per_step_target,
        targets=len(parts.dataset.schema.targets),
        texts=prepared.text is not None,
        words=prepared.words is not None,
        vocabulary=0 if prepared.text is None else prepared.code_sizes[prepared.text],
        ending=prepared.ending is not None,
        rarer=min(counts) / max(1, sum(counts)) if len(counts) == 2 else 1.0,  # noqa: PLR2004 - one of two
    )


def _step_counts(prepared: PreparedDataset, split: Split, classes: tuple[str, ...]) -> tuple[int, ...]:
    """How often each class was met among the training steps; nothing where steps have no class."""
    return _class_counts(sequences(prepared, split, "train"), classes) if prepared.labelled_steps else ()


def _class_counts(training: Examples, classes: tuple[str, ...]) -> tuple[int, ...]:
    if not classes or training.prepared.targets.ndim > 1:
        return ()
    targets = training.prepared.targets
    if training.prepared.per_step_target:
        numbers = targets[spans(training.start.astype(np.int64), training.stop.astype(np.int64))]
    else:
        numbers = targets[training.sequence]
    return tuple(np.bincount(numbers[numbers >= 0], minlength=len(classes)).tolist())
