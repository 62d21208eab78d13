import pytest
from pydantic import ValidationError

from seqloom.train import ChosenSettings, TrainSettings


def test_every_setting_is_explained():
    """Each field has a one-line description, which the command line shows."""
    for name, field in TrainSettings.model_fields.items():
        assert field.description, name
        assert len(field.description) < 80, name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("epochs", 0),
        ("learning_rate", -1.0),
        ("momentum", 1.0),
        ("warmup", 1.0),
        ("truncate", 0),
        ("optimizer", "lion"),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(name, value):
    """A setting outside its range is refused, and the message names it."""
    with pytest.raises(ValidationError, match=name):
        TrainSettings(**{name: value})


def test_an_unknown_setting_is_refused():
    """A misspelt name is an error, not a setting without effect."""
    with pytest.raises(ValidationError, match="learning_rat"):
        TrainSettings(learning_rat=0.1)


def test_chosen_settings_leave_nothing_open():
    """What must be chosen before training cannot be missing afterwards."""
    with pytest.raises(ValidationError, match="epochs"):
        ChosenSettings()
