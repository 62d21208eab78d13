from pathlib import Path

import pytest

from seqloom.artifact import read_container, write_container
from seqloom.errors import SettingsError

MANIFEST = {"task": "x"}


def test_a_path_without_ending_gets_one(tmp_path: Path) -> None:
    """The single file is called `.loom` where the user names no ending."""
    assert write_container(tmp_path / "model", MANIFEST, {}) == tmp_path / "model.loom"


def test_the_ending_may_be_left_out_when_reading(tmp_path: Path) -> None:
    """What was saved as `model` is found as `model`."""
    write_container(tmp_path / "model", MANIFEST, {})

    assert read_container(tmp_path / "model").manifest == MANIFEST


def test_another_ending_is_kept(tmp_path: Path) -> None:
    """An ending the user chose stays."""
    assert write_container(tmp_path / "model.v1", MANIFEST, {}) == tmp_path / "model.v1"


def test_a_slash_at_the_end_asks_for_a_folder(tmp_path: Path) -> None:
    """A path that ends with a slash becomes a folder."""
    assert write_container(f"{tmp_path}/model/", MANIFEST, {}).is_dir()


def test_an_empty_folder_becomes_the_artifact(tmp_path: Path) -> None:
    """A path to an existing empty folder is filled."""
    (tmp_path / "model").mkdir()
    write_container(tmp_path / "model", MANIFEST, {})

    assert [path.name for path in (tmp_path / "model").iterdir()] == ["manifest.json"]


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    """A path into a folder that is not there yet makes it."""
    assert write_container(tmp_path / "new" / "folder" / "model.loom", MANIFEST, {}).is_file()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    """A folder that holds a user's own files is never replaced."""
    (tmp_path / "thesis.tex").write_text("ten years of work")

    with pytest.raises(SettingsError, match=r"a folder with other things in it: 'thesis.tex'"):
        write_container(tmp_path, MANIFEST, {})


def test_a_file_that_is_no_artifact_is_left_alone(tmp_path: Path) -> None:
    """A file that is no artifact, the training table for instance, is never replaced."""
    (tmp_path / "load.csv").write_text("date,load\n")

    with pytest.raises(SettingsError, match="a file that is not an artifact; choose another path"):
        write_container(tmp_path / "load.csv", MANIFEST, {})


def test_a_file_is_not_replaced_by_a_folder(tmp_path: Path) -> None:
    """A folder asked for where a file stands is refused."""
    path = write_container(tmp_path / "model.loom", MANIFEST, {})

    with pytest.raises(SettingsError, match="a file where a folder is asked for"):
        write_container(path, MANIFEST, {}, as_directory=True)


def test_an_older_artifact_is_replaced(tmp_path: Path) -> None:
    """Saving over an artifact puts the new one in its place, whole."""
    path = write_container(tmp_path / "model", MANIFEST, {"history.jsonl": b"old", "report.html": b"old"})
    write_container(path, {"task": "y"}, {"history.jsonl": b"new"})

    container = read_container(path)
    assert (container.manifest, container.members) == ({"task": "y"}, {"history.jsonl": b"new"})
