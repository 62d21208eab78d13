"""Streams as a data set: what is kept of each, its new reading, and what is known ahead of it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.live.arrival import Arrived
from seqloom.live.form import Form
from seqloom.live.reading import UNSEEN, Statics, Step
from seqloom.prepare import extend
from seqloom.sequence import Array, SequenceDataset

STRANGE = "\N{REPLACEMENT CHARACTER}"
"""The label of what training did not have."""


def table(form: Form, arrived: Sequence[Arrived]) -> SequenceDataset:
    """One sequence for each stream, in order: the rows that `read` would have found in a file of its readings."""
    offsets = np.concatenate([[0], np.cumsum([one.rows for one in arrived])]).astype(np.int64)
    numbers = _rows(
        [one.memory.kept.numbers for one in arrived], [[step.numbers for step in _new(one)] for one in arrived]
    )
    codes = _rows([one.memory.kept.codes for one in arrived], [[step.codes for step in _new(one)] for one in arrived])
    steps: dict[str, Array] = {name: numbers[:, place] for place, name in enumerate(form.numbers)}
    statics: dict[str, Array] = {}
    categories: dict[str, tuple[str, ...]] = {}
    for place, name in enumerate(form.listed):
        steps[name], categories[name] = _labelled(codes[:, place], form.labels[name])
    for place, name in enumerate(form.spelt):
        steps[name], categories[name] = _spelt(
            [row[place] for one in arrived for row in (*one.memory.kept.words, *(step.words for step in _new(one)))]
        )
    _add_statics(form, arrived, statics, categories)
    for name in form.unasked:
        column = form.schema.column(name)
        where, count = (steps, len(numbers)) if form.schema.per_step_target else (statics, len(arrived))
        where[name] = np.full(count, -1, np.int32) if column.coded else np.full(count, np.nan)
        if column.coded:
            categories[name] = ()
    return SequenceDataset(
        schema=form.schema,
        offsets=offsets,
        steps=steps,
        statics=statics,
        keys=np.array([one.name for one in arrived], dtype=object),
        categories=categories,
        times=_times(form, arrived),
        source="stream" if len(arrived) > 1 else f"stream '{arrived[0].name}'",
        rows=np.concatenate([one.memory.readings - len(one.memory.kept) + np.arange(one.rows) for one in arrived]),
    )


def _new(one: Arrived) -> tuple[Step, ...]:
    return (*one.steps, *one.ahead)


def _rows(kept: Sequence[Array], new: Sequence[Sequence[Sequence[float]]]) -> Array:
    """The kept rows of each stream, and after them its new ones."""
    every = [row for rows in new for row in rows]
    fresh = np.array(every, kept[0].dtype).reshape(len(every), kept[0].shape[1])
    if not any(map(len, kept)):
        return fresh
    pieces = np.split(fresh, np.cumsum([len(rows) for rows in new])[:-1])
    return np.concatenate([part for pair in zip(kept, pieces, strict=True) for part in pair])


def _labelled(codes: Array, labels: tuple[str, ...]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Codes of a data set whose last label stands for those that training did not have."""
    return np.where(codes == UNSEEN, len(labels), codes).astype(np.int32), (*labels, STRANGE)


def _spelt(words: list[str | None]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Codes of words, -1 where one is missing, and the different words."""
    places: dict[str, int] = {}
    codes = [-1 if word is None else places.setdefault(word, len(places)) for word in words]
    return np.array(codes, dtype=np.int32), tuple(places)


def _add_statics(
    form: Form, arrived: Sequence[Arrived], statics: dict[str, Array], categories: dict[str, tuple[str, ...]]
) -> None:
    """The columns with one value per stream; missing ones where nobody said."""
    unsaid = Statics(np.full(len(form.static_numbers), np.nan), np.full(len(form.static_listed), -1, np.int32))
    said = [one.statics or unsaid for one in arrived]
    for place, name in enumerate(form.static_numbers):
        statics[name] = np.array([own.numbers[place] for own in said])
    for place, name in enumerate(form.static_listed):
        codes = np.array([own.codes[place] for own in said], dtype=np.int32)
        statics[name], categories[name] = _labelled(codes, form.labels[name])


def _times(form: Form, arrived: Sequence[Arrived]) -> Array | None:
    """Times of all rows; those ahead go on as the clock does."""
    if form.clock == "none":
        return None
    kind = np.dtype("datetime64[us]") if form.clock == "stamps" else form.time_type
    if all(one.rows == len(one.steps) for one in arrived):
        return np.array([step.time for one in arrived for step in one.steps], form.time_type).view(kind)
    found: list[Array] = []
    for one in arrived:
        now, before = np.array([step.time for step in one.steps], form.time_type), one.memory.kept.times
        past = (now if before is None else np.append(before, now)).view(kind)
        found.extend((past, _going_on(past, len(one.ahead))))
    return np.concatenate(found)


def _going_on(stamps: Array, count: int) -> Array:
    """The stamps that follow; after a single one, where no interval is known and nothing is told yet, the same."""
    if count == 0:
        return stamps[:0]
    return extend(stamps, count) if len(stamps) > 1 else np.repeat(stamps, count)
