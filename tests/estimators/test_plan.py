"""What is settled before a training begins."""

import pytest

from seqloom.errors import SettingsError
from seqloom.estimators import FitSettings
from seqloom.estimators.plan import TRAINING_REASONS, plan
from seqloom.read import read


@pytest.fixture(scope="module")
def planned(make_series, make_settings):
    """The plan of a small forecast."""
    return plan(read(make_series()), make_settings())


def test_settings_are_resolved(planned):
    """What was left open is filled in, for the model and for the training."""
    assert planned.settings.model.linear is not None
    assert planned.settings.train.batch_size is not None


def test_each_choice_has_its_reason(planned):
    """Settings that were given have none."""
    assert set(planned.reasons) == {"linear", "dropout", "stride", *TRAINING_REASONS} - {"epochs"}


def test_a_reason_names_the_sizes_it_comes_from(planned):
    """The batch follows from the number of examples."""
    assert planned.reasons["batch_size"] == f"{len(planned.examples['train'])} training examples"


def test_settings_without_a_say_are_not_recorded(planned):
    """What is kept of a plan says only what counts."""
    assert {"horizon", "batch_size", "schedule"} <= set(planned.used)
    assert not {"pooling", "filters", "momentum", "plateau_patience"} & set(planned.used)


def test_settings_without_a_say_are_known(planned):
    """Of a forecast those of other tasks, and those that wait for another setting."""
    assert {"pooling", "momentum"} <= planned.without_a_say
    assert not {"hidden_size", "lookback"} & planned.without_a_say


def test_what_is_recorded_gives_the_same_plan(planned, make_series):
    """The settings of one training can be those of the next."""
    again = plan(read(make_series()), FitSettings.flat(planned.used))
    assert (again.used, again.settings.model) == (planned.used, planned.settings.model)


def test_a_setting_without_a_say_is_refused(make_series, make_settings):
    """Nothing that was chosen is ignored in silence."""
    with pytest.raises(SettingsError, match="pooling: expected classes, labels or values, came a forecast; leave"):
        plan(read(make_series()), make_settings(pooling="mean"))


def test_a_weekly_season_is_found(planned):
    """Daily steps with a weekly wave repeat after seven."""
    assert planned.season == 7


def test_training_counts_its_classes(classified):
    """The sizes hold how many training sequences each class has."""
    assert sum(classified.walked.plan.sizes.class_counts) == len(classified.walked.examples["train"])


def few(make_labelled, **choices):
    """The plan of a classification of 30 sequences."""
    return plan(make_labelled(), FitSettings.flat({"task": "classify", **choices}))


def test_few_labelled_sequences_are_trained_in_a_way_of_their_own(make_labelled):
    """The task's defaults come before those of the training, with their reason."""
    planned = few(make_labelled)
    assert (planned.settings.train.keep, planned.settings.train.refit) == ("last", True)
    assert planned.reasons["epochs"] == planned.reasons["keep"] == "few sequences"


def test_what_was_chosen_for_the_training_comes_before_the_defaults_of_the_task(make_labelled):
    """And has no reason but the user's."""
    planned = few(make_labelled, refit=False, epochs=7)
    assert (planned.settings.train.refit, planned.settings.train.epochs) == (False, 7)
    assert not {"refit", "epochs"} & set(planned.reasons)


def test_patience_asks_for_the_best_epoch(make_labelled):
    """It would have no say where the last one is kept."""
    assert few(make_labelled, patience=3).settings.train.keep == "best"


def test_what_is_recorded_of_few_sequences_gives_the_same_plan(make_labelled):
    """Defaults of the task can be given as settings."""
    planned = few(make_labelled)
    assert few(make_labelled, **planned.used).used == planned.used


def test_carried_state_reads_forwards_unless_somebody_says_otherwise(make_labelled):
    """A state that goes from stretch to stretch knows nothing of what is to come."""
    carried = few(make_labelled, truncate=5)
    assert carried.settings.model.bidirectional is False
    assert carried.reasons["bidirectional"] == "truncate carries the state forwards"
    assert few(make_labelled, truncate=5, bidirectional=True).settings.model.bidirectional
