"""Streams as a data set: what is kept of each, its new reading, and what is known ahead of it."""

import numpy as np
from numpy.typing import NDArray

from seqloom.live.arrival import Arrivals
from seqloom.live.columns import Statics
from seqloom.live.form import UNSEEN, Form
from seqloom.live.steps import Steps
from seqloom.prepare import extend
from seqloom.sequence import Array, SequenceDataset

STRANGE = "\N{REPLACEMENT CHARACTER}"
"""The label of what training did not have."""


def table(form: Form, arrivals: Arrivals) -> SequenceDataset:
    """One sequence for each stream, in order: the rows that `read` would have found in a file of its readings."""
    rows = arrivals.rows
    offsets = np.concatenate([[0], np.cumsum(rows)]).astype(np.int64)
    every = _every(arrivals)
    steps: dict[str, Array] = {name: every.numbers[:, place] for place, name in enumerate(form.numbers)}
    statics: dict[str, Array] = {}
    categories: dict[str, tuple[str, ...]] = {}
    for place, name in enumerate(form.listed):
        steps[name], categories[name] = _labelled(every.codes[:, place], form.labels[name])
    for place, name in enumerate(form.spelt):
        steps[name], categories[name] = _spelt([words[place] for words in every.words])
    _add_statics(form, arrivals, statics, categories)
    for name in form.unasked:
        column = form.schema.column(name)
        where, count = (steps, len(every)) if form.schema.per_step_target else (statics, len(arrivals))
        where[name] = np.full(count, -1, np.int32) if column.coded else np.full(count, np.nan)
        if column.coded:
            categories[name] = ()
    first = np.array([memory.readings for memory in arrivals.memories]) - arrivals.kept
    return SequenceDataset(
        schema=form.schema,
        offsets=offsets,
        steps=steps,
        statics=statics,
        keys=np.array(arrivals.names, dtype=object),
        categories=categories,
        times=_times(form, arrivals),
        source="stream" if len(arrivals) > 1 else f"stream '{arrivals.names[0]}'",
        rows=np.repeat(first - offsets[:-1], rows) + np.arange(offsets[-1]),
    )


def _every(arrivals: Arrivals) -> Steps:
    """Of each stream the kept steps, after them its new ones, and those ahead."""
    if arrivals.rows.sum() == len(arrivals.steps):
        return arrivals.steps
    streams = zip(arrivals.memories, arrivals.own(), arrivals.ahead, strict=True)
    return Steps.joined([part for memory, new, ahead in streams for part in (memory.kept, new, ahead)])


def _labelled(codes: Array, labels: tuple[str, ...]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Codes of a data set whose last label stands for those that training did not have."""
    return np.where(codes == UNSEEN, len(labels), codes).astype(np.int32), (*labels, STRANGE)


def _spelt(words: list[str | None]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Codes of words, -1 where one is missing, and the different words."""
    places: dict[str, int] = {}
    codes = [-1 if word is None else places.setdefault(word, len(places)) for word in words]
    return np.array(codes, dtype=np.int32), tuple(places)


def _add_statics(
    form: Form, arrivals: Arrivals, statics: dict[str, Array], categories: dict[str, tuple[str, ...]]
) -> None:
    """The columns with one value per stream; missing ones where nobody said."""
    unsaid = Statics(np.full(len(form.static_numbers), np.nan), np.full(len(form.static_listed), -1, np.int32))
    said = [own or unsaid for own in arrivals.statics]
    for place, name in enumerate(form.static_numbers):
        statics[name] = np.array([own.numbers[place] for own in said])
    for place, name in enumerate(form.static_listed):
        codes = np.array([own.codes[place] for own in said], dtype=np.int32)
        statics[name], categories[name] = _labelled(codes, form.labels[name])


def _times(form: Form, arrivals: Arrivals) -> Array | None:
    """Times of all rows; those ahead go on as the clock does."""
    new = arrivals.steps.times
    if new is None:
        return None
    kind = np.dtype("datetime64[us]") if form.clock == "stamps" else form.time_type
    if arrivals.rows.sum() == len(new):
        return new.view(kind)
    found: list[Array] = []
    for memory, own, ahead in zip(arrivals.memories, arrivals.own(), arrivals.ahead, strict=True):
        past = Steps.joined([memory.kept, own]).times if len(memory.kept) else own.times
        if past is not None:
            found.extend((past.view(kind), _going_on(past.view(kind), len(ahead))))
    return np.concatenate(found)


def _going_on(stamps: Array, count: int) -> Array:
    """The stamps that follow; after a single one, where no interval is known and nothing is told yet, the same."""
    if count == 0:
        return stamps[:0]
    return extend(stamps, count) if len(stamps) > 1 else np.repeat(stamps, count)
