"""Where the model errs on this data, what its errors still say, and whether the data drifted."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives import Alternatives
from seqloom.evaluate import LOG_LOSS, one_step_residuals, worst
from seqloom.explain.diagnostics import Diagnostics, diagnose
from seqloom.explain.drift import Drift, drift, drift_figure, drift_sentence, drift_table
from seqloom.explain.grouped_errors import RARE, GroupedErrors, group_errors, groups_figure, groups_table
from seqloom.explain.question import Floats
from seqloom.explain.subject import Subject, columns_of
from seqloom.model import predict
from seqloom.monitor import Facts
from seqloom.prepare import Examples, joint
from seqloom.report import Cell, FigureData, Section, Table, cut, records_table, series_figure
from seqloom.sequence import ForecastPrediction, Prediction, ValuePrediction
from seqloom.tasks import TASKS, Answered

TARGETS = 2
"""Targets whose residuals are put to the test."""
WORST = 6
"""Worst cases that are drawn."""


@dataclass(frozen=True)
class Errors:
    """Errors on this data.

    Args:
        answered: what was asked and answered.
        kind: what an error is; empty: the truth is not known.
        errors: of each example or step, NaN where not known.
        surprise: how unexpected the truth was, by which worst cases are chosen; else the errors.
        grouped: by group, length, hour, position and class.
        diagnostics: of residuals, one for each target that is a number.
        drifts: of the columns, beside those of the training part.
    """

    answered: Answered  # type: ignore[type-arg]  # of any task
    kind: str
    errors: Floats
    surprise: Floats
    grouped: tuple[GroupedErrors, ...]
    diagnostics: tuple[Diagnostics, ...]
    drifts: tuple[Drift, ...]


def find_errors(subject: Subject) -> Errors:
    """Answer all examples, compare with the truth, and the columns with those of training."""
    model, pipeline, examples = subject.model, subject.pipeline, subject.examples
    season = subject.bundle.profile.get("season", 1)
    season = season if isinstance(season, int) else 1
    task = TASKS[model.task]
    prediction = predict(model, pipeline, examples)
    alternatives = task.untrained(season) if task.seasonal else Alternatives((), {}, season)
    answered = Answered(model, pipeline, examples, prediction, alternatives)
    drifts = drift_of(subject)
    if not subject.known:
        return Errors(answered, "", np.zeros(0), np.zeros(0), (), (), drifts)
    measured = task.trial(answered).model().errors
    kind, errors = next(iter(measured.items()))
    place = _located(joint(examples), len(errors))
    grouped = () if place is None else group_errors(errors, _factors(subject, joint(examples), *place), kind)
    surprise = measured.get(LOG_LOSS, errors)
    return Errors(answered, kind, errors, surprise, grouped, _diagnostics(answered, prediction, season), drifts)


def drift_of(subject: Subject) -> tuple[Drift, ...]:
    """How far columns are from what they were in training; nothing for an artifact that keeps no profile."""
    known = {one.name: one for one in Facts.of(subject.bundle).inputs if one.reference is not None}
    columns = columns_of(subject.dataset, {name: one.labels for name, one in known.items()})
    return drift(columns, {name: one.reference for name, one in known.items() if one.reference is not None})


def error_sections(subject: Subject, found: Errors) -> tuple[Section, ...]:
    """Errors by group, the worst cases, residuals, drift, then what the task's own report shows."""
    sections: list[Section] = []
    if not found.kind:
        sections.append(
            Section(title="Where errors are", text=("The data does not hold the truth: errors are not known.",))
        )
    else:
        sections.append(_where(subject, found))
        sections += _residuals(found)
    sections.append(_drift(found))
    if found.kind:
        sections += TASKS[subject.model.task].sections(found.answered)
    return tuple(sections)


def _where(subject: Subject, found: Errors) -> Section:
    known = found.errors[np.isfinite(found.errors)]
    text = [
        f"{len(known):,} errors, {found.kind}: {known.mean():.4g} on average." if len(known) else "No truth is known."
    ]
    text += [one.sentence for one in found.grouped]
    figures = (groups_figure(found.grouped),) if found.grouped else ()
    tables = (groups_table(found.grouped),) if found.grouped else ()
    worst_cases = _worst(subject, found)
    if worst_cases is not None:
        table, drawn = worst_cases
        tables, figures = (*tables, table), (*figures, *((drawn,) if drawn is not None else ()))
    return Section(title="Where errors are", text=tuple(text), tables=tables, figures=figures)


def _worst(subject: Subject, found: Errors) -> tuple[Table, FigureData | None] | None:
    """The examples with the largest errors, listed and drawn as the network reads them."""
    examples = joint(subject.examples)
    place = _located(examples, len(found.surprise))
    if place is None:
        return None
    example, _ = place
    sums = np.bincount(example, np.nan_to_num(found.surprise), minlength=len(examples))
    counts = np.bincount(example, np.isfinite(found.surprise), minlength=len(examples))
    each = np.divide(sums, counts, out=np.full(len(examples), np.nan), where=counts > 0)
    apart = max(1, examples.horizon) if examples.horizon else 1
    rows = worst(each, WORST, apart=apart).tolist()
    if not rows:
        return None
    kind = found.kind if found.surprise is found.errors else LOG_LOSS
    records: list[dict[str, Cell]] = []
    for row in rows:
        tokens = subject.tokens(examples, row)
        record: dict[str, Cell] = {"sequence": str(examples.keys()[row]), "steps": int(examples.lengths[row])}
        if examples.horizon:
            record["first step ahead"] = str(examples.times()[row, 0])
        record[kind] = float(each[row])
        if tokens is not None:
            record["text"] = cut(" ".join(tokens) if len(max(tokens, key=len)) > 1 else "".join(tokens), 200)
        records.append(record)
    table = records_table("The worst cases", records)
    if subject.tokens(examples, rows[0]) is not None:
        return table, None
    names, series = _seen(examples)
    if not names:
        return table, None
    caption = (
        "What the network read, scaled as it reads it. Look for what these have in common, and for broken sensors."
    )
    drawn = [(f"{examples.keys()[row]} · {kind} {each[row]:.3g}", series(row)) for row in rows]
    return table, series_figure("worst-cases", "The worst cases", caption, drawn, names)


def _seen(examples: Examples) -> tuple[tuple[str, ...], Callable[[int], Floats]]:
    """What is read of an example at each step of the data: the target's own past, then the numbers."""
    prepared = examples.prepared
    past = prepared.target_names if examples.reads_targets else ()

    def series(row: int) -> Floats:
        rows = slice(int(examples.start[row]), int(examples.stop[row]))
        own = prepared.numbers[rows].astype(np.float64)
        if not examples.reads_targets:
            return own
        history = prepared.targets if prepared.history is None else prepared.history
        return np.concatenate([np.asarray(history[rows], dtype=np.float64), own], axis=1)

    return (*past, *prepared.number_names), series


def _residuals(found: Errors) -> list[Section]:
    if not found.diagnostics:
        return []
    text = tuple(sentence for one in found.diagnostics for sentence in one.sentences)
    figures = tuple(
        figure.model_copy(update={"title": f"{figure.title}: {one.name}", "name": f"{figure.name}-{one.name}"})
        for one in found.diagnostics
        for figure in one.figures()
    )
    return [Section(title="What errors still say", text=text, figures=figures)]


def _drift(found: Errors) -> Section:
    if not found.drifts:
        note = "The artifact keeps no profile of these columns, or there is too little data to compare with it."
        return Section(title="Drift", text=(note,))
    return Section(
        title="Drift",
        text=(drift_sentence(found.drifts),),
        tables=(drift_table(found.drifts),),
        figures=(drift_figure(found.drifts),),
    )


def _diagnostics(answered: Answered, prediction: Prediction, season: int) -> tuple[Diagnostics, ...]:  # type: ignore[type-arg]  # of any task
    """The residuals of numbers, in order of time."""
    examples = joint(answered.examples)
    if isinstance(prediction, ForecastPrediction):
        truth = answered.pipeline.invert_targets(examples.truth().astype(np.float64), examples.keys())
        return tuple(
            diagnose(one_step_residuals(prediction.values, truth, prediction.keys, place), name, season=season)
            for place, name in enumerate(prediction.targets[:TARGETS])
        )
    if isinstance(prediction, ValuePrediction):
        targets = examples.prepared.targets
        rows = _rows(examples) if prediction.steps is not None else examples.sequence
        truth = answered.pipeline.invert_targets(targets[rows].astype(np.float64), prediction.keys)
        residuals = truth - prediction.values
        ordered = prediction.steps is not None
        return tuple(
            diagnose(residuals[:, place], name, season=season, ordered=ordered)
            for place, name in enumerate(prediction.targets[:TARGETS])
        )
    return ()


def _rows(examples: Examples) -> NDArray[np.int64]:
    """The rows of all examples, one after the other."""
    return np.concatenate([np.arange(a, b) for a, b in zip(examples.start, examples.stop, strict=True)])


def _located(examples: Examples, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Which example each error belongs to, and which step of it; None: it cannot be told."""
    lengths = (examples.stop - examples.start).astype(np.int64)
    if count == len(examples):
        return np.arange(count), lengths - 1
    if count == int(lengths.sum()):
        return np.repeat(np.arange(len(examples)), lengths), _rows(examples) - np.repeat(examples.start, lengths)
    return None


def _factors(
    subject: Subject, examples: Examples, example: NDArray[np.int64], step: NDArray[np.int64]
) -> dict[str, NDArray[np.str_] | Floats]:
    """Properties that errors may depend on, of each error."""
    factors = dict[str, NDArray[np.str_] | Floats]()
    keys = examples.keys()[example].astype(np.str_)
    if 1 < len(np.unique(keys)) <= len(keys) / 5:
        factors["sequence"] = keys
    factors["length"] = examples.lengths[example].astype(np.float64)
    per_step = len(np.unique(example)) < len(example)
    if per_step:
        factors["position"] = step.astype(np.float64)
    factors |= _times(examples, example, step)
    factors |= _classes(subject, examples, example, step)
    for name, labels in _statics(subject, examples, example).items():
        factors[name] = labels
    return factors


def _times(examples: Examples, example: NDArray[np.int64], step: NDArray[np.int64]) -> dict[str, NDArray[np.str_]]:
    """Hour and weekday of the first step ahead, or of the last one read."""
    times = examples.prepared.times
    if times is None or times.dtype.kind != "M":
        return {}
    rows = examples.start[example] + step + (1 if examples.horizon else 0)
    own = times[np.minimum(rows, len(times) - 1)].astype("datetime64[s]")
    seconds = own.astype(np.int64)
    hours, days = (seconds // 3600) % 24, (seconds // 86_400 + 3) % 7
    found = {}
    if len(np.unique(hours)) > 1:
        found["hour"] = np.array([f"{3 * (hour // 3):02d}:00" for hour in hours.tolist()], dtype=np.str_)
    if len(np.unique(days)) > 1:
        names = ("1 Mon", "2 Tue", "3 Wed", "4 Thu", "5 Fri", "6 Sat", "7 Sun")
        found["weekday"] = np.array([names[day] for day in days.tolist()], dtype=np.str_)
    return found


def _classes(
    subject: Subject, examples: Examples, example: NDArray[np.int64], step: NDArray[np.int64]
) -> dict[str, NDArray[np.str_]]:
    """The true class, with a word where it is rare."""
    prepared, classes = examples.prepared, subject.pipeline.classes
    if (
        not classes
        or prepared.targets.ndim > 1
        or prepared.targets.dtype.kind != "i"
        or prepared.target_offsets is not None
    ):
        return {}
    rows = examples.start[example] + step if prepared.per_step_target else examples.sequence[example]
    numbers = prepared.targets[rows]
    share = np.bincount(np.maximum(numbers, 0), minlength=len(classes)) / max(1, len(numbers))
    names = [
        f"{name} (rare)" if 0 < share[place] < RARE and len(classes) < 1 / RARE else str(name)
        for place, name in enumerate(classes)
    ]
    return {"true class": np.array([*names, "not known"], dtype=np.str_)[np.where(numbers < 0, len(classes), numbers)]}


def _statics(subject: Subject, examples: Examples, example: NDArray[np.int64]) -> dict[str, NDArray[np.str_]]:
    """The labels of columns that have one for each sequence, but for the targets."""
    dataset, found = subject.dataset, dict[str, NDArray[np.str_]]()
    if len(dataset) != len(examples.prepared):
        return found
    for name, values in dataset.statics.items():
        if name in dataset.categories and name not in dataset.schema.targets:
            labels = np.array([*dataset.categories[name], "missing"], dtype=np.str_)
            found[name] = labels[values[examples.sequence[example]]]
    return found
