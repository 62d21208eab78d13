"""Works that are done together."""

import pytest

from seqloom.errors import MissingStreamError, StorageError
from seqloom.live import Call, Look, Reading, Reset
from seqloom.serve import joint

READING = Reading({"a": 1.0, "mode": "on"})


def test_works_are_told_in_their_order(engine):
    """Calls and operations mixed, each with what it came to; one that cannot be done leaves the others alone."""
    engine.read([Call("b", [READING])])
    works = [Call("a", [READING]), Look("nobody"), Reset("b"), Call("c", [READING])]
    done = joint.commit(engine, joint.step(engine, works))
    first, missing, reset, last = done.told
    assert (first.stream, last.stream) == ("a", "c")
    assert isinstance(missing, MissingStreamError)
    assert reset == {"stream": "b", "epoch": 1, "acknowledged": 0}


def test_one_that_breaks_the_step_is_told_alone(engine, monkeypatch, caplog):
    """A call that nobody foresaw fails by itself, and the others are read."""
    step = engine.stepper.read

    def breaks(names, *rest):
        if "b" in names:
            raise ZeroDivisionError
        return step(names, *rest)

    monkeypatch.setattr(engine.stepper, "read", breaks)
    done = joint.commit(engine, joint.step(engine, [Call(name, [READING]) for name in "abc"]))
    assert [getattr(told, "acknowledged", type(told)) for told in done.told] == [1, ZeroDivisionError, 1]
    assert "unexpectedly" in caplog.text


def test_one_that_no_store_takes_is_told_alone(engine, store, monkeypatch):
    """A row that cannot be written does not hold up the others, and they are durable."""
    commit = store.commit

    def refuses(change):
        if any(session.stream == "b" for session in change.sessions):
            raise OverflowError
        commit(change)

    monkeypatch.setattr(store, "commit", refuses)
    done = joint.commit(engine, joint.step(engine, [Call(name, [READING]) for name in "abc"]))
    assert [getattr(told, "acknowledged", type(told)) for told in done.told] == [1, OverflowError, 1]
    assert [store.session(name) is not None for name in "abc"] == [True, False, True]
    assert engine.find("b") is None


def test_a_refusing_store_is_asked_once(engine, store):
    """A full disk is told to all at once, not tried again for each."""
    store.failures = 1
    done = joint.commit(engine, joint.step(engine, [Call(name, [READING]) for name in "abc"]))
    assert [type(told) for told in done.told] == [StorageError] * 3
    assert store.commits == 0
    assert engine.find("a") is None


def test_a_store_that_cannot_be_read_is_told_to_all(engine, store, monkeypatch):
    """Streams that have to be looked up wait for it."""

    def refuses(stream):
        raise StorageError("store", expected="an answer", came="none", fix="wait")

    monkeypatch.setattr(store, "session", refuses)
    found = joint.step(engine, [Call("a", [READING]), Call("b", [READING])])
    assert [type(told) for told in found.told] == [StorageError] * 2
    assert not found.round.after


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_do_is_done(engine, store, count):
    """Works that change nothing are not committed."""
    engine.read([Call("a", [READING])])
    commits = store.commits
    joint.commit(engine, joint.step(engine, [Look("a")] * count))
    assert store.commits == commits
