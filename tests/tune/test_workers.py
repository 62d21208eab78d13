"""Several processes that search side by side."""

import time
from dataclasses import replace

import pytest

from seqloom.errors import SettingsError, TrainingError
from seqloom.tune.budget import Budget
from seqloom.tune.job import Work
from seqloom.tune.study import Place, begin
from seqloom.tune.workers import search_alone, search_together, with_threads

TRIALS = 12
"""So many that one process has not done them all when the other has started."""


def nothing():
    """Told of nothing."""


@pytest.mark.slow
def test_two_processes_share_the_trials(job, tmp_path):
    """Together they finish as many as the budget has, none of them twice."""
    own = replace(job, work=Work(Budget(trials=TRIALS), pruning="none", workers=2))
    place = Place(str(tmp_path / "a.db"))
    study, _ = begin(own, place)
    told = []
    assert search_together(own, place, study, lambda: told.append(len(study.trials()))) is False
    trials = study.trials()
    assert (len(trials), told[-1]) == (TRIALS, TRIALS)
    assert len({str(sorted(trial.drawn.items())) for trial in trials}) == TRIALS
    processes = {trial.user_attrs["process"] for trial in study.study.trials}
    assert len(processes) == 2


def test_several_need_a_storage_they_can_open(job):
    """Memory is of one process."""
    study, _ = begin(job, Place())
    with pytest.raises(SettingsError, match="expected a storage that several processes can open, came one in memory"):
        search_together(job, Place(), study, nothing)


@pytest.mark.slow
def test_processes_that_end_too_early_are_told(job, tmp_path):
    """A file that is gone ends them; the search does not wait for ever."""
    place = Place(str(tmp_path / "a.db"), "here")
    study, _ = begin(job, place)
    with pytest.raises(TrainingError, match="expected processes that search until the end, came exit codes 1"):
        search_together(job, Place(place.storage, "elsewhere"), study, nothing)


def test_processors_are_shared(job, monkeypatch):
    """Unless somebody said how many threads there shall be."""
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    two = replace(job, given={"target": "load"}, work=Work(workers=2))
    assert with_threads(two)["threads"] == 4
    assert with_threads(replace(two, given={"threads": 1}))["threads"] == 1


def test_one_process_searches_by_itself(job):
    """In memory as well."""
    study, _ = begin(job, Place())
    assert search_alone(job, Place(), study, nothing) is False
    assert len(study.trials()) == 4


@pytest.mark.slow
@pytest.mark.xdist_group("postgres")
def test_several_machines_share_a_database(job, tmp_path):
    """A server keeps the trials, and who comes later goes on with them; between trials no connection is held."""
    postgres_server = pytest.importorskip("tests.store.postgres_server", reason="needs psycopg")
    with postgres_server.running_server() as server:
        url = f"postgresql+psycopg://owner@/postgres?host={server.folder}"
        first = replace(job, work=Work(Budget(trials=2), pruning="none"))
        study, _ = begin(first, Place(url, "shared"))
        search_alone(first, Place(url, "shared"), study, nothing)
        more = replace(job, work=Work(Budget(trials=6), pruning="none", workers=2))
        again, _ = begin(more, Place(url, "shared"))
        assert len(again.trials()) == 2
        search_together(more, Place(url, "shared"), again, nothing)
        assert len(again.trials()) == 6
        other, _ = begin(more, Place(url, "another"))
        assert other.trials() == []
        held = "SELECT count(*) FROM pg_stat_activity WHERE client_port = -1 AND pid <> pg_backend_pid()"
        assert any(server.sql(held) == [(0,)] or time.sleep(0.1) for _ in range(50))  # it takes note a little later
