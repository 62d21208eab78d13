"""What the commands say line by line: data on stdout, talk on stderr."""

import json
from collections.abc import Mapping

import click


def say(text: str) -> None:
    """A line of talk, on stderr."""
    click.echo(text, err=True)


def counted(number: int, noun: str = "example") -> str:
    """So many of something: `1 example`, `2 examples`."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def print_json(value: object) -> None:
    """One JSON object on stdout; numbers that are not finite become null, which JSON can hold."""
    click.echo(json.dumps(_finite(value), allow_nan=False))


def _finite(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name): _finite(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(entry) for entry in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):  # noqa: PLR0124 - only NaN differs from itself
        return None
    return value
