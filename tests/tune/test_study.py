"""The trials of one search, by a name."""

import optuna
import pytest

from seqloom.errors import SettingsError
from seqloom.tune.job import job_of
from seqloom.tune.space import Searched, Space, Whole
from seqloom.tune.storage import address_of
from seqloom.tune.study import Place, begin, join


@pytest.fixture
def place(tmp_path):
    return Place(str(tmp_path / "a.db"), "mine")


def test_a_new_one_begins_with_the_defaults(job, place):
    """They wait to be tried, with their values in the space."""
    study, finished = begin(job, place)
    (first,) = study.study.trials
    assert (finished, first.state.name, first.user_attrs) == (0, "WAITING", {"defaults": True})


def test_one_that_is_there_goes_on(job, place):
    """The defaults wait once, not twice."""
    begin(job, place)
    study, _ = begin(job, place)
    assert len(study.study.trials) == 1


def test_another_space_is_refused(job, place, series):
    """Trials of two spaces do not belong together."""
    begin(job, place)
    other = job_of(series, job.given, space=Space((Searched("layers", Whole(1, 2)),)))
    with pytest.raises(
        SettingsError, match="study 'mine': expected the same space, came other space; give what it was"
    ):
        begin(other, place)


def test_another_space_may_begin_anew(job, place, series):
    """The trials of before are gone."""
    begin(job, place)
    other = job_of(series, job.given, space=Space((Searched("layers", Whole(1, 2)),)))
    study, _ = begin(other, place, anew=True)
    assert [trial.system_attrs["fixed_params"] for trial in study.study.trials] == [{"layers": 1}]


def test_somebody_elses_study_is_refused(job, place):
    """Its trials are of something else."""
    study = optuna.create_study(storage=address_of(place.storage), study_name="mine")
    study.add_trial(optuna.create_trial(state=optuna.trial.TrialState.COMPLETE, value=1.0))
    with pytest.raises(SettingsError, match="study 'mine': expected a study of seqloom, came another"):
        begin(job, place)


def test_who_joins_sees_the_same_trials(job, place):
    """From another process as well."""
    study, _ = begin(job, place)
    joined, counts = join(job, place, seed=1), []
    study.study.optimize(lambda _: counts.extend((joined.begun(), joined.begun(before=0))) or 1.0, n_trials=1)
    assert (counts, [trial.value for trial in joined.trials()]) == ([1, 0], [1.0])


def test_in_memory_it_is_joined_by_what_was_begun(job):
    """There is no other way to it."""
    study, _ = begin(job, Place())
    assert len(join(job, Place(), 0, within=study).study.trials) == 1
