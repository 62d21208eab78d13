"""Trials as they are kept."""

import optuna
import pytest

from seqloom.tune.record import Tried, best_of, tried


def frozen(state, value=None, notes=None, reported=None):
    return optuna.trial.create_trial(
        state=getattr(optuna.trial.TrialState, state), value=value, user_attrs=notes, intermediate_values=reported
    )


def test_a_completed_trial_is_read():
    """Its value and what was noted."""
    notes = {"drawn": {"layers": 2}, "epochs": 3, "seconds": 1.5, "weights": 40, "defaults": True}
    found = tried(frozen("COMPLETE", 0.5, notes))
    assert (found.ending, found.value, found.drawn, found.epochs, found.defaults) == (
        "complete",
        0.5,
        {"layers": 2},
        3,
        True,
    )


def test_a_pruned_trial_has_its_last_value():
    """It was left with that."""
    found = tried(frozen("PRUNED", notes={}, reported={1: 0.9, 2: 0.8}))
    assert (found.ending, found.value) == ("pruned", 0.8)


def test_a_trial_that_failed_by_its_settings_is_finished():
    """It says something of them."""
    found = tried(frozen("FAIL", notes={"reason": "a loss of inf"}))
    assert (found.ending, found.value, found.reason) == ("failed", None, "a loss of inf")


@pytest.mark.parametrize("notes", [{"same_as": 3}, {"unfinished": True}, {}])
def test_a_trial_that_ended_otherwise_is_not_finished(notes):
    """A repetition, an interruption, a lost process say nothing."""
    assert tried(frozen("FAIL", notes=notes)) is None


def test_the_best_is_a_completed_one():
    """What was given up, or failed, is not known to the end."""
    trials = [
        Tried(0, "complete", 0.5, {}),
        Tried(1, "pruned", 0.1, {}),
        Tried(2, "failed", None, {}),
        Tried(3, "complete", 0.4, {}),
        Tried(4, "complete", 0.4, {}),
    ]
    assert (best_of(trials).number, best_of(trials[1:3])) == (3, None)
