"""The whole of a tuning."""

from dataclasses import replace

import pytest

import seqloom
from seqloom.errors import SettingsError, TrainingError
from seqloom.estimators import FitSettings, fit_dataset
from seqloom.tune import Budget, Place, Searched, Space, Whole, Work, begin, conclude, search, tune
from seqloom.tune.record import best_of

GIVEN = {"target": "load", "horizon": 2, "lookback": 6, "linear": 0, "epochs": 2, "threads": 1}


def test_the_best_trial_wins(tuned):
    """The lowest value of those that were completed; the defaults are one of them, so it is never above theirs."""
    values = [trial.value for trial in tuned.trials if trial.ending == "complete"]
    assert tuned.best.value == min(values) <= tuned.trials[0].value


def test_its_settings_train_the_same_model_again(tuned, series):
    """Written down and fitted, they come to the same numbers."""
    again = fit_dataset(series, FitSettings.flat(tuned.settings))
    assert again.judged.judgement.metrics["model"] == tuned.final.metrics["model"]


def test_the_model_can_be_saved(tuned, tmp_path, table):
    """It is an artifact like any other, with the report of the search."""
    loaded = seqloom.load(tuned.save(tmp_path / "a.loom"))
    assert loaded.report_.kind == "Tuning"
    assert len(loaded.answer(table).values) == 1


def test_every_trial_is_told_once(series, space):
    """With the best so far, and how much is left."""
    told = []
    tune(series, GIVEN, space=space, work=Work(Budget(trials=3), pruning="none"), told=told.append)
    assert [standing.trial.number for standing in told] == [0, 1, 2]
    assert [standing.finished for standing in told] == [1, 2, 3]
    assert told[-1].left == 0.0
    assert told[-1].best.value == min(standing.trial.value for standing in told)


def test_a_search_goes_on_in_its_storage(series, space, tmp_path):
    """More trials are asked for, and only those are trained."""
    place, told = Place(str(tmp_path / "a.db")), []
    for count in (2, 3):
        tune(series, GIVEN, space=space, work=Work(Budget(trials=count), pruning="none"), place=place, told=told.append)
    assert [standing.trial.number for standing in told] == [0, 1, 2]


def test_a_table_and_a_test_set_are_read(table, tmp_path):
    """Data and test set as for an estimator, the space as a file."""
    (tmp_path / "space.yaml").write_text("hidden_size: [2, 3]\n")
    work = Work(Budget(trials=2), pruning="none")
    found = tune(table[:100], GIVEN, test=table[100:], space=tmp_path / "space.yaml", work=work)
    assert found.fitted.walked.parts.test_dataset.total_steps == 120


def test_a_search_without_a_completed_trial_has_no_winner(job):
    """Why is told."""
    place = Place()
    study, _ = begin(job, place)
    searched = search(replace(job, work=Work(Budget(trials=None, minutes=1e-9))), place, study)
    assert best_of(searched.trials) is None
    with pytest.raises(TrainingError, match="expected a trial that was completed"):
        conclude(searched, given={})


def test_there_must_be_a_worker(series):
    """None searches nothing."""
    space = Space((Searched("layers", Whole(1, 2)),))
    with pytest.raises(SettingsError, match="workers: expected 1 or more, came 0"):
        tune(series, GIVEN, space=space, work=Work(workers=0))


def test_ctrl_c_reaches_the_caller(series, space, monkeypatch):
    """What is finished is in the storage."""
    monkeypatch.setattr("seqloom.tune.tuned.search_alone", lambda *_: True)
    with pytest.raises(KeyboardInterrupt):
        tune(series, GIVEN, space=space)
