"""A training that begins where another one ended: its preparation as it is, its weights as the start."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from seqloom.artifact import Bundle
from seqloom.errors import SettingsError
from seqloom.estimators.idle import refuse_idle
from seqloom.estimators.parts import Parts, cut
from seqloom.estimators.plan import Plan, circumstances
from seqloom.estimators.settings import READING, FitSettings
from seqloom.estimators.texts import without_texts
from seqloom.prepare import Split, SplitSettings, labels_of, resample, whole
from seqloom.sequence import SequenceDataset
from seqloom.sequence import continued as continued_by
from seqloom.train import TrainSettings, choose_for

OPEN = frozenset({*TrainSettings.model_fields, *SplitSettings.model_fields, *READING})
"""Settings that may be others than those of the model: how data are read and cut, and how it is trained."""
EARLIER = " (earlier)"
"""What the name of a sequence ends with where another one has it already."""
LEFT_BEHIND = ("split_column", "split_group")
"""Settings of the model that name columns which its data had beside those it reads."""


def continued(bundle: Bundle, given: Mapping[str, Any], *, flags: Collection[str] = ()) -> FitSettings:
    """The settings of a training that begins from a model: its own, and those that are given.

    Args:
        bundle: the model.
        given: settings by name; how the model is built and how its data are prepared cannot be others.
        flags: the names that were given on the command line.

    Raises:
        SettingsError: a setting that the weights, or the preparation, would not fit.
    """
    own = {name: value for name, value in bundle.settings.items() if name not in LEFT_BEHIND}
    before = FitSettings.flat(own)
    for name in given.keys() - OPEN:
        if FitSettings.flat({**own, name: given[name]}, flags=flags) != before:
            where = f"--{name.replace('_', '-')}" if name in flags else name
            expected = f"{own.get(name, 'none')}, as in the model the training begins from"
            fix = "leave it out, or train a model from the beginning"
            raise SettingsError(where, expected=expected, came=str(given[name]), fix=fix)
    settings = FitSettings.flat({**own, **given}, flags=flags)
    return settings.model_copy(update={"task": bundle.task, "model": bundle.model.settings})


def plan_from(
    dataset: SequenceDataset,
    bundle: Bundle,
    settings: FitSettings,
    *,
    test: SequenceDataset | None = None,
    earlier: SequenceDataset | None = None,
) -> Plan:
    """Cut a data set into parts and prepare it as a model's was: a plan whose training begins from its weights.

    A simple method has none: it is fitted again.

    Args:
        dataset: the data, read by the model's schema.
        bundle: the model to begin from; it stays as it is.
        settings: see `continued`.
        test: a test set given apart; None: the test part is cut from `dataset`.
        earlier: other data that are learned from as well, so that what they taught is not lost; None: none.

    Raises:
        InputError: the data cannot be used; the message says what and where.
    """
    kind, pipeline, model = type(bundle.model), bundle.pipeline, bundle.model
    interval, task = settings.prepare.resample, bundle.task
    dataset = resample(without_texts(dataset, task), interval)
    test = None if test is None else resample(without_texts(test, task), interval)
    labels = labels_of(dataset, settings.prepare.label_separator)[0] if kind.target_kind == "labels" else None
    parts = cut(kind, dataset, test, settings.split, settings.train.seed, labels=labels)
    if earlier is not None:
        parts = with_earlier(parts, resample(without_texts(earlier, task), interval))
    prepared = pipeline.transform(parts.dataset)
    judged = prepared if parts.test_dataset is parts.dataset else pipeline.transform(parts.test_dataset)
    examples = {
        "train": kind.examples(prepared, parts.split, "train", model.settings),
        "validation": kind.examples(prepared, parts.split, "validation", model.settings),
        "test": kind.examples(judged, parts.test_split, "test", model.settings),
    }
    season = bundle.profile.get("season", 1)
    if settings.simple:
        refuse_idle(circumstances(settings, dataset, pipeline), given=settings)
    else:
        settings = settings.model_copy(update={"train": choose_for(model, examples["train"], settings.train)})
    return Plan(
        task=task,
        settings=settings,
        reasons={},
        parts=parts,
        pipeline=pipeline,
        examples=examples,
        sizes=model.sizes,
        season=season if isinstance(season, int) else 1,
        begin=bundle,
    )


def with_earlier(parts: Parts, earlier: SequenceDataset) -> Parts:
    """The parts with more sequences to learn from, which come last; one whose name is taken is called otherwise.

    Args:
        parts: what was cut.
        earlier: of the same columns.
    """
    taken = set(parts.dataset.keys.tolist())
    names = [f"{name}{EARLIER}" if name in taken else name for name in earlier.keys.tolist()]
    more = replace(earlier, keys=np.array(names, dtype=object))
    learned = whole(more, "train").borders

    def joined(dataset: SequenceDataset, split: Split) -> tuple[SequenceDataset, Split]:
        return continued_by(dataset, more), Split(np.concatenate([split.borders, learned + dataset.total_steps]))

    one = joined(parts.dataset, parts.split)
    return Parts(*one, *(one if parts.test_dataset is parts.dataset else (parts.test_dataset, parts.test_split)))
