"""What is wrong with a setting, in one sentence."""

from typing import Literal

import pytest
from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator

from seqloom.errors import SettingsError
from seqloom.estimators.complaint import complaint


class Settings(BaseModel):
    """One field for each way of going wrong."""

    count: int | None = Field(None, ge=1)
    rate: float = Field(0.1, gt=0, lt=1, allow_inf_nan=False)
    share: int | float = Field(0.15, ge=0)
    cell: Literal["rnn", "lstm", "gru"] = "lstm"
    learned: bool = False
    name: str = "a"
    size: str | None = None

    @field_validator("size")
    @classmethod
    def _a_size(cls, value: str | None) -> str | None:
        if value == "lots":
            raise SettingsError("size", expected="a size such as 2GB", came="'lots'", fix="correct it")
        return value

    @model_validator(mode="after")
    def _agreeing(self) -> "Settings":
        if self.name == "b":
            raise SettingsError("column 'b'", expected="one role", came="two", fix="name it once")
        return self


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"count": 0}, "--count: expected a number of at least 1, came 0; correct it or leave it out"),
        ({"count": "abc"}, "--count: expected a whole number, came 'abc'; correct it or leave it out"),
        ({"count": 1.5}, "--count: expected a whole number, came 1.5; correct it or leave it out"),
        ({"rate": 0}, "--rate: expected a number above 0, came 0; correct it or leave it out for 0.1"),
        ({"rate": 1}, "--rate: expected a number below 1, came 1; correct it or leave it out for 0.1"),
        ({"rate": float("nan")}, "--rate: expected a finite number, came nan; correct it or leave it out for 0.1"),
        ({"share": "abc"}, "--share: expected a number, came 'abc'; correct it or leave it out for 0.15"),
        ({"cell": "gru2"}, "--cell: expected 'rnn', 'lstm' or 'gru', came 'gru2'; correct it or leave it out for lstm"),
        ({"learned": 3}, "--learned: expected true or false, came 3; correct it or leave it out for False"),
        ({"name": 3}, "--name: expected input should be a valid string, came 3; correct it or leave it out for a"),
        ({"size": "lots"}, "--size: expected a size such as 2GB, came 'lots'; correct it"),
        ({"name": "b"}, "column 'b': expected one role, came two; name it once"),
    ],
)
def test_a_complaint_says_what_would_have_been_right(values, sentence):
    """The setting as its user wrote it, what was expected, what came, and what to do."""
    with pytest.raises(ValidationError) as found:
        Settings(**values)
    assert str(complaint(found.value, Settings, lambda name: f"--{name}")) == sentence
