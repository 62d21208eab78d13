"""The search of one process."""

import os
import signal
from dataclasses import replace

import pytest

from seqloom.tune.budget import Budget
from seqloom.tune.job import Work, job_of
from seqloom.tune.loop import EXHAUSTED, Search
from seqloom.tune.space import Choice, Real, Searched, Space
from seqloom.tune.study import Place, begin, join
from seqloom.tune.trial import Result


@pytest.fixture
def study(job):
    study, _ = begin(job, Place())
    return join(job, Place(), 0, within=study)


@pytest.fixture
def trained(monkeypatch):
    """The settings of every training, which is not made: its value is taken from its learning rate."""
    seen = []

    def train(job, drawn, report, stopping):
        seen.append(dict(drawn))
        return Result(float(drawn.get("learning_rate", 0.5)), 2, 1, 0.0, 10)

    monkeypatch.setattr("seqloom.tune.loop.train_trial", train)
    return seen


def states(study):
    return [trial.state.name for trial in study.study.trials]


def test_the_first_trial_are_the_defaults(job, study, trained):
    """With nothing drawn, so that the data decide as they do without a search."""
    Search(job, study).run()
    assert trained[0] == {}
    assert [trial.defaults for trial in study.trials()] == [True, False, False, False]


def test_the_defaults_are_known_to_the_sampler(job, study, trained):
    """Their values stand among the parameters of the trial."""
    Search(job, study).run()
    first = study.study.trials[0]
    assert first.params["cell"] == "lstm"
    assert first.params["hidden_size"] == job.usual["hidden_size"]


def test_it_ends_with_the_budget(job, study, trained):
    """After four trials; those of before count."""
    Search(job, study).run()
    more = replace(job, work=Work(Budget(trials=6), pruning="none"))
    Search(more, study).run()
    assert (len(trained), len(study.trials())) == (6, 6)


def test_identical_settings_are_not_trained_twice(series, job, trained):
    """Of two cells there are two trials, whatever is drawn; then there is nothing new."""
    space = Space((Searched("cell", Choice(("lstm", "gru"))),))
    own = job_of(series, job.given, space=space, work=Work(Budget(trials=9)))
    study = join(own, Place(), 0, within=begin(own, Place())[0])
    search = Search(own, study)
    search.run()
    assert trained == [{}, {"cell": "gru"}]
    assert (len(study.trials()), search.repeats) == (2, EXHAUSTED)


def test_settings_that_do_not_go_together_fail_and_count(series, job):
    """A lookback with no room in the training part is told, and the search goes on."""
    space = Space((Searched("lookback", Choice((6, 900))),))
    given = {name: value for name, value in job.given.items() if name != "lookback"}
    own = job_of(series, given, space=space, work=Work(Budget(trials=3), pruning="none"))
    study = join(own, Place(), 0, within=begin(own, Place())[0])
    Search(own, study).run()
    failed = [trial for trial in study.trials() if trial.ending == "failed"]
    assert [trial.drawn for trial in failed] == [{"lookback": 900}]
    assert "expected" in failed[0].reason


def test_a_training_that_diverges_fails_and_counts(series, job):
    """A loss that is not finite says something of its settings."""
    space = Space((Searched("learning_rate", Real(1e30, 1e31)),))
    given = {**job.given, "clip_norm": 0, "optimizer": "sgd"}
    own = job_of(series, given, space=space, work=Work(Budget(trials=2), pruning="none"))
    study = join(own, Place(), 0, within=begin(own, Place())[0])
    Search(own, study).run()
    assert [trial.ending for trial in study.trials()] == ["complete", "failed"]


def test_an_activation_is_drawn_with_its_cell_alone(job, study, trained):
    """A GRU has none to choose."""
    Search(replace(job, work=Work(Budget(trials=12), pruning="none")), study).run()
    drawn = trained[1:]
    assert {one["cell"] for one in drawn} == {"lstm", "gru"}
    assert all(("activation" in one) == (one["cell"] == "lstm") for one in drawn)


def test_ctrl_c_ends_it_and_queues_what_was_under_way(job, study, monkeypatch):
    """The trial is not finished; its settings come first when the search goes on."""

    def train(*_):
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr("seqloom.tune.loop.train_trial", train)
    search = Search(job, study)
    search.run()
    assert (search.interrupted, states(study), study.trials()) == (True, ["FAIL", "WAITING"], [])
    assert study.study.trials[1].user_attrs["defaults"] is True


def test_ctrl_c_in_a_training_ends_it_cleanly(job, study, monkeypatch):
    """The training itself hears it, and stops after an update."""

    def report(*_):
        return lambda *_: os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(Search, "_report", report)
    search = Search(replace(job, given={**job.given, "epochs": 50}), study)
    search.run()
    assert (search.interrupted, states(study)) == (True, ["FAIL", "WAITING"])


def test_time_ends_what_has_begun_but_the_first_trial(job, study, trained):
    """Without any trial there would be nothing to say."""
    search = Search(replace(job, work=Work(Budget(trials=None, minutes=1))), study)
    search.began -= 100
    before = search._stopping()
    Search(replace(job, work=Work(Budget(trials=1))), study).run()
    assert (before, search._stopping()) == (False, True)


def test_who_is_asked_to_stop_queues_what_was_under_way(job, study):
    """It is not an interruption of its own."""
    search = Search(job, study)
    search.asked_to_stop = lambda: bool(states(study)) and "RUNNING" in states(study)[1:]
    search._over = lambda: "FAIL" in states(study)
    search.run()
    assert (states(study), search.interrupted) == (["COMPLETE", "FAIL", "WAITING"], False)


def test_who_comes_too_late_begins_nothing(job, study, trained):
    """Another process may have begun the last trial meanwhile."""
    search = Search(job, study)
    search.run()
    rounds = iter((False, True))
    search._over = lambda: next(rounds)
    search.run()
    assert (len(trained), len(study.trials()), search.interrupted) == (4, 4, False)


def test_hopeless_trials_are_given_up(job, space, series):
    """All but the defaults, which all others are compared with."""
    given = {**job.given, "epochs": 9}
    own = job_of(series, given, space=space, work=Work(Budget(trials=10), pruning="halving"))
    study = join(own, Place(), 0, within=begin(own, Place())[0])
    Search(own, study).run()
    endings = [trial.ending for trial in study.trials()]
    assert endings[0] == "complete"
    assert "pruned" in endings
    assert all(trial.epochs < 9 for trial in study.trials() if trial.ending == "pruned")
