"""What every process of a search must know."""

import pickle

import pytest

from seqloom.errors import SettingsError
from seqloom.tune.job import job_of
from seqloom.tune.space import Choice, Real, Searched, Space

GIVEN = {"target": "load", "horizon": 2, "lookback": 6, "epochs": 2}


def test_what_the_data_would_choose_is_known(job):
    """The defaults stand beside what is searched, the activation of their cell among them."""
    assert set(job.usual) == {"hidden_size", "cell", "activation", "learning_rate"}
    assert (job.usual["cell"], job.usual["activation"]) == ("lstm", "tanh")


def test_trials_learn_from_the_training_part_alone(job):
    """Only the final trainings have the validation part as well."""
    assert (job.settings({}).train.refit, job.settings({}, final=True).train.refit) == (False, True)


def test_who_wants_no_second_training_gets_none(series, space):
    """A setting that was given is kept in the final, too."""
    job = job_of(series, {**GIVEN, "refit": False}, space=space)
    assert job.settings({}, final=True).train.refit is False


def test_what_was_drawn_is_planned(job):
    """Beside what was given."""
    model = job.plan({"hidden_size": 3, "cell": "gru"}).settings.model
    assert (model.hidden_size, model.cell, model.lookback) == (3, "gru", 6)


def test_another_process_can_be_told(job):
    """A search travels as bytes."""
    assert pickle.loads(pickle.dumps(job)).space == job.space  # noqa: S301 - our own bytes


def test_what_changes_nothing_is_not_searched(series):
    """Pooling has no say in a forecast."""
    space = Space((Searched("pooling", Choice(("mean", "max"))),), source="space.yaml")
    with pytest.raises(SettingsError, match=r"space.yaml, pooling: expected a setting with a say, came pooling"):
        job_of(series, GIVEN, space=space)


def test_what_has_a_say_under_a_condition_is_searched(series):
    """Momentum counts with sgd."""
    momentum = Searched("momentum", Real(0.5, 0.9), {"optimizer": ("sgd",)})
    space = Space((Searched("optimizer", Choice(("adam", "sgd"))), momentum))
    assert job_of(series, GIVEN, space=space).usual == {"optimizer": "adamw"}


def test_something_must_be_left_open(series):
    """A search of nothing is a mistake."""
    with pytest.raises(SettingsError, match="expected settings to search, came none"):
        job_of(series, GIVEN, space=Space(()))


def test_a_simple_method_is_not_tuned(series):
    """It has no settings to search."""
    with pytest.raises(SettingsError, match="method: expected network, to be tuned, came ridge"):
        job_of(series, {"target": "load", "method": "ridge"})
