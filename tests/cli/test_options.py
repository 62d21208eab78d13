"""Options made from settings."""

from typing import Literal

import click
import pytest
from click.testing import CliRunner
from pydantic import BaseModel, Field

from seqloom.cli.options import SectionedCommand, given, must_have_scale, settings_options
from seqloom.errors import SettingsError


class Example(BaseModel):
    """Settings of every kind an option can have."""

    horizon: int | None = Field(None, description="Steps ahead.")
    rate: float = Field(0.5, description="A rate.")
    cell: Literal["rnn", "lstm"] = Field("lstm", description="A cell.")
    learned: bool = Field(default=False, description="A switch.")
    target: tuple[str, ...] = Field((), description="Names.")
    sheets: int = Field(1, description="Sheets.")
    size: float | int | None = Field(None, description="A share or a number.")


@click.command(cls=SectionedCommand)
@settings_options({"read": Example})
def command(**values):
    """Print what was given."""
    click.echo(repr(given(values)))


def answer(*words):
    """What the command prints."""
    result = CliRunner().invoke(command, list(words), catch_exceptions=False)
    return result.output.strip()


def test_an_option_that_is_not_given_is_absent():
    """Defaults are left to the settings model, so that a file can decide."""
    assert answer() == "{}"


def test_values_arrive_in_the_type_of_their_field():
    """Numbers are numbers; names and unions are text for the model to parse."""
    words = ("--horizon", "24", "--rate", "0.1", "--target", "a,b", "--size", "3")
    assert answer(*words) == "{'horizon': 24, 'rate': 0.1, 'target': 'a,b', 'size': '3'}"


def test_a_switch_can_be_turned_off():
    """A boolean field has two flags."""
    assert (answer("--learned"), answer("--no-learned")) == ("{'learned': True}", "{'learned': False}")


def test_a_choice_outside_the_list_is_refused():
    """The message names the choices."""
    assert "'rnn', 'lstm'" in answer("--cell", "gru")


def test_help_tells_description_and_default():
    """Every field's own words are its help."""
    assert "A rate. [default: 0.5]" in answer("--help")


def test_a_switch_tells_its_default_in_words():
    """Off is off, not False."""
    assert "A switch. [default: off]" in answer("--help")


def test_a_number_of_one_is_no_switch():
    """Defaults that equal True or False are shown as the numbers they are."""
    assert "Sheets. [default: 1]" in answer("--help")


def test_options_stand_under_the_heading_of_their_room():
    """The help of a sectioned command has one list for each room."""
    assert "Reading the data:\n  --horizon" in answer("--help")


def test_some_options_may_be_enough():
    """A command may take a part of the settings."""

    @click.command()
    @settings_options({"read": Example}, only=("rate",))
    def part(**values):
        """Print what was given."""
        click.echo(sorted(values))

    assert CliRunner().invoke(part, []).output == "['rate']\n"


@pytest.mark.parametrize("task", ["forecast", "regress"])
def test_numbers_have_a_scale(task):
    """Their errors can be told in scaled units."""
    must_have_scale(task)


def test_classes_have_no_scale():
    """An option that would change nothing is refused."""
    with pytest.raises(
        SettingsError, match="--metrics-scaled: expected numbers to predict, came classes; leave it out"
    ):
        must_have_scale("classify")


@pytest.mark.parametrize(
    ("task", "came"),
    [
        ("tag", "tags"),
        ("translate", "a translation"),
        ("transcribe", "a transcript"),
        ("language", "running text"),
        ("events", "events"),
        ("music", "music"),
        ("images", "images"),
    ],
)
def test_no_task_without_numbers_has_a_scale(task, came):
    """The line says what is predicted instead."""
    with pytest.raises(SettingsError, match=f"expected numbers to predict, came {came}; leave it out"):
        must_have_scale(task)


class Optional(BaseModel):
    """A setting whose option may stand alone."""

    cap: int | None = Field(None, description="A cap.", json_schema_extra={"alone": 125})


@click.command(cls=SectionedCommand)
@click.argument("data")
@settings_options({"read": Optional})
def capped(data, **values):
    """Print what was given."""
    click.echo(repr((data, given(values))))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (("a.csv", "--cap"), {"cap": 125}),
        (("a.csv", "--cap", "7"), {"cap": 7}),
        (("--cap=7", "a.csv"), {"cap": 7}),
        (("a.csv",), {}),
    ],
)
def test_an_option_may_stand_for_a_value_by_itself(words, value):
    """Without a number it means the one its field names; not given, it means nothing."""
    result = CliRunner().invoke(capped, list(words), catch_exceptions=False)
    assert result.output.strip() == repr(("a.csv", value))
