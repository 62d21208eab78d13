import pytest

import seqloom
from benchmarks.reliability import accumulator
from seqloom.errors import DataError, SettingsError, StorageError
from seqloom.live import Call
from seqloom.store import MemoryStore


@pytest.fixture(scope="session")
def adding(tmp_path_factory):
    """The accumulator as an estimator."""
    return seqloom.load(accumulator.make(tmp_path_factory.mktemp("adding") / "adding.loom"))


def test_a_stream_goes_on_after_its_program(adding, tmp_path):
    """What was answered is on disk."""
    for value, expected in ((3, (3, 3)), (4, (7, 10))):
        with adding.stream(tmp_path / "live.db") as live:
            assert live.step({"x": value}, stream="pump") == {"total": expected[0], "weighted": expected[1]}
    with adding.stream(f"sqlite:///{tmp_path}/live.db") as live:
        assert live.step({"x": 9}, stream="pump", seq=1) == {"total": 7, "weighted": 10}


def test_without_a_store_a_stream_ends_with_its_program(adding):
    """And several streams go side by side."""
    live = adding.stream()
    replies = live.read([Call("a", [accumulator.reading(1)] * 2), Call("b", [accumulator.reading(5)])])
    assert [reply.answers[-1][1]["total"] for reply in replies] == [2, 5]
    assert live.step({"x": 1})["total"] == 1


def test_what_is_wrong_is_raised(adding):
    """And the stream is where it was."""
    live = adding.stream()
    live.step({"x": 1})
    with pytest.raises(DataError, match="stream 'stream', reading 1, column 'x': expected a number, came 'one'"):
        live.step({"x": "one"})
    assert live.step({"x": 1})["total"] == 2


def test_a_store_that_was_given_stays_open(adding):
    """One that was made is closed, also where the model cannot be used."""
    store = MemoryStore()
    with adding.stream(store) as live:
        live.step({"x": 1})
    assert store.count() == 1
    with adding.stream() as live:
        pass
    with pytest.raises(StorageError, match="expected an open store"):
        live.step({"x": 1})


def test_streams_of_a_model_that_was_not_saved_cannot_be_kept(values_model, tmp_path):
    """Nobody could tell which model they are of."""
    model, _ = values_model
    with pytest.raises(SettingsError, match="store: expected a saved model, known by its digest"):
        model.stream(tmp_path / "live.db")
