"""Command-line options, made from the fields of the settings models."""

import types
from collections.abc import Callable, Container, Mapping
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from seqloom.errors import SettingsError
from seqloom.tasks import TASKS

Command = TypeVar("Command", bound=Callable[..., Any])
METAVARS: dict[Any, str] = {int: "N", float: "X", tuple: "NAMES"}
SECTIONS = {
    "read": "Reading the data",
    "prepare": "Preparing it",
    "split": "Training, validation and test part",
    "model": "The network",
    "train": "Training it",
    "judge": "Judging it",
}
"""Headings of the help, by room."""


class SettingOption(click.Option):
    """An option that belongs to a section of the help.

    Args:
        section: the heading it stands under.
    """

    def __init__(self, *arguments: Any, section: str, **choices: Any) -> None:  # noqa: ANN401 - passed on to click
        super().__init__(*arguments, **choices)
        self.section = section


class SectionedCommand(click.Command):
    """A command whose help lists its options section by section."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The plain options first, then each section under its heading."""
        sections: dict[str, list[tuple[str, str]]] = {"Options": []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and isinstance(parameter, click.Option):
                sections.setdefault(getattr(parameter, "section", "Options"), []).append(record)
        for heading, records in sections.items():
            with formatter.section(heading):
                formatter.write_dl(records)


def settings_options(
    rooms: Mapping[str, type[BaseModel]], *, only: Container[str] | None = None
) -> Callable[[Command], Command]:
    """A decorator that gives a command one option for every field of the settings, or for some of them.

    An option that was not given reaches the command as None, so that a configuration file or the data can decide.

    Args:
        rooms: the settings of each room, by its name.
        only: the fields to make options of; None: all.
    """
    fields = [
        (name, field, SECTIONS.get(room, room))
        for room, model in rooms.items()
        for name, field in model.model_fields.items()
        if only is None or name in only
    ]

    def decorate(function: Command) -> Command:
        for name, field, section in reversed(fields):
            function = _option(name, field, section)(function)
        return function

    return decorate


def given(values: dict[str, Any]) -> dict[str, Any]:
    """Only the options that were given."""
    return {name: value for name, value in values.items() if value is not None}


def must_have_scale(task: str) -> None:
    """Refuse --metrics-scaled for a task whose metrics have no scaled units.

    Raises:
        SettingsError: the task predicts no numbers.
    """
    came = TASKS[task].subject
    if TASKS[task].model.target_kind != "values":
        fix = f"leave it out: metrics of {came} are not scaled"
        raise SettingsError("--metrics-scaled", expected="numbers to predict", came=came, fix=fix)


def _option(name: str, field: FieldInfo, section: str) -> Callable[[Command], Command]:
    kind = _without_none(field.annotation)
    origin = get_origin(kind) or kind
    flag = name.replace("_", "-")
    words: dict[str, Any] = {"cls": SettingOption, "section": section, "default": None, "help": _help(field)}
    if kind is bool:
        return click.option(f"--{flag}/--no-{flag}", name, **words)
    if origin is Literal:
        return click.option(f"--{flag}", name, type=click.Choice([str(choice) for choice in get_args(kind)]), **words)
    plain, metavar = kind if kind in (int, float) else str, METAVARS.get(origin, "TEXT")
    extra = field.json_schema_extra
    if isinstance(extra, Mapping) and "alone" in extra:  # what the option stands for without a value
        words |= {"is_flag": False, "flag_value": str(extra["alone"])}
        metavar = f"[{metavar}]"
    return click.option(f"--{flag}", name, type=plain, metavar=metavar, **words)


def _help(field: FieldInfo) -> str:
    """The description as a sentence, and the default where it is not chosen from the data."""
    text = (field.description or "").rstrip(".")
    default = field.default
    if isinstance(default, bool):
        default = "on" if default else "off"
    return f"{text[:1].upper()}{text[1:]}." + ("" if default in (None, ()) else f" [default: {default}]")


def _without_none(annotation: object) -> object:
    """The type of a field that may be None; one of several types is read as text and parsed by its model."""
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [part for part in get_args(annotation) if part is not type(None)]
        return rest[0] if len(rest) == 1 else str
    return annotation
