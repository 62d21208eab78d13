"""Command-line options, made from the fields of the settings models."""

import types
from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo

Command = TypeVar("Command", bound=Callable[..., Any])
METAVARS: dict[Any, str] = {int: "N", float: "X", tuple: "NAMES"}


def settings_options(models: Iterable[type[BaseModel]]) -> Callable[[Command], Command]:
    """A decorator that gives a command one option for every field of the models.

    An option that was not given reaches the command as None, so that a configuration file or the data can decide.
    """
    fields = [(name, field) for model in models for name, field in model.model_fields.items()]

    def decorate(function: Command) -> Command:
        for name, field in reversed(fields):
            function = _option(name, field)(function)
        return function

    return decorate


def given(values: dict[str, Any]) -> dict[str, Any]:
    """Only the options that were given."""
    return {name: value for name, value in values.items() if value is not None}


def _option(name: str, field: FieldInfo) -> Callable[[Command], Command]:
    kind = _without_none(field.annotation)
    origin = get_origin(kind) or kind
    flag = name.replace("_", "-")
    default = "" if field.default in (None, ()) else f" [default: {field.default}]"
    text = f"{field.description}{default}"
    if kind is bool:
        return click.option(f"--{flag}/--no-{flag}", name, default=None, help=text)
    if origin is Literal:
        choices = click.Choice([str(choice) for choice in get_args(kind)])
        return click.option(f"--{flag}", name, type=choices, default=None, help=text)
    plain = kind if kind in (int, float) else str
    return click.option(f"--{flag}", name, type=plain, default=None, metavar=METAVARS.get(origin, "TEXT"), help=text)


def _without_none(annotation: object) -> object:
    """The type of a field that may be None; one of several types is read as text and parsed by its model."""
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [part for part in get_args(annotation) if part is not type(None)]
        return rest[0] if len(rest) == 1 else str
    return annotation
