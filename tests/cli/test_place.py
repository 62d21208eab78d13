"""Where a command writes."""

import pytest

from seqloom.cli.place import must_be_writable, workplace
from seqloom.errors import DataError, InputError


def test_a_missing_folder_is_refused_before_any_work(tmp_path):
    """The message names the folder."""
    with pytest.raises(InputError, match="absent: expected a folder to write to, came nothing"):
        must_be_writable(tmp_path / "absent" / "model.loom")


def test_a_file_is_no_folder(tmp_path):
    """Nothing can be written below a file."""
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="came a file"):
        must_be_writable(tmp_path / "file" / "model.loom")


def fail(folder):
    """Work that leaves something in its workplace and fails."""
    with workplace(folder / "model.loom") as place:
        place.mkdir(exist_ok=True)
        (place / "history.jsonl").write_text("")
        raise DataError("a.csv", expected="a number", came="'x'", fix="correct it")


def test_after_an_error_the_workplace_is_gone(tmp_path):
    """Nothing half-written is left behind."""
    with pytest.raises(DataError):
        fail(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_workplace_that_was_there_before_stays(tmp_path):
    """It holds a training somebody may want to resume."""
    (tmp_path / "model.loom.training").mkdir()
    with pytest.raises(DataError):
        fail(tmp_path)
    assert (tmp_path / "model.loom.training").is_dir()
