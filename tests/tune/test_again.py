"""Trials that did not come to their end."""

import os
import socket
import subprocess
import sys

import optuna
import pytest

from seqloom.tune.again import TRIES_AT_MOST, again, orphans


@pytest.fixture
def study():
    return optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))


@pytest.fixture(scope="module")
def gone():
    """The number of a process that has ended."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def running(study, process, host=None):
    trial = study.ask()
    trial.suggest_int("layers", 1, 9)
    trial.set_user_attr("host", host or socket.gethostname())
    trial.set_user_attr("process", process)
    return trial


def states(study):
    return [trial.state.name for trial in study.trials]


def test_the_settings_of_a_lost_trial_are_tried_again(study, gone):
    """The lost one has failed, another one waits with the same value."""
    lost = running(study, gone)
    assert (orphans(study), states(study)) == (1, ["FAIL", "WAITING"])
    assert study.ask().suggest_int("layers", 1, 9) == lost.params["layers"]


def test_trials_that_run_are_left_alone(study, gone):
    """Here, and on another machine, of whose processes nothing is known."""
    running(study, os.getpid())
    running(study, gone, host="elsewhere")
    assert (orphans(study), states(study)) == (0, ["RUNNING", "RUNNING"])


def test_finished_trials_are_left_alone(study, gone):
    """Their process may be long gone."""
    study.tell(running(study, gone), 0.5)
    assert (orphans(study), states(study)) == (0, ["COMPLETE"])


def test_a_trial_that_ends_its_process_again_and_again_is_given_up(study, gone):
    """It may need more memory than there is."""
    running(study, gone)
    for _ in range(TRIES_AT_MOST):
        orphans(study)
        running(study, gone)
    assert sum(trial.params == study.trials[0].params for trial in study.trials) == TRIES_AT_MOST


def test_an_interrupted_trial_is_not_given_up(study):
    """Ctrl-C says nothing of it, however often."""
    for _ in range(TRIES_AT_MOST + 2):
        trial = running(study, os.getpid())
        again(study, study.trials[trial.number], lost=False)
        study.tell(trial, state=optuna.trial.TrialState.FAIL)
    assert states(study)[-1] == "WAITING"


def test_the_defaults_stay_the_defaults(study):
    """What they were queued with goes along, though nothing was picked yet."""
    study.enqueue_trial({"layers": 7}, user_attrs={"defaults": True})
    trial = study.ask()
    again(study, study.trials[trial.number])
    second = study.ask()
    assert (second.user_attrs["defaults"], second.suggest_int("layers", 1, 9)) == (True, 7)


def test_a_trial_without_settings_is_not_tried_again(study):
    """There is nothing to try."""
    trial = study.ask()
    again(study, study.trials[trial.number])
    assert states(study) == ["RUNNING"]
