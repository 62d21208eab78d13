"""What a model is built from."""

import pytest
from pydantic import ValidationError

from seqloom.model import InputSizes, ModelSettings


@pytest.mark.parametrize(
    ("name", "value"),
    [("hidden_size", 0), ("layers", 0), ("dropout", 1.0), ("horizon", 0), ("interval", 1.0), ("cell", "perceptron")],
)
def test_a_value_out_of_range_is_refused(name, value):
    """Settings are checked when they are made, not when a network fails."""
    with pytest.raises(ValidationError, match=name):
        ModelSettings(**{name: value})


def test_an_unknown_name_is_refused():
    """A typing error is not taken for a setting."""
    with pytest.raises(ValidationError, match="hidden"):
        ModelSettings(hidden=3)


@pytest.mark.parametrize("model", [ModelSettings(hidden_size=3, cell="gru"), InputSizes(numbers=2, classes=("a", "b"))])
def test_settings_survive_json(model):
    """What an artifact stores reads back equal."""
    assert type(model).model_validate_json(model.model_dump_json()) == model


def test_settings_never_change():
    """A fitted model's settings cannot be edited under it."""
    with pytest.raises(ValidationError, match="frozen"):
        ModelSettings().layers = 2
