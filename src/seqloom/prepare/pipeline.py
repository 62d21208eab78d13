"""Everything learned from the training part about the data itself: fit once, applied to whatever comes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SchemaError
from seqloom.prepare import calendar
from seqloom.prepare.blueprint import (
    KINDS,
    STATISTICS,
    Targets,
    Task,
    draw,
    read_blueprint,
    restore_events,
    restore_features,
    restore_sounds,
    restore_targets,
    restore_texts,
)
from seqloom.prepare.event_targets import EventTargets, type_column
from seqloom.prepare.features import Features
from seqloom.prepare.frames import START, FrameTargets, before
from seqloom.prepare.label_targets import LabelTargets
from seqloom.prepare.marks import marks_of
from seqloom.prepare.next_token import NextTargets
from seqloom.prepare.settings import PrepareSettings
from seqloom.prepare.sounds import Sounds
from seqloom.prepare.spelling import columns_of_words, open_columns, spelled, telling
from seqloom.prepare.split import Split
from seqloom.prepare.symbols import SymbolTargets
from seqloom.prepare.table import Table
from seqloom.prepare.target import ClassTargets, ValueTargets
from seqloom.prepare.tokenize import UNKNOWN
from seqloom.prepare.transform import StepMatrices, static_matrices, static_targets, step_matrices
from seqloom.prepare.unfold import Texts
from seqloom.prepare.whole_texts import whole_texts
from seqloom.sequence import Array, Column, PreparedDataset, Role, SequenceDataset, Words


@dataclass(frozen=True)
class Pipeline:
    """Fitted transforms of one kind of data set; never changed after `fit`.

    Every transform is causal and works row by row, with at most one value of state per column and sequence (the last
    known value, for forward fill), so that a live stream can be prepared one reading at a time.

    Args:
        prepare: the user's choices.
        sounds: the column of sound, if there is one, whose samples become frames.
        texts: the column of texts, if there is one, whose rows become as many steps as they have tokens.
        steps: the features that have a value per step.
        periods: the calendar periods added to them.
        statics: the features that have a value per sequence.
        targets: what is to be predicted.
        words: columns of the steps that are read by their letters, too.
    """

    prepare: PrepareSettings
    sounds: Sounds | None
    texts: Texts | None
    steps: Features
    periods: tuple[str, ...]
    statics: Features
    targets: Targets
    words: tuple[str, ...] = ()

    @classmethod
    def fit(
        cls, dataset: SequenceDataset, split: Split, settings: PrepareSettings, *, task: Task, history: bool = True
    ) -> "Pipeline":
        """Learn from the training part; the other parts are only checked.

        Args:
            dataset: all parts.
            split: which rows are the training part.
            settings: the user's choices.
            task: whether the targets are values, classes, labels, symbols, frames, the next event, or the next tokens
                of a text, or values that are watched.
            history: for targets with a value per step: whether their past is an input (forecasts). If so the policy
                for missing values applies to them as to every column; if not, NaN means unlabelled.

        Raises:
            SchemaError: targets that do not fit the task, or a calendar without a clock.
            DataError: an empty training part, a constant target, a single class, or values that cannot be used.
        """
        sounds = Sounds.of(dataset, settings)
        if sounds is not None:
            framed = sounds.frame(dataset)
            dataset, split = framed.dataset, split.moved(framed.starts)
        if task == "events":
            type_column(dataset)
        texts = Texts.fit(dataset, split.rows("train"), settings, running=task == "next")
        if texts is not None:
            dataset = texts.labelled(dataset)
        words = columns_of_words(dataset, split.rows("train"), settings)
        dataset, spans = spelled(dataset, words), split.spans("train")
        trained = spans[:, 1] > spans[:, 0]
        if not trained.any():
            raise DataError(
                f"{dataset.source}, training part", expected="some rows", came="none", fix="enlarge the training part"
            )
        row = np.arange(len(dataset))
        static_spans = np.stack([row, row + trained], axis=1)
        by_group = settings.scale_by == "group"
        roles: tuple[Role, ...] = ("target", "past", "known") if task in ("events", "next") else ("past", "known")
        steps = Features.fit(
            Table.of_steps(dataset),
            spans,
            _columns(dataset, *roles),
            settings,
            by_group=by_group,
            words=open_columns(words),
        )
        static = _columns(dataset, "static")
        return cls(
            settings,
            sounds,
            texts,
            steps,
            () if task == "frames" else _periods(dataset, spans, settings),
            Features.fit(Table.of_statics(dataset), static_spans, static, settings, by_group=False),
            _fit_targets(dataset, spans, steps, settings, task=task, history=history),
            words,
        )

    @property
    def rows_per_step(self) -> int:
        """Rows of the data from one step to the next: samples from frame to frame, and 1 for everything but sound."""
        return 1 if self.sounds is None else self.sounds.mel.hop

    @property
    def classes(self) -> tuple[str, ...]:
        """Labels of classes, or labels of which there is any number, in order; none where targets are values."""
        return self.targets.classes if isinstance(self.targets, ClassTargets | LabelTargets | EventTargets) else ()

    @property
    def tokens(self) -> tuple[str, ...]:
        """Tokens of the text in the order of their codes, the unknown one first; none where there is no text."""
        return () if self.texts is None else (UNKNOWN, *self.texts.vocabulary)

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols targets are made of, in the order of their numbers; none where targets are no texts."""
        return self.targets.symbols if isinstance(self.targets, SymbolTargets) else ()

    def transform(self, dataset: SequenceDataset) -> PreparedDataset:
        """The data set as matrices, in memory, or on disk where its columns are memory-mapped.

        Rows after the last known target of a forecast are the future: only columns known ahead need values there.

        Raises:
            SchemaError: a column is missing or of another kind.
            DataError: a value that cannot be used, with its place.
        """
        framed = None if self.sounds is None else self.sounds.frame(dataset)
        dataset = spelled(dataset if framed is None else framed.dataset, self.words)
        self._refuse_other(dataset)
        texts = whole_texts(dataset) if isinstance(self.targets, SymbolTargets) else {}
        unfolded = None if self.texts is None else self.texts.unfold(dataset)
        dataset = dataset if unfolded is None else unfolded.dataset
        steps = step_matrices(dataset, self.steps, self.periods, self._per_step)
        static_numbers, static_codes = static_matrices(dataset, self.statics)
        names, embedded = self._number_names, self.steps.embedded
        targets, target_offsets = self._all_targets(dataset, steps)
        numbers = before(targets, dataset.offsets) if isinstance(self.targets, FrameTargets) else steps.numbers
        prepared = PreparedDataset(
            offsets=dataset.offsets,
            numbers=numbers,
            number_names=tuple(name for name, _ in names),
            known=np.array([known for _, known in names], dtype=np.bool_),
            codes=steps.codes,
            code_names=tuple(column.name for column, _ in embedded),
            known_codes=np.array([column.role == "known" for column, _ in embedded], dtype=np.bool_),
            code_sizes=tuple(size for _, size in (*embedded, *self.statics.embedded)),
            static_numbers=static_numbers,
            static_codes=static_codes,
            targets=targets,
            target_names=tuple(column.name for column in self.targets.columns),
            times=dataset.times,
            keys=dataset.keys,
            history=steps.history,
            source=dataset.source,
            starts=None if unfolded is None else unfolded.starts,
            text=next((place for place, (column, _) in enumerate(embedded) if column.kind == "text"), None),
            labelled_steps=self.targets.per_step and isinstance(self.targets, ClassTargets | NextTargets),
            target_offsets=target_offsets,
            words=self._words(dataset),
            characters=None if unfolded is None else unfolded.characters,
            frames=None if framed is None else framed.starts,
            texts=texts,
            marks=marks_of(dataset),
            ending=dataset.schema.ending,
        )
        return self._completed(prepared, dataset)

    def _completed(self, prepared: PreparedDataset, dataset: SequenceDataset) -> PreparedDataset:
        """The same with what the targets add to it."""
        if isinstance(self.targets, EventTargets):
            return self.targets.attach(prepared, dataset)
        return replace(prepared, watched=self._per_step is not None and self._per_step.watched)

    def scale_targets(self, values: Array, keys: Array) -> NDArray[np.float64]:
        """Target values in the units of the data, to scaled units.

        Args:
            values: [B, ..., C].
            keys: which sequence each belongs to, [B]; keys without statistics of their own use those of all.

        Raises:
            SchemaError: the targets are classes.
        """
        return self._values.scale(values, keys)

    def invert_targets(self, values: Array, keys: Array) -> NDArray[np.float64]:
        """Scaled target values, in the units of the data: the inverse of `scale_targets`.

        Args:
            values: [B, ..., C].
            keys: which sequence each belongs to, [B].

        Raises:
            SchemaError: the targets are classes.
        """
        return self._values.invert(values, keys)

    def settings(self) -> dict[str, Any]:
        """Everything but the arrays, as JSON: with `arrays` it restores the same pipeline."""
        plan = draw(
            self.prepare, self.sounds, self.texts, self.steps, self.periods, self.statics, self.targets, self.words
        )
        return plan.model_dump(mode="json")

    def arrays(self) -> dict[str, NDArray[np.float64]]:
        """The fitted statistics, float64."""
        families = {"steps": self.steps.numbers, "statics": self.statics.numbers}
        if isinstance(self.targets, ValueTargets):
            families["targets"] = self.targets.numbers
        return {
            f"{family}.{statistic}": getattr(numbers.scaling, statistic)
            for family, numbers in families.items()
            for statistic in STATISTICS
        }

    @classmethod
    def restore(cls, settings: Mapping[str, Any], arrays: Mapping[str, Array]) -> "Pipeline":
        """The pipeline that gave these settings and arrays.

        Raises:
            ArtifactError: they do not belong together or did not come from a pipeline.
        """
        plan = read_blueprint(settings)
        texts = restore_texts(plan)
        steps = restore_features(plan, "steps", arrays, texts)
        return cls(
            plan.prepare,
            restore_sounds(plan),
            texts,
            steps,
            plan.calendar,
            restore_features(plan, "statics", arrays, texts),
            restore_events(plan, steps) if plan.task == "events" else restore_targets(plan, arrays),
            plan.words,
        )

    def _words(self, dataset: SequenceDataset) -> Words | None:
        """The words of the first column that is read by its letters."""
        if not self.words:
            return None
        vocabulary, labels = set(self.steps.categories.vocabularies[self.words[0]]), dataset.categories[self.words[0]]
        known = np.array([label in vocabulary for label in labels], dtype=np.bool_)
        names, wide = [column.name for column, _ in self.steps.embedded], telling(self.words)
        places = tuple(place for place, name in enumerate(names) if name in wide)
        return Words(dataset.steps[self.words[0]], labels, known, places)

    @property
    def _values(self) -> ValueTargets:
        if isinstance(self.targets, ValueTargets):
            return self.targets
        came = KINDS[type(self.targets)]
        where = f"target '{self.targets.columns[0].name}'"
        raise SchemaError(where, expected="values", came=came, fix=f"use the {came} as they are")

    @property
    def _per_step(self) -> ValueTargets | None:
        return self.targets if isinstance(self.targets, ValueTargets) and self.targets.per_step else None

    @property
    def _number_names(self) -> list[tuple[str, bool]]:
        """Name of each column of the step numbers, and whether it is known ahead."""
        if isinstance(self.targets, FrameTargets):
            return [*((column.name, False) for column in self.targets.columns), (START, False)]
        times = [(name, True) for name in calendar.names(self.periods)]
        indicators = self._per_step.numbers.indicators if self._per_step else ()
        return [*self.steps.number_names, *times, *((f"{name}:missing", False) for name in indicators)]

    def _all_targets(self, dataset: SequenceDataset, steps: StepMatrices) -> tuple[Array, NDArray[np.int64] | None]:
        """Values, classes or next tokens; or symbols, and where each sequence's begin; those of events come later."""
        match self.targets:
            case ClassTargets() | LabelTargets():
                return self.targets.numbers(dataset), None
            case SymbolTargets():
                return self.targets.numbers(dataset)
            case EventTargets():
                return np.empty((len(dataset), 0), dtype=np.float32), None
            case NextTargets():
                return self.targets.numbers(steps.codes[:, 0], dataset.offsets), None
            case FrameTargets():
                return self.targets.frames(dataset), None
            case ValueTargets():
                return (static_targets(dataset, self.targets) if steps.targets is None else steps.targets), None

    def _refuse_other(self, dataset: SequenceDataset) -> None:
        """Stop at a column that is missing or of another kind than in training."""
        targets = self.targets.columns
        steps = (*self.steps.columns, *(targets if self.targets.per_step else ()))
        statics = (*self.statics.columns, *(() if self.targets.per_step else targets))
        for place, column in enumerate((*steps, *statics)):
            per_step = place < len(steps)
            there = column.name in (dataset.steps if per_step else dataset.statics)
            kind = dataset.schema.column(column.name).kind if there else None
            if kind != column.kind:
                raise SchemaError(
                    f"{dataset.source}, column '{column.name}'",
                    expected=f"a column of kind {column.kind} per {'step' if per_step else 'sequence'}",
                    came=f"one of kind {kind}" if there else "none",
                    fix="give the columns the model was fitted with",
                )
        if self.periods and (dataset.times is None or dataset.times.dtype.kind != "M"):
            raise SchemaError(
                f"{dataset.source}, time", expected="time stamps", came="none", fix="name the time column"
            )


def _fit_targets(
    dataset: SequenceDataset,
    spans: NDArray[np.int64],
    steps: Features,
    settings: PrepareSettings,
    *,
    task: Task,
    history: bool,
) -> Targets:
    """What is to be predicted, learned from the training rows `spans` [S, 2], or from the sequences that have such."""
    trained = spans[:, 1] > spans[:, 0]
    row = np.arange(len(dataset))
    rows = spans if dataset.schema.per_step_target else np.stack([row, row + trained], axis=1)
    match task:
        case "classes" | "labels":
            return _fit_labels(dataset, rows, np.flatnonzero(trained), settings, several=task == "labels")
        case "symbols":
            return SymbolTargets.fit(dataset, np.flatnonzero(trained), settings)
        case "next":
            return NextTargets.fit(dataset)
        case "frames":
            return FrameTargets.fit(dataset, spans, settings)
        case "events":
            return EventTargets.fit(dataset, spans, steps, settings.attributes)
        case "values" | "watched":
            return ValueTargets.fit(dataset, rows, settings, history=history, watched=task == "watched")


def _fit_labels(
    dataset: SequenceDataset,
    rows: NDArray[np.int64],
    sequences: NDArray[np.int64],
    settings: PrepareSettings,
    *,
    several: bool,
) -> ClassTargets | LabelTargets:
    """Classes, learned from `rows`, or labels, several of a sequence, learned from `sequences`."""
    complete = settings.missing == "reject" and not dataset.schema.per_step_target
    if several:
        return LabelTargets.fit(dataset, sequences, settings.label_separator, complete=complete)
    return ClassTargets.fit(dataset, rows, complete=complete)


def _columns(dataset: SequenceDataset, *roles: Role) -> tuple[Column, ...]:
    return tuple(column for column in dataset.schema.columns if column.role in roles)


def _periods(dataset: SequenceDataset, spans: NDArray[np.int64], settings: PrepareSettings) -> tuple[str, ...]:
    clock = dataset.times is not None and dataset.times.dtype.kind == "M"
    if settings.calendar and not clock:
        raise SchemaError(
            f"{dataset.source}, calendar",
            expected="a column of time stamps",
            came="none",
            fix="name the time column or leave the calendar out",
        )
    if dataset.times is None or settings.calendar is False:
        return ()
    return calendar.choose(dataset.times, spans)
