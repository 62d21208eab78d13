"""Where commands write."""

import pytest

from seqloom.cli.place import must_be_free, must_be_writable, workplace
from seqloom.errors import DataError, InputError

ERROR = DataError("here", expected="a number", came="none", fix="correct it")


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    """It is not made in silence: the path may be a typing error."""
    with pytest.raises(
        InputError, match="nowhere: expected a folder to write to, came nothing; make it, or name another"
    ):
        must_be_writable(tmp_path / "nowhere" / "model.loom")


def test_a_file_is_no_folder(tmp_path):
    """A file in the place of the folder is named."""
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="expected a folder to write to, came a file"):
        must_be_writable(tmp_path / "file" / "model.loom")


def test_a_folder_that_takes_no_files_is_refused(tmp_path, monkeypatch):
    """The work is not begun."""
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(InputError, match="came one that takes no files"):
        must_be_writable(tmp_path / "model.loom")


def fail(artifact, error):
    """Work that begins, leaves something in its folder, and fails."""
    with workplace(artifact) as folder:
        folder.mkdir(exist_ok=True)
        raise error


def test_a_workplace_is_cleared_after_an_error(tmp_path):
    """What failed leaves nothing behind."""
    with pytest.raises(DataError, match="a number"):
        fail(tmp_path / "model.loom", ERROR)
    assert list(tmp_path.iterdir()) == []


def test_a_workplace_from_before_survives_an_error(tmp_path):
    """A training that was cut short can still be resumed after a mistake on the command line."""
    (tmp_path / "model.loom.training").mkdir()
    with pytest.raises(DataError, match="a number"):
        fail(tmp_path / "model.loom", ERROR)
    assert [path.name for path in tmp_path.iterdir()] == ["model.loom.training"]


def test_a_workplace_survives_a_kill(tmp_path):
    """What is no error of ours leaves the folder to be resumed from."""
    with pytest.raises(KeyboardInterrupt):
        fail(tmp_path / "model.loom", KeyboardInterrupt())
    assert [path.name for path in tmp_path.iterdir()] == ["model.loom.training"]


def test_a_page_of_something_else_is_not_overwritten(tmp_path):
    """A file beside the model-to-be that no model of its name has made is somebody's own."""
    (tmp_path / "data.html").write_text("mine")
    with pytest.raises(InputError, match=r"data\.html: expected a free place beside the model, came a file; move it"):
        must_be_free(tmp_path / "data.loom", (".html", ".settings.yaml"))


def test_the_page_of_an_earlier_model_is(tmp_path):
    """It is replaced together with its model."""
    for name in ("data.loom", "data.html"):
        (tmp_path / name).touch()
    must_be_free(tmp_path / "data.loom", (".html", ".settings.yaml"))
