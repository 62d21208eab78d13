"""Recorded readings on their way into columns: of each stream only what is needed to go on is remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import orjson

from seqloom.errors import DataError, InputError
from seqloom.live import Form, Stepper
from seqloom.live.arrival import Arrivals, Reception
from seqloom.live.lines import reading_of
from seqloom.live.memory import Memory
from seqloom.live.steps import Steps
from seqloom.live.table import table
from seqloom.retrain.truth import Key, Truth, truth_of
from seqloom.sequence import Array, SequenceDataset, gathered, mark_of, numbered
from seqloom.store import Record

AT_ONCE = 8192
"""Readings that are put into columns at once."""


@dataclass
class _Piece:
    """Readings of a stream that follow each other; `before` and `steps` are those that are not in columns yet."""

    stream: str
    epoch: int
    first: int
    before: Memory
    memory: Memory
    steps: list[Steps] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def origin(self) -> Key:
        """Which reading is its first."""
        return self.stream, self.epoch, self.first

    @property
    def following(self) -> tuple[int, int]:
        """Epoch and number of the reading that would follow."""
        return self.epoch, self.first + self.memory.readings


class Gathering:
    """Records that become a data set.

    Args:
        stepper: of the model that learns from them.
        longest: steps of a sequence, at most.
    """

    def __init__(self, stepper: Stepper, longest: int) -> None:
        self.form, self.seen = stepper.form, 0
        self._begin, self._longest = stepper.begin(), longest
        self._reception = Reception(stepper.form, ahead=0, whole=False)
        self._pieces: list[_Piece] = []
        self._open: dict[str, int] = {}
        self._waiting: dict[int, None] = {}
        self._held = 0
        self._parts: list[SequenceDataset] = []
        self._owners: list[list[int]] = []

    def take(self, record: Record) -> None:
        """A record; one that the model cannot use is left out, and ends the sequence before it."""
        self.seen += 1
        place = self._open.get(record.stream)
        if place is not None and self._goes_on(record, place) and self._added(record, place):
            return
        self._pieces.append(_Piece(record.stream, record.epoch, record.seq, self._begin, self._begin))
        if self._added(record, len(self._pieces) - 1):
            self._open[record.stream] = len(self._pieces) - 1
        else:
            self._pieces.pop()
            self._open.pop(record.stream, None)

    def end(self) -> tuple[SequenceDataset, list[Key]]:
        """The data set, and where each of its sequences comes from.

        Raises:
            DataError: no reading can be learned from.
        """
        self._flush()
        asked = self.form.unasked
        kept = [place for place, piece in enumerate(self._pieces) if not asked or piece.told]
        if not kept:
            fix = "record predictions, and tell what came true" if asked else "record predictions with --records"
            raise DataError("store", expected="recorded readings to learn from", came="none", fix=fix)
        kept.sort(key=lambda place: self._pieces[place].origin)
        pieces, dataset = [self._pieces[place] for place in kept], self._gathered(kept)
        names = np.array(numbered([piece.stream for piece in pieces]), dtype=object)
        statics, categories = dict(dataset.statics), dict(dataset.categories)
        for name in () if self.form.schema.per_step_target else asked:
            _put(self.form, statics, categories, name, [piece.told.get(name) for piece in pieces])
        dataset = replace(dataset, keys=names, statics=statics, categories=categories, source="the store")
        return dataset, [piece.origin for piece in pieces]

    def _gathered(self, kept: Sequence[int]) -> SequenceDataset:
        """The columns of these pieces, in this order."""
        ranks = {place: rank for rank, place in enumerate(kept)}
        parts, owners = [], []
        for part, places in zip(self._parts, self._owners, strict=True):
            own = [at for at, place in enumerate(places) if place in ranks]
            if own:
                parts.append(part if len(own) == len(part) else part.take(own))
                owners.append([ranks[places[at]] for at in own])
        self._parts, self._owners = [], []
        return gathered(parts, owners)

    def _goes_on(self, record: Record, place: int) -> bool:
        """Whether a record follows a piece that is not as long as it may be."""
        piece = self._pieces[place]
        return piece.following == (record.epoch, record.seq) and piece.memory.readings < self._longest

    def _added(self, record: Record, place: int) -> bool:
        """Whether a record is one more reading of a piece."""
        piece = self._pieces[place]
        try:
            named = orjson.loads(record.inputs)
            reading = reading_of(named if isinstance(named, dict) else {}, "record")._replace(ahead=())
            found = self._reception.receive([record.stream], [piece.memory], [[reading]])
        except (InputError, orjson.JSONDecodeError):
            return False
        before, truth = piece.memory, truth_of(record, self.form.told)
        piece.memory = Memory(before.readings + 1, found.steps.last, before.kept, before.carried, found.statics[0])
        piece.steps.append(found.steps)
        piece.truths.append(truth)
        piece.told.update(truth)
        self._waiting[place] = None
        self._held += 1
        if self._held == AT_ONCE:
            self._flush()
        return True

    def _flush(self) -> None:
        """Put what waits into columns."""
        pieces = [self._pieces[place] for place in self._waiting]
        if not pieces:
            return
        arrivals = Arrivals(
            [one.stream for one in pieces],
            [one.before for one in pieces],
            np.array([len(one.steps) for one in pieces], np.int64),
            Steps.joined([step for one in pieces for step in one.steps]),
            [Steps.nothing(self.form)] * len(pieces),
            [one.memory.statics for one in pieces],
        )
        dataset = table(self.form, arrivals)
        steps, categories = dict(dataset.steps), dict(dataset.categories)
        told = self.form.unasked if self.form.schema.per_step_target else ()
        for name in (*told, *self.form.marks):
            _put(self.form, steps, categories, name, [truth.get(name) for one in pieces for truth in one.truths])
        self._parts.append(replace(dataset, steps=steps, categories=categories))
        self._owners.append(list(self._waiting))
        self._waiting, self._held = {}, 0
        for one in pieces:
            one.before, one.steps, one.truths = one.memory, [], []


def _put(
    form: Form, columns: dict[str, Array], categories: dict[str, tuple[str, ...]], name: str, told: Sequence[object]
) -> None:
    """A target or a mark that nobody had when the readings came."""
    if name in form.marks:
        columns[name] = np.array([mark_of(value) for value in told])
    elif form.schema.column(name).coded:
        columns[name], categories[name] = _coded(told)
    else:
        columns[name] = np.array([_number(value) for value in told])


def _coded(told: Sequence[object]) -> tuple[Array, tuple[str, ...]]:
    """Codes of labels, -1 where none was told, and the labels."""
    labels = sorted({str(value) for value in told if value is not None})
    places = {label: place for place, label in enumerate(labels)}
    return np.array([-1 if value is None else places[str(value)] for value in told], np.int32), tuple(labels)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else np.nan
