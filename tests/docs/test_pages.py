"""Pages that repeat what the code says repeat it word for word."""

import tomllib
from pathlib import Path

import pytest

from seqloom import shapes

ROOT = Path(__file__).resolve().parents[2]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_floors_are_those_that_are_checked():
    """The floors shown on the architecture page are the layers import-linter is given."""
    contract, *_ = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert "\n```text\n" + "\n".join(contract["layers"]) + "\n```\n" in ARCHITECTURE


@pytest.mark.parametrize("row", [line for line in shapes.__doc__.splitlines() if line.startswith("| `")])
def test_the_shape_letters_are_those_of_the_code(row):
    """Each shape letter is explained on the architecture page as it is in `seqloom.shapes`."""
    assert row in ARCHITECTURE
