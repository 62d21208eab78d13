"""The file of a registry that changes: whole, or refused by name."""

import json
from pathlib import Path

import pytest

from seqloom.errors import ArtifactError, MissingFileError
from seqloom.registry import Registry
from seqloom.registry.state import Holdout, Pointer, State, read_state, write_state

GOLDEN = Path(__file__).parent / "golden"
OLD = {"file": "holdout.csv", "sha256": "0" * 64}
NEW = {"file": f"holdouts/{'0' * 64}.csv", "sha256": "0" * 64, "at": "2026-01-02T03:04:05.678Z", "by": "ann"}


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


@pytest.mark.parametrize("version", ["1", "1-plain", "2"])
def test_golden_bytes_are_read_and_written_again(tmp_path, version):
    """Byte for byte, in the version they have: an older program goes on reading what it could read."""
    golden = (GOLDEN / f"registry-{version}.json").read_bytes()
    (tmp_path / "registry.json").write_bytes(golden)
    state = read_state(tmp_path)
    assert (state.format_version, state.champion.version) == (int(version[0]), 2)
    write_state(tmp_path, state)
    assert (tmp_path / "registry.json").read_bytes() == golden


@pytest.mark.parametrize("version", ["1", "1-plain", "2"])
def test_a_registry_keeps_its_version_until_it_needs_another(tmp_path, version):
    """A promotion is written in the old one; a hold-out under its hash needs the new one."""
    (tmp_path / "registry.json").write_bytes((GOLDEN / f"registry-{version}.json").read_bytes())
    state = read_state(tmp_path)
    moved = state.moved(Pointer(version=3, digest="3" * 64), "promote", "ann", "better")
    assert moved.format_version == int(version[0])
    frozen = state.frozen(Holdout.of("a" * 64, ".csv", "ann"))
    assert (frozen.format_version, frozen.holdout.file) == (2, f"holdouts/{'a' * 64}.csv")
    write_state(tmp_path, frozen)
    assert read_state(tmp_path) == frozen


def test_an_empty_state_has_no_champion(tmp_path):
    """Nor anything before it."""
    write_state(tmp_path, State())
    assert (read_state(tmp_path).champion, read_state(tmp_path).earlier()) == (None, [])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"format": "other"},
            "expected the format 'seqloom-registry', version 1 to 2, came 'other', 1; update",
        ),
        ({"format_version": 3}, "came 'seqloom-registry', 3"),
        ({"format_version": True}, "came 'seqloom-registry', True"),
        ({"champion": {"version": 2, "digest": "0" * 64}}, "a champion that was not promoted last"),
        ({"champion": None}, "a champion that was not promoted last"),
        ({"champion": {"version": 1, "digest": "../../etc/passwd"}}, r"registry\.json, champion\.digest"),
        ({"champion": {"version": 0, "digest": "0" * 64}}, r"registry\.json, champion\.version"),
        ({"champion": "1"}, r"registry\.json, champion: expected"),
        ({"promotions": [{"kind": "promote"}]}, r"registry\.json, promotions\.0"),
        ({"holdout": {"file": "../holdout.csv", "sha256": "0" * 64}}, r"registry\.json, holdout\.file"),
        ({"format_version": 2, "holdout": OLD}, "a hold-out of another version than 2"),
        ({"holdout": NEW}, "a hold-out of another version than 1"),
        ({"format_version": 2, "holdout": NEW | {"sha256": "1" * 64}}, "a file that is not called like its hash"),
        ({"format_version": 2, "holdout": NEW | {"file": f"holdouts/{'0' * 64}/../a"}}, r"holdout\.file"),
        ({"format_version": 2, "holdout": NEW | {"by": None}}, "a time and a name for a file of"),
        (
            {"format_version": 2, "holdout": OLD | {"at": "now", "by": "ann"}},
            "a time and a name for a file of",
        ),
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
