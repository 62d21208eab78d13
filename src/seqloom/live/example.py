"""Readings of a data set, as a client would send them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from seqloom.live.form import Form
from seqloom.live.reading import Reading
from seqloom.sequence import SequenceDataset


def example(form: Form, dataset: SequenceDataset, ahead: int) -> tuple[str, list[Reading]]:
    """Name and readings of the longest sequence, up to where its future begins.

    Args:
        form: of the readings.
        dataset: sequences of the training data, unprepared.
        ahead: steps at the end of each that are the future.
    """
    longest = int(np.argmax(dataset.lengths))
    first, stop = (int(place) for place in dataset.offsets[longest : longest + 2])
    return str(dataset.keys[longest]), readings(form, dataset, longest, first, max(first + 1, stop - ahead), ahead)


def readings(form: Form, dataset: SequenceDataset, sequence: int, first: int, stop: int, ahead: int) -> list[Reading]:
    """The readings that some steps of a sequence are; the first one says what the sequence is as a whole.

    Args:
        form: of the readings.
        dataset: sequences, unprepared.
        sequence: which of them.
        first: row of its first step that is wanted.
        stop: row behind the last one.
        ahead: steps after each of which is said what is known ahead, as far as the sequence goes.
    """
    end = min(stop + ahead, int(dataset.offsets[sequence + 1]))
    columns = {name: _written(dataset, name, dataset.steps[name][first:end]) for name in _steps(form)}
    own = slice(sequence, sequence + 1)
    said = {name: _written(dataset, name, dataset.statics[name][own])[0] for name in _statics(form)}
    rows = [{name: values[row] for name, values in columns.items()} for row in range(end - first)]
    known = [{name: row[name] for name in form.known} for row in rows]
    times = [None] * len(rows) if dataset.times is None else _times(dataset.times[first:stop])
    return [
        Reading(rows[place] | (said if place == 0 else {}), times[place], known[place + 1 : place + 1 + ahead])
        for place in range(stop - first)
    ]


def _steps(form: Form) -> tuple[str, ...]:
    return (*form.numbers, *form.listed, *form.spelt)


def _statics(form: Form) -> tuple[str, ...]:
    return (*form.static_numbers, *form.static_listed)


def _written(dataset: SequenceDataset, name: str, values: Any) -> list[Any]:  # noqa: ANN401 - an array of any type
    """Values as they are sent, None where one is missing."""
    if dataset.schema.column(name).coded:
        labels = dataset.categories[name]
        return [labels[code] if code >= 0 else None for code in values.tolist()]
    return [value if value == value else None for value in values.tolist()]  # noqa: PLR0124 - NaN alone differs


def _times(times: Any) -> Sequence[Any]:  # noqa: ANN401 - as above
    return list(times.astype("datetime64[us]")) if times.dtype.kind == "M" else times.tolist()
