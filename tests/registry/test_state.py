"""The file of a registry that changes: whole, or refused by name."""

import json

import pytest

from seqloom.errors import ArtifactError, MissingFileError
from seqloom.registry import Registry
from seqloom.registry.state import State, read_state, write_state


def changed(registry, **fields):
    """The registry with other fields in its file."""
    file = registry.folder / "registry.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | fields))
    return registry


def test_a_state_is_read_as_it_was_written(registry, tmp_path):
    """Every field of it."""
    state = read_state(registry.folder)
    write_state(tmp_path, state)
    assert read_state(tmp_path) == state


def test_an_empty_state_has_no_champion(tmp_path):
    """Nor anything before it."""
    write_state(tmp_path, State())
    assert (read_state(tmp_path).champion, read_state(tmp_path).earlier()) == (None, [])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"format": "other"}, "expected the format 'seqloom-registry', version 1, came 'other', 1; update seqloom, or"),
        ({"format_version": 2}, "came 'seqloom-registry', 2"),
        ({"champion": {"version": 2, "digest": "0" * 64}}, "a champion that was not promoted last"),
        ({"champion": None}, "a champion that was not promoted last"),
        ({"champion": {"version": 1, "digest": "../../etc/passwd"}}, r"registry\.json, champion\.digest"),
        ({"champion": {"version": 0, "digest": "0" * 64}}, r"registry\.json, champion\.version"),
        ({"champion": "1"}, r"registry\.json, champion: expected"),
        ({"promotions": [{"kind": "promote"}]}, r"registry\.json, promotions\.0"),
        ({"holdout": {"file": "../holdout.csv", "sha256": "0" * 64}}, r"registry\.json, holdout\.file"),
        ({"more": 1}, r"registry\.json, more"),
    ],
)
def test_a_damaged_state_names_its_file(registry, fields, words):
    """And the field; no path of it leads out of the folder."""
    changed(registry, **fields)
    with pytest.raises(ArtifactError, match=words):
        Registry(registry.folder)


def test_promotions_that_do_not_follow_each_other_are_damage(registry):
    """One was taken out by hand."""
    registry.promote(2, expected=1, why="")
    registry.promote(3, expected=2, why="")
    promotions = json.loads((registry.folder / "registry.json").read_text())["promotions"]
    changed(registry, promotions=[promotions[0], promotions[2]])
    with pytest.raises(ArtifactError, match="a promotion of version 3 over 2, not over 1"):
        Registry(registry.folder)


@pytest.mark.parametrize(("raw", "words"), [(b"", "not JSON"), (b"[]", "a JSON object"), (b'{"a"', "unpaired")])
def test_a_cut_file_names_itself(registry, raw, words):
    """Empty, of another kind, or half of it."""
    (registry.folder / "registry.json").write_bytes(raw)
    with pytest.raises(ArtifactError, match=rf"registry\.json: .*{words}"):
        Registry(registry.folder)


def test_a_state_that_is_not_there_is_told(tmp_path):
    """As a file that is missing."""
    with pytest.raises(MissingFileError, match=r"registry\.json"):
        read_state(tmp_path)
