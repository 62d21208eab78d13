"""Recorded readings, as data to learn from."""

import numpy as np
import orjson
import polars as pl
import pytest

import seqloom
from seqloom.artifact import load
from seqloom.errors import DataError
from seqloom.live import Call, Reading
from seqloom.read import read
from seqloom.retrain import recorded
from seqloom.sequence import Stretch
from seqloom.store import MemoryStore
from tests.retrain.conftest import pump, pumped


def test_what_was_recorded_is_what_a_file_would_hold(first, new, store):
    """Column by column, with the targets that came true."""
    bundle = load(first)
    found, file = recorded(store.records(), bundle).dataset, read(new, schema=bundle.schema)
    order = np.argsort(file.keys.astype(str))
    expected = file.take(order)
    assert found.keys.tolist() == expected.keys.tolist()
    assert np.array_equal(found.offsets, expected.offsets)
    for name in ("x", "y"):
        assert np.allclose(found.steps[name], expected.steps[name])
    assert np.array_equal(found.times, expected.times)


def test_a_gap_begins_another_sequence(first, store):
    """So does another epoch; names tell them apart."""
    records = [one for one in store.records() if one.stream == "d100"]
    broken = [*records[:10], *records[12:20], *(one._replace(epoch=1) for one in records[:5])]
    found = recorded(broken, load(first))
    assert found.dataset.lengths.tolist() == [10, 8, 5]
    assert len(set(found.dataset.keys.tolist())) == 3
    assert [(piece.epoch, piece.first) for piece in found.pieces] == [(0, 0), (0, 12), (1, 0)]
    assert found.left_out == 0


def test_a_stream_that_goes_on_is_cut_as_the_training_was(first, store):
    """Into sequences no longer than its longest."""
    records = [one for one in store.records() if one.stream in ("d100", "d101")]
    joined = [one._replace(stream="on", seq=place) for place, one in enumerate(records)]
    found = recorded(joined, load(first))
    assert found.dataset.lengths.tolist() == [30, 30]
    assert [piece.first for piece in found.pieces] == [0, 30]


def test_stretches_know_which_readings_they_are(first, store):
    """A piece of which the beginning is taken away begins later."""
    found = recorded(store.records(), load(first))
    own = found.only([Stretch(2, 70, 80), Stretch(4, 120, 150)])
    assert [(piece.stream, piece.first) for piece in own.pieces] == [("d102", 10), ("d104", 0)]
    assert own.dataset.steps["x"].tolist() == found.dataset.steps["x"][[*range(70, 80), *range(120, 150)]].tolist()


def test_readings_of_no_use_are_counted(first, store):
    """One that is none, and a piece of which nobody told what came true."""
    records = [one for one in store.records() if one.stream == "d100"]
    broken = [records[0]._replace(inputs=b"{"), *records[1:10], *(one._replace(truth=None) for one in records[20:25])]
    found = recorded(broken, load(first))
    assert (found.dataset.lengths.tolist(), found.left_out) == ([9], 6)


def test_what_nobody_told_of_single_steps_is_missing(first, store):
    """The other steps of the sequence are learned from."""
    records = [one for one in store.records() if one.stream == "d100"]
    told = [one._replace(truth=None) if one.seq % 2 else one for one in records]
    values = recorded(told, load(first)).dataset.steps["y"]
    assert np.isnan(values[1::2]).all()
    assert np.isfinite(values[::2]).all()


def test_nothing_to_learn_from_is_told(first, store):
    """With what has to be done."""
    bundle = load(first)
    for records in ([], [one._replace(truth=None) for one in store.records()]):
        with pytest.raises(DataError, match="expected recorded readings to learn from, came none; record"):
            recorded(records, bundle)


def test_classes_of_whole_streams_are_what_was_told_last(tmp_path):
    """A class may become known late, or be corrected."""
    table = pl.DataFrame({"id": np.repeat(np.arange(20), 5).astype(str), "x": np.tile(np.arange(5.0), 20)})
    table = table.with_columns(kind=pl.when(pl.col("id").cast(int) % 2 == 0).then(pl.lit("a")).otherwise(pl.lit("b")))
    chosen = {"group": "id", "bidirectional": False, "convolution": False}
    model = seqloom.SequenceClassifier(epochs=1, hidden_size=4, settings=chosen).fit(table, target="kind")
    model = seqloom.load(model.save(tmp_path / "a.loom"))
    store = MemoryStore()
    live = model.stream(store, records=True)
    for name, told in (("one", ["b", "a"]), ("two", ["b"]), ("three", [])):
        live.read([Call(name, [Reading({"x": float(step)}) for step in range(4)])])
        for seq, label in enumerate(told, start=1):
            store.tell(name, 0, seq, orjson.dumps(label))
    found = recorded(store.records(), model.bundle_)
    labels = found.dataset.categories["kind"]
    assert dict(zip(found.dataset.keys, [labels[code] for code in found.dataset.statics["kind"]], strict=True)) == {
        "one": "a",
        "two": "b",
    }
    assert found.left_out == 4


def test_marks_that_were_told_are_a_column(detector):
    """By name or as the value itself, 1 and 0 or true and false; of all else nobody knows."""
    truths = [{"odd": 1}, {"odd": 0}, 1, False, True, None, {"odd": None}, {"odd": 2}, {"flow": 1.0}, "odd", 0.0]
    store = pumped(detector, pump(len(truths)), MemoryStore(), truths)
    found = recorded(store.records(), load(detector)).dataset
    nobody = np.nan
    expected = [1, 0, 1, 0, 1, nobody, nobody, nobody, nobody, nobody, 0]
    np.testing.assert_array_equal(found.steps["odd"], expected)
    assert np.allclose(found.steps["flow"], pump(len(truths))["flow"])


def test_without_any_mark_readings_can_be_learned_from(detector, unmarked):
    """Where nobody told, and where the detector knows of no marks: what is told of it is of no use."""
    found = recorded(pumped(detector, pump(5), MemoryStore()).records(), load(detector)).dataset
    assert np.isnan(found.steps["odd"]).all()
    found = recorded(pumped(unmarked, pump(5), MemoryStore(), [{"odd": 1}] * 5).records(), load(unmarked))
    assert (sorted(found.dataset.steps), found.left_out) == (["flow", "load"], 0)
