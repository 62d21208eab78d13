"""What a reading of a stream consists of, drawn from an artifact: the columns a model needs, and how they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from seqloom.artifact import Bundle
from seqloom.errors import SettingsError
from seqloom.prepare import EventTargets, FrameTargets, NextTargets, SymbolTargets, ValueTargets
from seqloom.prepare.pipeline import Pipeline
from seqloom.sequence import Schema

Clock = Literal["none", "stamps", "numbers"]
UNSEEN = -2
"""The place of a label that training did not have."""
MISSING = -1
"""The place of one that nobody gave."""


@dataclass(frozen=True)
class Form:
    """The columns of readings.

    Args:
        schema: the columns of the training data.
        clock: what times are: none, time stamps, or numbers.
        numbers: number columns with a value per step.
        listed: category columns with a value per step whose labels are kept by their place in `labels`.
        spelt: columns with a value per step that are kept as they are written: texts, and words read by their letters.
        static_numbers: number columns with one value per stream.
        static_listed: category columns with one value per stream.
        labels: the labels of each listed column that the model knows.
        known: columns that are known ahead of the steps that are to be told, with their names.
        unasked: targets that are no input: nobody has to give them.
        closed: whether a label that training did not have is refused.
    """

    schema: Schema
    clock: Clock
    numbers: tuple[str, ...]
    listed: tuple[str, ...]
    spelt: tuple[str, ...]
    static_numbers: tuple[str, ...]
    static_listed: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    known: tuple[str, ...]
    unasked: tuple[str, ...]
    closed: bool

    @classmethod
    def of(cls, bundle: Bundle) -> "Form":
        """The form of an artifact's readings.

        Raises:
            SettingsError: its model answers nothing reading by reading.
        """
        schema, pipeline = bundle.schema, bundle.pipeline
        _refuse_unstreamed(bundle)
        inputs = _targets_are_read(pipeline)
        steps = [column for column in schema.columns if column.name in schema.step_columns]
        read = [column for column in steps if column.role != "mark" and (inputs or column.role != "target")]
        statics = [column for column in schema.columns if column.role == "static"]
        spelt = {column.name for column in read if column.kind == "text"} | set(pipeline.words)
        vocabularies = {**pipeline.steps.categories.vocabularies, **pipeline.statics.categories.vocabularies}
        return cls(
            schema=schema,
            clock=_clock(bundle),
            numbers=tuple(column.name for column in read if column.kind == "number"),
            listed=tuple(column.name for column in read if column.coded and column.name not in spelt),
            spelt=tuple(column.name for column in read if column.name in spelt),
            static_numbers=tuple(column.name for column in statics if column.kind == "number"),
            static_listed=tuple(column.name for column in statics if column.kind == "category"),
            labels={name: tuple(labels) for name, labels in vocabularies.items()},
            known=tuple(column.name for column in read if column.role == "known"),
            unasked=() if inputs else schema.targets,
            closed=pipeline.prepare.unseen == "reject",
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """Every column a reading may have."""
        return frozenset((*self.numbers, *self.listed, *self.spelt, *self.statics, *self.unasked, *self.marks))

    @property
    def marks(self) -> tuple[str, ...]:
        """Columns that tell afterwards what was so."""
        return self.schema.names("mark")

    @property
    def told(self) -> tuple[str, ...]:
        """Columns of which somebody has to tell what came true: targets that are no input; else marks, if any."""
        return self.unasked or self.marks

    @cached_property
    def statics(self) -> frozenset[str]:
        """The columns with one value per stream."""
        return frozenset((*self.static_numbers, *self.static_listed))

    @cached_property
    def places(self) -> Mapping[str, Mapping[str | None, int]]:
        """Of each listed column the place of each label, and of none."""
        columns = (*self.listed, *self.static_listed)
        none: dict[str | None, int] = {None: MISSING}
        return {name: none | {label: place for place, label in enumerate(self.labels[name])} for name in columns}

    @property
    def time_type(self) -> np.dtype[np.generic]:
        """How times are kept: microseconds since 1970, or numbers."""
        return np.dtype(np.int64 if self.clock == "stamps" else np.float64)


def _targets_are_read(pipeline: Pipeline) -> bool:
    """Whether what is to be told of later steps is an input of them, too."""
    targets = pipeline.targets
    if isinstance(targets, ValueTargets):
        return targets.history
    return isinstance(targets, EventTargets | NextTargets)


def _clock(bundle: Bundle) -> Clock:
    times = bundle.golden.dataset.times
    if times is None:
        return "none"
    return "stamps" if times.dtype.kind == "M" else "numbers"


def _refuse_unstreamed(bundle: Bundle) -> None:
    pipeline, came = bundle.pipeline, ""
    if pipeline.sounds is not None:
        came = "a model of recordings, whose steps are frames of many samples"
    elif isinstance(pipeline.targets, SymbolTargets):
        came = f"one of the task {bundle.task}, which answers when it has heard everything"
    elif isinstance(pipeline.targets, FrameTargets):
        came = f"one of the task {bundle.task}, which continues by itself"
    elif isinstance(bundle.settings.get("resample"), str):
        came = "one that was fitted with resample, which puts several readings into one step"
    if came:
        fix = "use `predict`, or `generate` where there is one"
        raise SettingsError("stream", expected="a model that answers reading by reading", came=came, fix=fix)
