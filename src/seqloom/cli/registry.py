"""`seqloom registry`: versions of a model, and which of them is used."""

from importlib import import_module
from pathlib import Path

import click

from seqloom.artifact.champion import REGISTRY
from seqloom.cli.console import shown, stdout
from seqloom.cli.talk import print_json, say
from seqloom.errors import SettingsError
from seqloom.registry import Registry, Version

FOLDER = click.Path(path_type=Path)
SHOWN = 12
"""Digits of a digest that are shown: enough to know it by."""
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
WHY = click.option("--why", default="", help="The reason, for the history.")
CHAMPION, NONE = "champion", "none"


@click.group("registry")
def command() -> None:
    """Keep versions of a model in a folder that stands for one of them, its champion."""


@command.command("add")
@click.argument("registry", type=FOLDER)
@click.argument("model", type=click.Path())
@click.option("--parent", type=int, help="The version its training began from.")
@click.option("--note", default="", help="What shall be known of it.")
@click.option("--holdout", type=FOLDER, help="A file every challenger will be tested on; frozen once.")
@click.option("--promote", is_flag=True, help="Make it the champion at once, if there is none yet.")
@AS_JSON
def add(
    registry: Path, model: str, parent: int | None, note: str, holdout: Path | None, *, promote: bool, as_json: bool
) -> None:
    """Add MODEL to REGISTRY as a version; the registry is made where there is none."""
    opened = Registry(registry) if (registry / REGISTRY).is_file() else Registry.make(registry, holdout=holdout)
    if holdout is not None:
        opened.hold_out(holdout)
    version = opened.add(model, parent=parent, note=note)
    if promote:
        opened.promote(version.version, expected=None, why="the first version")
    if as_json:
        print_json(version.model_dump(mode="json"))
    else:
        click.echo(f"version {version.version}{', champion' if promote else ''}")


@command.command("list")
@click.argument("registry", type=FOLDER)
@AS_JSON
def list_versions(registry: Path, *, as_json: bool) -> None:
    """List the versions of REGISTRY, and how its champion changed."""
    opened = Registry(registry)
    versions, promotions = opened.versions(), opened.promotions()
    champion = promotions[-1].after if promotions else None
    if as_json:
        every = [one.model_dump(mode="json") for one in versions]
        print_json({"champion": champion, "versions": every, "promotions": [one.model_dump() for one in promotions]})
        return
    for one in versions:
        mark = "*" if one.version == champion else " "
        origin = "" if one.parent is None else f"from {one.parent}"
        facts = (f"{one.version:>4}", one.digest[:SHOWN], one.added[:19], f"{origin:<8}", one.note)
        click.echo(f"{mark}{'  '.join(facts)}".rstrip())
    for move in promotions:
        before = "nothing" if move.before is None else str(move.before)
        say(f"{move.at[:19]}  {move.kind} {before} -> {move.after} by {move.by}{f': {move.why}' if move.why else ''}")


@command.command("show")
@click.argument("registry", type=FOLDER)
@click.argument("version", default=CHAMPION)
@AS_JSON
def show(registry: Path, version: str, *, as_json: bool) -> None:
    """Show a VERSION of REGISTRY [default: the champion]."""
    opened = Registry(registry)
    found = _found(opened, version)
    if as_json:
        print_json(found.model_dump(mode="json") | {"artifact": str(opened.artifact(found))})
        return
    facts = {name: value for name, value in found.model_dump(mode="json").items() if value not in (None, "", {})}
    for name, value in (facts | {"artifact": str(opened.artifact(found))}).items():
        if isinstance(value, dict):
            stdout().print(f"{name}:", markup=False)
            for inner, own in value.items():
                stdout().print(f"  {inner}: {_line(own)}", markup=False, soft_wrap=True)
        else:
            stdout().print(f"{name}: {value}", markup=False, soft_wrap=True)


@command.command("promote")
@click.argument("registry", type=FOLDER)
@click.argument("version", type=int)
@click.option("--expected", help="The champion as you know it, a number or `none` [default: as it is now].")
@WHY
@AS_JSON
def promote(registry: Path, version: int, expected: str | None, why: str, *, as_json: bool) -> None:
    """Make VERSION the champion of REGISTRY, if the champion is the expected one."""
    opened = Registry(registry)
    promotions = opened.promotions()
    known = (promotions[-1].after if promotions else None) if expected is None else _expected(expected)
    move = opened.promote(version, expected=known, why=why)
    if as_json:
        print_json(move.model_dump())
    else:
        click.echo(f"version {move.after} is the champion")


@command.command("rollback")
@click.argument("registry", type=FOLDER)
@click.option("--expected", type=int, help="The champion as you know it [default: as it is now].")
@WHY
@AS_JSON
def rollback(registry: Path, expected: int | None, why: str, *, as_json: bool) -> None:
    """Make the champion of REGISTRY before the present one the champion again."""
    move = Registry(registry).rollback(expected=expected, why=why)
    if as_json:
        print_json(move.model_dump())
    else:
        click.echo(f"version {move.after} is the champion again")


@command.command("export")
@click.argument("where", type=click.Choice(["mlflow"]))
@click.argument("registry", type=FOLDER)
@click.option("--uri", required=True, help="Of the server, http://…; or of a folder, file:///….")
@click.option("--name", required=True, help="Of the experiment and the registered model there.")
@AS_JSON
def export(where: str, registry: Path, uri: str, name: str, *, as_json: bool) -> None:
    """Log the versions of REGISTRY in MLflow, and set its alias `champion`; what is there already stays."""
    opened = Registry(registry)
    try:
        told = import_module("seqloom.registry.tracking").export_mlflow(opened, uri=uri, name=name)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("seqloom"):
            raise
        fix = "pip install 'seqloom[track]'"
        raise SettingsError(
            where, expected="the packages of the extra 'track'", came=f"no {error.name}", fix=fix
        ) from error
    if as_json:
        print_json({"versions": told})
    else:
        for number, there in told.items():
            click.echo(f"version {number}  {name} {there} in MLflow")


def _found(registry: Registry, version: str) -> Version:
    if version == CHAMPION:
        return registry.version(registry.champion().version)
    return registry.version(_number(version, "version", f"a number or {CHAMPION}"))


def _expected(text: str) -> int | None:
    return None if text == NONE else _number(text, "--expected", f"a number or {NONE}")


def _number(text: str, where: str, expected: str) -> int:
    if not (text.isdecimal() and text.isascii()):
        raise SettingsError(where, expected=expected, came=repr(text), fix="see seqloom registry list")
    return int(text)


def _line(value: object) -> str:
    """A value of a record in one line."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_line(own)}" for name, own in value.items())
    return shown(value)
