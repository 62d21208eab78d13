"""Where trials are kept."""

import pytest

from seqloom.errors import SettingsError, StorageError
from seqloom.tune.storage import address_of, open_storage, told


def nobody(*_):
    """Told of nothing."""


def test_a_path_is_a_file_of_sqlite(tmp_path):
    """The file is made, and opened again."""
    address = address_of(tmp_path / "a.db")
    open_storage(address, nobody)
    assert (tmp_path / "a.db").is_file()
    assert open_storage(address, nobody).get_all_studies() == []


def test_without_an_address_trials_are_in_memory():
    """Nothing is written."""
    assert open_storage(None, nobody).get_all_studies() == []


def test_running_trials_give_signs_of_life(tmp_path):
    """So that another machine can tell that one is lost."""
    assert open_storage(address_of(tmp_path / "a.db"), nobody).get_heartbeat_interval() == 30


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    """The file cannot be made."""
    with pytest.raises(StorageError, match=r"expected a database that keeps trials, came .*unable to open"):
        open_storage(address_of(tmp_path / "no" / "a.db"), nobody)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    """It stays as it was."""
    (tmp_path / "a.db").write_text("not a database at all, but a text that is long enough to be one" * 20)
    with pytest.raises(StorageError, match=r"came .*not a database"):
        open_storage(address_of(tmp_path / "a.db"), nobody)


def test_an_unknown_database_is_refused_without_its_password():
    """A message may be read by anybody."""
    with pytest.raises(SettingsError, match=r"nosuch://me:\*\*\*@host") as caught:
        open_storage("nosuch://me:secret@host/trials", nobody)
    assert "secret" not in str(caught.value)


def test_nothing_is_no_address():
    """An empty variable of a script is noticed."""
    with pytest.raises(SettingsError, match="expected a path or a URL, came nothing"):
        address_of("")


def test_a_file_is_told_by_its_path():
    """As people name it."""
    assert told(address_of("a.tune.db")) == "a.tune.db"
