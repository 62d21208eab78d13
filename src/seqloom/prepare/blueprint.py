"""The part of a fitted pipeline that is words and switches: the arrays are kept beside it."""

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from seqloom.errors import ArtifactError
from seqloom.prepare.encode import CategoryColumns
from seqloom.prepare.event_targets import EventTargets
from seqloom.prepare.features import Features, feature_rules
from seqloom.prepare.frames import FrameTargets
from seqloom.prepare.gap_scale import GapScale
from seqloom.prepare.label_targets import LabelTargets
from seqloom.prepare.next_token import NextTargets
from seqloom.prepare.numbers import NumberColumns, NumberRules
from seqloom.prepare.running import blank_running, running_settings
from seqloom.prepare.scale import Scaling
from seqloom.prepare.settings import PrepareSettings
from seqloom.prepare.sounds import Sounds
from seqloom.prepare.spelling import open_columns
from seqloom.prepare.symbols import SymbolTargets, symbol_settings
from seqloom.prepare.target import ClassTargets, ValueTargets, target_rules
from seqloom.prepare.tokenize import restore
from seqloom.prepare.unfold import Texts
from seqloom.sequence import Array, Column

Task = Literal["values", "classes", "labels", "symbols", "events", "next", "frames", "watched"]
Targets = ValueTargets | ClassTargets | LabelTargets | SymbolTargets | EventTargets | NextTargets | FrameTargets
Family = Literal["steps", "statics", "targets"]
KINDS: dict[type[Targets], Task] = {
    ValueTargets: "values",
    ClassTargets: "classes",
    LabelTargets: "labels",
    SymbolTargets: "symbols",
    EventTargets: "events",
    NextTargets: "next",
    FrameTargets: "frames",
}

STATISTICS = ("center", "scale", "fill")
"""The arrays of a scaling, in the order of its constructor."""


class Blueprint(BaseModel):
    """What an artifact stores of a pipeline as JSON.

    Args:
        prepare: the user's choices.
        task: whether targets are values, classes, labels, symbols, events, the next tokens of a text, frames, or values
            that are watched.
        per_step_target: whether targets have a value or a class per step.
        history: whether the past of the targets is an input.
        steps: feature columns of the steps, numbers first.
        statics: feature columns of the sequences, numbers first.
        targets: target columns.
        groups: keys that have statistics of their own.
        indicators: for `steps`, `statics` and `targets`, the columns whose gaps have a column of their own.
        vocabularies: labels of each category column.
        sound: the column of samples; None: there is none.
        rate: its samples per second.
        tokenizer: of the text column, as it writes itself; None: there is no such column.
        calendar: calendar periods.
        classes: class labels, or the labels of which a sequence has any number.
        symbolizer: the tokenizer of targets that are texts, as it writes itself.
        words: columns that are read by their letters, too.
        gap: center and scale of the logarithm of gaps between events; None: there is no clock, or no events.
        threshold: value from which on an entry of a frame is on; None: the targets are no frames.
        bounds: lowest and highest value of targets that are numbers; None: any.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prepare: PrepareSettings
    task: Task
    per_step_target: bool
    history: bool
    steps: tuple[Column, ...]
    statics: tuple[Column, ...]
    targets: tuple[Column, ...]
    groups: tuple[str, ...]
    indicators: dict[Family, tuple[str, ...]]
    vocabularies: dict[str, tuple[str, ...]]
    sound: Column | None = None
    rate: int | None = None
    tokenizer: str | None = None
    calendar: tuple[str, ...]
    classes: tuple[str, ...]
    symbolizer: str | None = None
    words: tuple[str, ...] = ()
    gap: tuple[float, float] | None = None
    threshold: float | None = None
    bounds: tuple[float, float] | None = None


def draw(
    prepare: PrepareSettings,
    sounds: Sounds | None,
    texts: Texts | None,
    steps: Features,
    periods: tuple[str, ...],
    statics: Features,
    targets: Targets,
    words: tuple[str, ...] = (),
) -> Blueprint:
    """The blueprint of the parts of a pipeline."""
    values = targets if isinstance(targets, ValueTargets) else None
    gap = targets.gap if isinstance(targets, EventTargets) else None
    return Blueprint(
        prepare=prepare,
        task="watched" if values and values.watched else KINDS[type(targets)],
        per_step_target=targets.per_step,
        history=values.history if values else False,
        steps=steps.columns,
        statics=statics.columns,
        targets=targets.columns,
        groups=steps.numbers.scaling.groups,
        indicators={
            "steps": steps.numbers.indicators,
            "statics": statics.numbers.indicators,
            "targets": values.numbers.indicators if values else (),
        },
        vocabularies={
            name: labels
            for features in (steps, statics)
            for name, labels in features.categories.vocabularies.items()
            if texts is None or name != texts.column.name
        },
        sound=None if sounds is None else sounds.column,
        rate=None if sounds is None else sounds.rate,
        tokenizer=None if texts is None else texts.tokenizer.to_str(),
        calendar=periods,
        classes=targets.classes if isinstance(targets, ClassTargets | LabelTargets) else (),
        symbolizer=targets.tokenizer.to_str() if isinstance(targets, SymbolTargets) else None,
        words=words,
        gap=None if gap is None else (gap.center, gap.scale),
        threshold=targets.threshold if isinstance(targets, FrameTargets) else None,
        bounds=values.bounds if values else None,
    )


def read_blueprint(settings: Mapping[str, Any]) -> Blueprint:
    """The blueprint written as JSON.

    Raises:
        ArtifactError: it is none.
    """
    try:
        return Blueprint.model_validate(settings)
    except ValidationError as error:
        first = error.errors()[0]
        raise ArtifactError(
            f"pipeline, {'.'.join(str(part) for part in first['loc'])}",
            expected="settings written by a pipeline",
            came=first["msg"],
            fix="use an artifact that is not damaged",
        ) from error


def restore_sounds(plan: Blueprint) -> Sounds | None:
    """The column of sound and its front end, if there is one.

    Raises:
        ArtifactError: its frames are not the columns that were fitted.
    """
    if plan.sound is None or plan.rate is None:
        return None
    sounds = Sounds(plan.sound, plan.rate, plan.prepare)
    if sounds.columns != plan.steps or plan.rate < 1:
        raise _damaged("pipeline, sound", "the columns of its frames", f"{len(plan.steps)} others")
    _ = sounds.mel.filters
    return sounds


def restore_texts(plan: Blueprint) -> Texts | None:
    """The text column and its tokenizer, if there is one.

    Raises:
        ArtifactError: there is one without the other.
    """
    columns = [column for column in plan.steps if column.kind == "text"]
    if plan.tokenizer is None and not columns:
        return None
    if plan.tokenizer is None or len(columns) != 1:
        raise _damaged("pipeline, tokenizer", "one for one text column", f"{len(columns)} text columns")
    where = "pipeline, tokenizer"
    if plan.task == "next":
        settings = running_settings(plan.prepare)
        return Texts(columns[0], restore(plan.tokenizer, settings, where, blank_running), settings, running=True)
    return Texts(columns[0], restore(plan.tokenizer, plan.prepare, where), plan.prepare)


def restore_features(
    plan: Blueprint, family: Literal["steps", "statics"], arrays: Mapping[str, Array], texts: Texts | None
) -> Features:
    """The features of the steps or the static columns.

    Raises:
        ArtifactError: the arrays do not belong to the blueprint.
    """
    columns = plan.steps if family == "steps" else plan.statics
    numbers = tuple(column for column in columns if not column.coded)
    categories = tuple(column for column in columns if column.coded)
    by_group = family == "steps" and plan.prepare.scale_by == "group"
    number_rules, category_rules = feature_rules(plan.prepare, by_group=by_group, words=open_columns(plan.words))
    known = dict(plan.vocabularies) | ({texts.column.name: texts.vocabulary} if texts else {})
    absent = [column.name for column in categories if column.name not in known]
    if absent:
        raise _damaged("pipeline, vocabularies", f"labels of '{absent[0]}'", "none")
    vocabularies = {column.name: known[column.name] for column in categories}
    return Features(
        _restore_numbers(plan, family, numbers, number_rules, arrays),
        CategoryColumns(categories, category_rules, vocabularies),
    )


def restore_targets(plan: Blueprint, arrays: Mapping[str, Array]) -> Targets:
    """The targets.

    Raises:
        ArtifactError: the arrays do not belong to the blueprint.
    """
    if plan.task == "frames":
        if plan.threshold is None or not plan.targets:
            raise _damaged("pipeline, threshold", "one, and the columns of the frames", "none")
        return FrameTargets(plan.targets, plan.threshold)
    if plan.task == "labels":
        separator = plan.prepare.label_separator
        if not plan.classes or len(plan.targets) != (len(plan.classes) if separator is None else 1):
            raise _damaged("pipeline, targets", "the columns of the labels", str(len(plan.targets)))
        return LabelTargets(plan.targets, plan.classes, separator)
    watched = plan.task == "watched"
    if plan.task != "values" and not watched and len(plan.targets) != 1:
        raise _damaged("pipeline, targets", "one target", str(len(plan.targets)))
    if plan.task == "next":
        return NextTargets(plan.targets[0])
    if plan.task == "symbols":
        where = "pipeline, symbolizer"
        if plan.symbolizer is None:
            raise _damaged(where, "a tokenizer for a target of texts", "none")
        settings = symbol_settings(plan.prepare)
        return SymbolTargets(plan.targets[0], restore(plan.symbolizer, settings, where), settings)
    if plan.task == "classes":
        return ClassTargets(plan.targets[0], plan.classes, plan.per_step_target)
    rules = target_rules(plan.prepare, per_step=plan.per_step_target, history=plan.history, watched=watched)
    numbers = _restore_numbers(plan, "targets", plan.targets, rules, arrays)
    return ValueTargets(numbers, plan.per_step_target, plan.history, watched, _bounds(plan))


def _bounds(plan: Blueprint) -> tuple[float, float] | None:
    """The lowest and highest value of the targets, if they have such."""
    if plan.bounds is not None and not (np.isfinite(plan.bounds).all() and plan.bounds[0] < plan.bounds[1]):
        raise _damaged("pipeline, bounds", "a finite lower bound and a higher one", str(plan.bounds))
    return plan.bounds


def restore_events(plan: Blueprint, steps: Features) -> EventTargets:
    """What is predicted of events.

    Raises:
        ArtifactError: a column is not among the inputs, or the scale of the gaps cannot be used.
    """
    columns = {column.name: column for column in steps.columns}
    wanted = (*(column.name for column in plan.targets), *plan.prepare.attributes)
    absent = [name for name in wanted if name not in columns]
    if absent or len(plan.targets) != 1 or not plan.targets[0].coded:
        raise _damaged("pipeline, targets", "one column of types and attributes, all inputs", ", ".join(wanted))
    if plan.gap is not None and not (np.isfinite(plan.gap).all() and plan.gap[1] > 0):
        raise _damaged("pipeline, gap", "a finite center and a scale above 0", str(plan.gap))
    gap = None if plan.gap is None else GapScale(*plan.gap)
    attributes = tuple(columns[name] for name in plan.prepare.attributes)
    return EventTargets(plan.targets[0], attributes, steps, gap)


def _restore_numbers(
    plan: Blueprint, family: Family, columns: tuple[Column, ...], rules: NumberRules, arrays: Mapping[str, Array]
) -> NumberColumns:
    groups = plan.groups if rules.by_group else ()
    shape = (1 + len(groups), len(columns))
    found = []
    for statistic in STATISTICS:
        name = f"{family}.{statistic}"
        array = np.asarray(arrays.get(name, ()), dtype=np.float64)
        if array.shape != shape or not np.isfinite(array).all() or (statistic == "scale" and not (array > 0).all()):
            raise _damaged(f"pipeline, array '{name}'", f"usable statistics of shape {shape}", f"shape {array.shape}")
        found.append(array)
    return NumberColumns(columns, rules, Scaling(groups, *found), plan.indicators.get(family, ()))


def _damaged(where: str, expected: str, came: str) -> ArtifactError:
    return ArtifactError(where, expected=expected, came=came, fix="use an artifact that is not damaged")
