import os

import pytest

from seqloom.errors import StorageError
from seqloom.train.storage import append_line, make_folder, remove, write_atomically


def test_a_refused_write_leaves_the_file_before(tmp_path, monkeypatch):
    """With a full disk the old content stays, nothing half-written is left, and the message says what to do."""
    path = tmp_path / "file"
    write_atomically(path, b"before")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="came No space left on device; free space"):
        write_atomically(path, b"after")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"before"


def test_what_a_kill_left_behind_is_overwritten(tmp_path):
    """A stale partial file does no harm and does not stay."""
    (tmp_path / ".file.partial").write_bytes(b"half")
    write_atomically(tmp_path / "file", b"whole")
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("file", b"whole")]


def test_lines_are_appended(tmp_path):
    """Each line ends with a line break."""
    append_line(tmp_path / "log", "a")
    append_line(tmp_path / "log", "b")
    assert (tmp_path / "log").read_text() == "a\nb\n"


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    """The message begins with the path."""
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"file/folder: expected a place that can be written"):
        make_folder(tmp_path / "file" / "folder")


def test_removing_what_is_not_there_is_no_error(tmp_path):
    """Afterwards there is no such file, as asked."""
    remove(tmp_path / "none")
    assert not (tmp_path / "none").exists()
