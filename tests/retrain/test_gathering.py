"""Recorded readings on their way into columns."""

import tracemalloc

import numpy as np
import pytest

from seqloom.artifact import load
from seqloom.live import Stepper
from seqloom.retrain import gathering
from seqloom.retrain.gathering import Gathering


@pytest.fixture
def stepper(first):
    """Of the first model."""
    return Stepper(load(first))


def gathered(stepper, records, longest=1000):
    """All of the records."""
    found = Gathering(stepper, longest)
    for record in records:
        found.take(record)
    return (*found.end(), found)


@pytest.mark.parametrize("at_once", [1, 7, 100, 100_000])
def test_how_many_are_put_into_columns_at_once_makes_no_difference(stepper, store, monkeypatch, at_once):
    """Streams take turns, so that every piece is scattered over many parts."""
    records = list(store.records())
    turns = sorted(records, key=lambda one: (one.seq, one.stream[::-1]))
    whole, origins, _ = gathered(stepper, records)
    monkeypatch.setattr(gathering, "AT_ONCE", at_once)
    dataset, found, _ = gathered(stepper, turns)
    assert found == origins
    assert dataset.keys.tolist() == whole.keys.tolist()
    assert np.array_equal(dataset.offsets, whole.offsets)
    assert np.array_equal(dataset.times, whole.times)
    for name, values in whole.steps.items():
        assert np.array_equal(dataset.steps[name], values)


def test_a_reading_that_is_none_ends_the_piece_before_it(stepper, store):
    """The next one begins another, also where it only does not go with those before: its time goes back."""
    records = [one for one in store.records() if one.stream == "d100"]
    broken = [*records[:5], records[5]._replace(inputs=b"[1]"), *records[6:10], records[10]._replace(inputs=b"{")]
    back = [one._replace(seq=11 + place) for place, one in enumerate(records[:4])]
    _, origins, found = gathered(stepper, [*broken, records[12]._replace(seq=10), *back])
    assert [origin[2] for origin in origins] == [0, 6, 10, 11]
    assert found.seen == 16


def test_records_are_not_held(stepper, store, monkeypatch):
    """What stays of a record is its columns: less than 150 bytes of the 800 it takes."""
    monkeypatch.setattr(gathering, "AT_ONCE", 500)
    records = [one for one in store.records() if one.stream == "d100"]

    def many(count):
        for seq in range(count):
            own = records[seq % 30]
            yield own._replace(seq=seq % 30, epoch=seq // 30, inputs=bytes(bytearray(own.inputs)))

    tracemalloc.start()
    gathered(stepper, many(600))
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    gathered(stepper, many(15_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (peak - before) / 15_000 < 150
