import json
from subprocess import CompletedProcess

import pytest

from benchmarks.speed import fresh
from benchmarks.speed.case import Case
from benchmarks.speed.rounds import Effort


@pytest.fixture
def ran(monkeypatch):
    """Processes that are not started; what they would print, and the folders of compiled code they were given."""
    folders = []

    def run(arguments, environment):
        folders.append(environment["NUMBA_CACHE_DIR"])
        if arguments[-1] == "GRU":
            return CompletedProcess(arguments, 1, "", "a line\nCompileError: no such cell\n")
        return CompletedProcess(arguments, 0, json.dumps({"seconds": 8.0 if len(folders) == 1 else 0.25}) + "\n", "")

    monkeypatch.setattr(fresh, "_run", run)
    return folders


def test_only_the_first_process_compiles(ran, peers):
    """All share one new folder; the first finds nothing in it."""
    measured = fresh.measure(Case("first", "LSTM"), ["cold", "cached", "import"], peers, Effort(rounds=3))
    assert (measured.figure("cold").value, measured.figure("cached").value) == (8.0, 0.25)
    assert measured.figure("cached").calls == 3
    assert len(set(ran)) == 1


def test_a_process_that_fails_gives_its_last_line(ran, peers):
    """The reason stands where the seconds would."""
    measured = fresh.measure(Case("first", "GRU"), ["cold", "cached", "import"], peers, Effort(rounds=1))
    assert measured.figure("cold").reason == "CompileError: no such cell"
