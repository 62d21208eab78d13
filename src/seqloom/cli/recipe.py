"""`seqloom recipe`: list, run or copy out the recipes."""

import ast
import runpy
import sys
from pathlib import Path

import click

from seqloom import recipes
from seqloom.errors import InputError, StorageError

NARROW = 12
"""Letters of the column of names at least."""
FOLDER = Path(recipes.__file__).parent


def available() -> dict[str, str]:
    """The first line of each recipe's docstring, by name."""
    lines = {}
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem != "__init__":
            docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            lines[path.stem] = docstring.partition("\n")[0]
    return lines


def find(name: str) -> Path:
    """The file of a recipe.

    Raises:
        InputError: there is no such recipe.
    """
    if name not in available():
        raise InputError("recipe", expected=" or ".join(available()), came=repr(name), fix="choose one of them")
    return FOLDER / f"{name}.py"


@click.group("recipe")
def command() -> None:
    """List, run or copy out the recipes: whole walks as straight-line scripts."""


@command.command("list")
def list_recipes() -> None:
    """List the recipes."""
    recipes = available()
    width = max(NARROW, *(len(name) + 2 for name in recipes))
    for name, line in recipes.items():
        click.echo(f"{name:<{width}}{line}")


@command.command("run", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("name")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def run_recipe(name: str, arguments: tuple[str, ...]) -> None:
    """Run a recipe; arguments after its name are the recipe's own."""
    path = find(name)
    before = sys.argv
    sys.argv = [str(path), *arguments]
    try:
        runpy.run_path(str(path), run_name="__main__")
    finally:
        sys.argv = before


@command.command("copy")
@click.argument("name")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it [default: NAME.py].")
def copy_recipe(name: str, output: Path | None) -> None:
    """Copy a recipe here, to be changed."""
    text = find(name).read_text(encoding="utf-8")
    target = output or Path(f"{name}.py")
    if target.exists():
        raise InputError(str(target), expected="a new file", came="one that exists", fix="name another with -o")
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(
            str(target), expected="a file that can be written", came=str(error.strerror), fix="name another with -o"
        ) from error
    click.echo(str(target))
