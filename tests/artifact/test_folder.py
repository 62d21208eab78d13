"""What is good about a folder; what is bad is in tests/attacks."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from seqloom.artifact import folder as room
from seqloom.artifact.folder import open_folder, write_folder
from seqloom.errors import ArtifactError

MEMBERS = {"manifest.json": b"{}", "report.html": b"", "history.jsonl": bytes(range(256)) * 50}


def test_members_come_back(tmp_path: Path) -> None:
    """Every file is found with its bytes."""
    write_folder(tmp_path, MEMBERS)

    with ExitStack() as stack:
        spans = open_folder(tmp_path, "test", stack)
        assert {name: span.read("test") for name, span in spans.items()} == MEMBERS


def test_every_file_is_closed_again(tmp_path: Path) -> None:
    """Leaving the stack closes all files."""
    write_folder(tmp_path, MEMBERS)
    with ExitStack() as stack:
        files = [span.file for span in open_folder(tmp_path, "test", stack).values()]

    assert all(file.closed for file in files)


def test_a_member_is_never_written_over(tmp_path: Path) -> None:
    """Files are made anew; one that is there already is not touched."""
    (tmp_path / "report.html").write_bytes(b"old")

    with pytest.raises(FileExistsError):
        write_folder(tmp_path, MEMBERS)

    assert (tmp_path / "report.html").read_bytes() == b"old"


def test_a_folder_that_never_rests_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is another one after every look is given up with advice."""
    write_folder(tmp_path, MEMBERS)
    monkeypatch.setattr(room, "_PAUSE", 0)
    monkeypatch.setattr(os.path, "samestat", lambda *_: False)

    with ExitStack() as stack, pytest.raises(ArtifactError, match="one that is replaced all the time; try again"):
        open_folder(tmp_path, "test", stack)
