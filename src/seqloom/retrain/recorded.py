"""Recorded readings, put together again to the sequences they are of."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import orjson

from seqloom.artifact import Bundle
from seqloom.errors import DataError, InputError
from seqloom.live import Form, Reading, Stepper
from seqloom.live.arrival import Arrivals, Reception
from seqloom.live.lines import reading_of
from seqloom.live.table import table
from seqloom.sequence import Array, SequenceDataset
from seqloom.store import Record

Truth = Mapping[str, Any]
Key = tuple[str, int, int]
"""Stream, epoch, number of the reading."""


@dataclass(frozen=True)
class Piece:
    """Readings of a stream that follow each other without a gap: one sequence of the data set.

    Args:
        stream: its name.
        epoch: of the stream.
        first: number of the first of them.
        truths: what came true of each, by target; empty: not known.
    """

    stream: str
    epoch: int
    first: int
    truths: Sequence[Truth]

    def keys(self) -> list[Key]:
        """Which reading each step is."""
        return [(self.stream, self.epoch, self.first + step) for step in range(len(self.truths))]


@dataclass(frozen=True)
class Recorded:
    """What a store knows, as data to learn from.

    Args:
        dataset: one sequence for each piece, with the targets that came true.
        pieces: where each comes from.
        left_out: readings that are in none: without a target that came true, or of no use to the model.
    """

    dataset: SequenceDataset
    pieces: tuple[Piece, ...]
    left_out: int


def recorded(records: Iterable[Record], bundle: Bundle) -> Recorded:
    """Put recorded readings together to sequences, as `read` would have found them in a file.

    Args:
        records: of any streams; those of one in any order.
        bundle: the model whose columns they have.

    Raises:
        DataError: no reading can be learned from.
        SettingsError: the model does not answer reading by reading.
    """
    stepper = Stepper(bundle)
    form, ordered = stepper.form, sorted(records, key=lambda one: (one.stream, one.epoch, one.seq))
    found: list[tuple[Arrivals, Piece]] = []
    place, longest = 0, _longest(bundle)
    while place < len(ordered):
        run = _run(ordered, place, longest)
        arrived, used = _arrived(stepper, run, f"{run[0].stream} ({len(found)})" if _seen(found, run[0]) else None)
        if arrived is not None:
            truths = [truth_of(record, form.schema.targets) for record in run[:used]]
            piece = Piece(run[0].stream, run[0].epoch, run[0].seq, truths)
            if not form.unasked or any(truths):
                found.append((arrived, piece))
        place += max(used, 1)
    if not found:
        fix = "record predictions, and tell what came true" if form.unasked else "record predictions with --records"
        raise DataError("store", expected="recorded readings to learn from", came="none", fix=fix)
    dataset = table(form, Arrivals.joined([arrived for arrived, _ in found]))
    pieces = tuple(piece for _, piece in found)
    dataset = replace(_with_truths(dataset, form, pieces), source="the store")
    return Recorded(dataset, pieces, len(ordered) - dataset.total_steps)


def key_of(record: Record) -> Key:
    """Which reading a record is of."""
    return record.stream, record.epoch, record.seq


def truth_of(record: Record, targets: Sequence[str]) -> Truth:
    """What came true of a record, by target: an object, or the value itself where there is one target."""
    if record.truth is None:
        return {}
    try:
        told = orjson.loads(record.truth)
    except orjson.JSONDecodeError:
        return {}
    named = told if isinstance(told, dict) else {targets[0]: told} if len(targets) == 1 else {}
    return {name: named[name] for name in targets if named.get(name) is not None}


def _seen(found: Sequence[tuple[Arrivals, Piece]], record: Record) -> bool:
    """Whether there is a sequence of this stream already; pieces are in the order of their streams."""
    return bool(found) and found[-1][1].stream == record.stream


def _longest(bundle: Bundle) -> int:
    """Steps of a sequence: streams go on, and are cut where whole sequences are dealt out to the parts.

    A sequence that is answered as a whole stays whole, and so does one that is itself cut in time.
    """
    match bundle.profile.get("lengths"):
        case [*_, int(most)] if bundle.schema.per_step_target and not bundle.model.by_steps:
            return most
    return sys.maxsize


def _run(ordered: Sequence[Record], place: int, longest: int) -> Sequence[Record]:
    """The records from a place on that follow each other, no more than a sequence has steps."""
    first, stop = ordered[place], place
    while stop < min(len(ordered), place + longest) and key_of(ordered[stop]) == (
        first.stream,
        first.epoch,
        first.seq + stop - place,
    ):
        stop += 1
    return ordered[place:stop]


def _arrived(stepper: Stepper, run: Sequence[Record], name: str | None) -> tuple[Arrivals | None, int]:
    """The readings of a run as far as the model can use them, and how many these are; one it cannot is passed over."""
    readings: list[Reading] = []
    for record in run:
        try:
            named = orjson.loads(record.inputs)
            readings.append(reading_of(named if isinstance(named, dict) else {}, "record")._replace(ahead=()))
        except (InputError, orjson.JSONDecodeError):
            break
    reception = Reception(stepper.form, ahead=0, whole=False)
    if not readings:
        return None, 0
    arrived = reception.usable([name or run[0].stream], [stepper.begin()], [readings]).arrivals
    return arrived, 0 if arrived is None else len(arrived.steps)


def _with_truths(dataset: SequenceDataset, form: Form, pieces: Sequence[Piece]) -> SequenceDataset:
    """The data set with the targets that nobody had when the readings came."""
    steps, statics, categories = dict(dataset.steps), dict(dataset.statics), dict(dataset.categories)
    for name in form.unasked:
        if form.schema.per_step_target:
            told = [truth.get(name) for piece in pieces for truth in piece.truths]
        else:  # of a whole sequence what was told last
            told = [next((truth[name] for truth in reversed(piece.truths) if name in truth), None) for piece in pieces]
        where = steps if form.schema.per_step_target else statics
        if form.schema.column(name).coded:
            where[name], categories[name] = _coded(told)
        else:
            where[name] = np.array([_number(value) for value in told])
    return replace(dataset, steps=steps, statics=statics, categories=categories)


def _coded(told: Sequence[object]) -> tuple[Array, tuple[str, ...]]:
    """Codes of labels, -1 where none was told, and the labels."""
    labels = sorted({_label(value) for value in told if value is not None})
    places = {label: place for place, label in enumerate(labels)}
    return np.array([-1 if value is None else places[_label(value)] for value in told], np.int32), tuple(labels)


def _label(value: object) -> str:
    return str(value)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else np.nan
