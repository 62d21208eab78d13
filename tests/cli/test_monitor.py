"""The command that watches."""

import json

import pytest

from seqloom.artifact import load
from seqloom.live import Call, LiveStreams, Reading
from seqloom.store import open_store


@pytest.fixture
def recorded(fitted, tmp_path):
    """A store with a hundred recorded readings of one stream."""
    path = tmp_path / "live.db"
    with LiveStreams(load(fitted.model), path, records=True) as streams:
        names = streams.engine.stepper.form.names
        readings = [
            Reading({name: float(place % 7) for name in names}, f"2030-01-01T{place // 60:02}:{place % 60:02}")
            for place in range(100)
        ]
        (reply,) = streams.read([Call("a", readings)])
        assert reply.error is None
    return path


def test_how_streams_stand_is_a_table_and_a_sentence(fitted, recorded, command):
    """One line for each signal."""
    out = command("monitor", fitted.model, "--store", recorded).out
    assert out.startswith("100 records of 1 streams")
    assert "load" in out
    assert out.strip().splitlines()[-1].endswith(".")


def test_the_same_as_json(fitted, recorded, command):
    """All there is; nothing drifted here, or it says so by its exit code if it is asked to."""
    told = command("monitor", fitted.model, "--store", recorded, "--json", "--fail-on-alert")
    standing = json.loads(told.out)
    assert standing["counts"]["records"] == 100
    assert told.code == (1 if standing["alerts"]["active"] else 0)


def test_a_report_is_written_beside(fitted, recorded, command, tmp_path):
    """As a page that needs nothing else."""
    command("monitor", fitted.model, "--store", recorded, "-o", tmp_path / "watch.html")
    assert "Are its streams what they were in training?" in (tmp_path / "watch.html").read_text(encoding="utf-8")


def test_old_records_are_forgotten_afterwards(fitted, recorded, command):
    """They were seen before."""
    told = command("monitor", fitted.model, "--store", recorded, "--keep", "0.0000001")
    assert "forgot 100 records" in told.err
    assert "100 records of 1 streams" in told.out
    assert "0 records of 0 streams" in command("monitor", fitted.model, "--store", recorded).out
    assert "0 records" in command("monitor", fitted.model, "--store", recorded, "--since", "1d").out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--store", "nowhere.db"), "expected a store, came nothing there"),
        (("--store", "live.db", "--since", "noon"), "--since: expected a day such as"),
        (("--store", "live.db", "--webhook", "file:///x"), "webhook: expected http://HOST"),
        (("--store", "live.db", "--keep", "-1"), "--keep: expected days above 0"),
        (("--store", "http://127.0.0.1:9"), "expected a server that answers"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(fitted, command, words, message):
    """No store is made where there is none."""
    told = command("monitor", fitted.model, *words)
    assert told.code in {1, 2}
    assert message in told.err
    assert len(told.err.strip().splitlines()) == 1


def test_a_store_that_a_server_has_is_asked_for_there(fitted, recorded, command):
    """The error says how."""
    with open_store(recorded):
        told = command("monitor", fitted.model, "--store", recorded)
    assert "ask that server: --store http://HOST:PORT" in told.err
