"""What is held out for good is learned by nobody: it is found in other data, and left out there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.retrain.likeness import LONGEST, Prints, prints, runs, varies
from seqloom.sequence import Array, SequenceDataset, Stretch

Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Apart:
    """What remains of data without the hold-out.

    Args:
        kept: the stretches that remain, in order; all of the data where nothing was held out.
        steps: how many steps are left out.
    """

    kept: tuple[Stretch, ...]
    steps: int


def apart_from(
    dataset: SequenceDataset, holdout: SequenceDataset, *, by_steps: bool, after: bool, names: Sequence[str] = ()
) -> Apart:
    """Which steps of a data set may be learned from: those that are not held out.

    Held out is what has the name of a held-out sequence and lies in its time; where sequences have no names of their
    own, or no clock, what has the same values: a sequence all of them, a series `LONGEST` in a row.

    Args:
        dataset: what shall be learned from.
        holdout: what models are tested on; of the same schema.
        by_steps: whether sequences are cut in time, so that a stretch of one may be held out; else all of it is.
        after: whether of a sequence that is cut only what follows the hold-out counts: new data.
        names: of the sequences; none given: their keys.

    Raises:
        DataError: nothing remains.
    """
    named = dataset.schema.group is not None or len(dataset) == len(holdout) == 1
    if dataset.times is not None and holdout.times is not None and named:
        held = _by_time(dataset, holdout, [str(name) for name in names or dataset.keys])
    else:
        held = (_by_stretch if by_steps else _by_sequence)(dataset, holdout)
    kept: list[Stretch] = []
    for sequence, (first, stop) in enumerate(zip(dataset.offsets[:-1], dataset.offsets[1:], strict=True)):
        kept.extend(_open(held[first:stop], sequence, int(first), by_steps=by_steps, after=after))
    remaining = sum(stop - start for _, start, stop in kept)
    if not remaining:
        fix = "give data that are not among those the models are tested on"
        raise DataError(dataset.source, expected="data to learn from", came="nothing but the hold-out", fix=fix)
    return Apart(tuple(kept), dataset.total_steps - remaining)


def _open(held: Marks, sequence: int, first: int, *, by_steps: bool, after: bool) -> list[Stretch]:
    """The stretches of a sequence that are not held out."""
    if not held.any():
        return [Stretch(sequence, first, first + len(held))] if len(held) else []
    if not by_steps:
        return []
    if after:
        held = np.arange(len(held)) <= np.flatnonzero(held)[-1]
    edges = np.flatnonzero(np.diff(np.concatenate([[True], held, [True]]).astype(np.int8)))
    return [Stretch(sequence, first + int(a), first + int(b)) for a, b in edges.reshape(-1, 2)]


def _by_time(dataset: SequenceDataset, holdout: SequenceDataset, names: Sequence[str]) -> Marks:
    """The steps of the name, and in the time, of a held-out sequence; where there is only one, it needs no name."""
    alone = dataset.schema.group is None
    bounds: dict[str, list[tuple[Any, Any]]] = {}
    for at, name in enumerate(holdout.keys):
        own = _times(holdout, at)
        if len(own):
            bounds.setdefault("" if alone else str(name), []).append((own.min(), own.max()))
    marks = [np.zeros(0, dtype=bool)]
    for at, name in enumerate(names):
        times = _times(dataset, at)
        held = np.zeros(len(times), dtype=bool)
        for first, last in bounds.get("" if alone else name, ()):
            held |= (times >= first) & (times <= last)
        marks.append(held)
    return np.concatenate(marks)


def _times(dataset: SequenceDataset, sequence: int) -> Array:
    times: Array = np.zeros(0) if dataset.times is None else dataset.times
    return times[dataset.offsets[sequence] : dataset.offsets[sequence + 1]]


def _by_stretch(dataset: SequenceDataset, holdout: SequenceDataset) -> Marks:
    """The steps of stretches that are held out, wherever they lie; what rests is not known by its values."""
    length = max(1, min(LONGEST, int(holdout.lengths.min(initial=LONGEST))))
    tested, own = _prints(dataset, holdout, targets=True)
    known = np.concatenate([runs(one, length)[varies(one, length)] for one in tested])
    marks = [np.zeros(0, dtype=bool)]
    for one in own:
        held = np.zeros(len(one), dtype=bool)
        found = np.flatnonzero(np.isin(runs(one, length), known))
        for step in range(length):
            held[found + step] = True
        marks.append(held)
    return np.concatenate(marks)


def _by_sequence(dataset: SequenceDataset, holdout: SequenceDataset) -> Marks:
    """All steps of the sequences that are held out, whatever they are called."""
    tested, own = _prints(dataset, holdout, targets=False)
    known = {one.tobytes() for one in tested}
    return np.concatenate([np.zeros(0, dtype=bool), *(np.full(len(one), one.tobytes() in known) for one in own)])


def _prints(dataset: SequenceDataset, holdout: SequenceDataset, *, targets: bool) -> tuple[list[Prints], list[Prints]]:
    """What the steps of hold-out and data hold, sequence by sequence; with their targets, or without.

    Marks are left out: they are told afterwards, of the same steps here and not there.
    """
    unread = {*dataset.schema.names("mark"), *(() if targets else dataset.schema.targets)}
    inputs = [name for name in dataset.steps if name not in unread]
    labels: dict[str, int] = {}
    tested, own = (prints(one, inputs or list(dataset.steps), labels) for one in (holdout, dataset))
    return np.split(tested, holdout.offsets[1:-1]), np.split(own, dataset.offsets[1:-1])
