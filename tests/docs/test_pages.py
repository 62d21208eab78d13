"""Pages that repeat what the code says repeat it word for word."""

import tomllib
from inspect import cleandoc
from pathlib import Path

import pytest

from seqloom import errors, shapes

ROOT = Path(__file__).resolve().parents[2]
ERRORS = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_floors_are_those_that_are_checked():
    """The floors shown on the architecture page are the layers import-linter is given."""
    contract, *_ = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert "\n```text\n" + "\n".join(contract["layers"]) + "\n```\n" in ARCHITECTURE


@pytest.mark.parametrize("row", [line for line in shapes.__doc__.splitlines() if line.startswith("| `")])
def test_the_shape_letters_are_those_of_the_code(row):
    """Each shape letter is explained on the architecture page as it is in `seqloom.shapes`."""
    assert row in ARCHITECTURE


def test_the_rooms_are_those_of_the_package():
    """The architecture page lists every folder of the package as a room, from the lowest floor up, and no other."""
    listed = [line.split()[0] for line in ARCHITECTURE.splitlines() if line.startswith("    ") and "/  " in line]
    assert sorted(listed) == sorted(f"{door.parent.name}/" for door in (ROOT / "src/seqloom").glob("*/__init__.py"))


def test_the_tree_of_errors_is_that_of_the_code():
    """The errors page draws the tree as it stands on top of `seqloom.errors`."""
    tree = cleandoc(errors.__doc__).split("\n\n")[1]
    assert f"\n```text\n{cleandoc(tree)}\n```\n" in ERRORS


def test_every_error_is_explained():
    """Each error one may meet has a row of its own on the errors page."""
    leaves = [name for name in vars(errors) if name.endswith("Error") and name not in ("SeqloomError", "InputError")]
    assert [name for name in leaves if f"\n| `{name}` | " not in ERRORS] == []
