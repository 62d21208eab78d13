"""The written specification says what the code does."""

import re
from pathlib import Path

import pytest

from seqloom.artifact.manifest import Manifest
from seqloom.artifact.members import LARGEST, MEBIBYTE
from seqloom.artifact.migrations import FORMAT, FORMAT_VERSION
from seqloom.artifact.tensors import DTYPES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "artifact-format.md").read_text(encoding="utf-8")


def test_the_members_and_their_limits_are_those_of_the_code() -> None:
    """The page's table lists every member, in order, with its largest size."""
    rows = re.findall(r"^\| `([a-z.]+)` \| (?:required|optional) \| (\d+) MiB \|", PAGE, re.MULTILINE)

    assert [(name, int(size) * MEBIBYTE) for name, size in rows] == list(LARGEST.items())


@pytest.mark.parametrize("field", Manifest.model_fields)
def test_every_field_of_the_manifest_is_described(field: str) -> None:
    """The page's table has a row for each field, under its name in the file."""
    name = Manifest.model_fields[field].alias or field

    assert re.search(rf"^\|.*`{name}`.* \|", PAGE, re.MULTILINE)


def test_the_element_types_are_those_of_the_code() -> None:
    """The page lists the dtypes a tensor may have."""
    assert " ".join(f"`{name}`" for name in DTYPES) in PAGE


def test_the_version_is_that_of_the_code() -> None:
    """Title and fields name the format and the newest version."""
    assert PAGE.startswith(f"# Artifact format, version {FORMAT_VERSION}\n")
    assert f'`"{FORMAT}"`' in PAGE
