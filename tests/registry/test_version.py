"""The record of a version: written once, refused by name where it is damaged."""

import json

import pytest

from seqloom.errors import ArtifactError
from seqloom.registry import Version
from seqloom.registry.version import numbers_in


def test_a_record_is_read_as_it_was_written(registry):
    """As JSON that anybody can read."""
    version = registry.version(2)
    assert Version.model_validate(json.loads((registry.folder / "versions" / "2.json").read_text())) == version


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"version": 3}, r"2\.json: expected the record of version 2, came that of 3"),
        ({"digest": "../x"}, r"2\.json, digest: expected version, came"),
        ({"extra": 1}, r"2\.json, extra"),
        ({"parent": 0}, r"2\.json, parent"),
    ],
)
def test_a_damaged_record_names_its_file(registry, fields, words):
    """And the field."""
    file = registry.folder / "versions" / "2.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | fields))
    for ask in (registry.versions, lambda: registry.version(2), lambda: registry.promote(2, expected=1, why="")):
        with pytest.raises(ArtifactError, match=words):
            ask()


def test_other_files_beside_the_records_are_nobodys(registry):
    """Temporaries of a killed process, notes, numbers written otherwise."""
    for name in (".4.json.ab12.tmp", "notes.json", "04.json", "-1.json", "\N{FULLWIDTH DIGIT FOUR}.json"):
        (registry.folder / "versions" / name).write_text("{}")
    assert numbers_in(registry.folder) == [1, 2, 3]


@pytest.mark.parametrize(
    ("metrics", "bad"),
    [
        ({"test": {"mse": 1.0, "r2": -3}}, []),
        ({"test": {"mse": None}, "validation": {"mse": float("nan")}}, ["test.mse", "validation.mse"]),
        (
            {"test": {"mse": float("inf"), "classes": {"a": None}}, "note": "x", "sure": True},
            ["test.mse", "test.classes.a"],
        ),
        ({}, []),
    ],
)
def test_metrics_that_are_not_finite_are_named(registry, metrics, bad):
    """At any depth; what is no number is no metric."""
    assert registry.version(1).model_copy(update={"metrics": metrics}).not_finite == bad
