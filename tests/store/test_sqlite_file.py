"""An SQLite file that one process owns."""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from seqloom.errors import InputError, MissingFileError, SeqloomError, StorageError
from seqloom.store import Change, SQLiteStore
from seqloom.store.sqlite_file import APPLICATION, SCHEMA, VERSION, opened
from tests.store.conftest import a_session
from tests.store.refused_calls import outcome_without_rights

OPENS = "import sys; from seqloom.store import SQLiteStore; SQLiteStore(sys.argv[1]).close()"


def opened_elsewhere(path):
    """What another process says that opens a store."""
    words = [sys.executable, "-c", OPENS, str(path)]
    return subprocess.run(words, capture_output=True, text=True, check=False).stderr


def asked(path, question):
    """The answer of an SQLite database to a question, once the store is closed."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def test_a_new_file_says_what_it_is(tmp_path):
    """Whose it is and of which version stand in its header."""
    opened(tmp_path / "live.db").close()
    header = (tmp_path / "live.db").read_bytes()[:100]
    assert header.startswith(b"SQLite format 3\0")
    assert header[68:72] == b"seql" == APPLICATION.to_bytes(4)
    assert int.from_bytes(header[60:64]) == VERSION


def test_the_tables_are_those_of_the_specification():
    """Word by word."""
    page = (Path(__file__).parents[2] / "docs" / "store-format.md").read_text(encoding="utf-8")
    given = page.partition("```sql\n")[2].partition("```")[0]
    assert sorted(given.split(";\n")[:-1]) == sorted(SCHEMA)
    assert f"0x{APPLICATION:X}" in page
    assert f"version {VERSION}\n" in page


def test_every_commit_reaches_the_disk(tmp_path):
    """The log is written ahead and flushed with each commit, and the file is ours alone."""
    connection = opened(tmp_path / "live.db")
    found = [
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "fullfsync")
    ]
    assert found == ["wal", 2, 1]
    assert connection.execute("PRAGMA locking_mode").fetchone() == ("exclusive",)
    connection.close()


def test_nothing_lies_beside_a_closed_store(tmp_path):
    """The log goes into the file, so that one file can be copied."""
    with SQLiteStore(tmp_path / "live.db") as store:
        store.commit(Change([a_session()]))
        assert {path.name for path in tmp_path.iterdir()} == {"live.db", "live.db-wal"}
    assert [path.name for path in tmp_path.iterdir()] == ["live.db"]


@pytest.mark.parametrize("committed", [False, True])
def test_another_process_is_refused(tmp_path, committed):
    """From the moment the store is open; a try in this process does not open it to others."""
    with SQLiteStore(tmp_path / "live.db") as store:
        if committed:
            store.commit(Change([a_session()]))
        with pytest.raises(StorageError, match="another server owns"):
            SQLiteStore(tmp_path / "live.db")
        said = opened_elsewhere(tmp_path / "live.db")
        assert "StorageError" in said.splitlines()[-1]
        assert f"{tmp_path}/live.db: expected a store that nobody else uses, came one that another server owns" in said
    assert opened_elsewhere(tmp_path / "live.db") == ""


def test_the_same_file_under_another_name_is_refused(tmp_path):
    """A link leads to the same store."""
    (tmp_path / "link.db").symlink_to(tmp_path / "live.db")
    with SQLiteStore(tmp_path / "live.db"), pytest.raises(StorageError, match="another server owns"):
        SQLiteStore(tmp_path / "link.db")


def test_a_store_that_is_being_read_by_another_program_is_refused(tmp_path):
    """It could not be locked."""
    opened(tmp_path / "live.db").close()
    reader = sqlite3.connect(tmp_path / "live.db")
    reader.execute("SELECT * FROM sessions").fetchall()
    with pytest.raises(StorageError, match="another server owns"):
        opened(tmp_path / "live.db")
    reader.close()
    opened(tmp_path / "live.db").close()


def test_an_empty_file_becomes_a_store(tmp_path):
    """It is what a process leaves that was killed in its first moment."""
    (tmp_path / "live.db").touch()
    opened(tmp_path / "live.db").close()
    assert asked(tmp_path / "live.db", "SELECT count(*) FROM sessions") == [(0,)]


def test_a_store_killed_while_it_was_made_is_made_again(tmp_path):
    """The log's mark is in the header, the tables are not there yet."""
    asked(tmp_path / "live.db", "PRAGMA journal_mode = WAL")
    opened(tmp_path / "live.db").close()
    assert asked(tmp_path / "live.db", "SELECT count(*) FROM sessions") == [(0,)]


@pytest.mark.parametrize(
    ("statement", "came"),
    [
        ("CREATE TABLE notes (text)", "another program's database"),
        ("PRAGMA application_id = 7", "another program's database"),
    ],
)
def test_a_database_of_another_program_is_left_alone(tmp_path, statement, came):
    """Not a byte of it changes."""
    asked(tmp_path / "notes.db", statement)
    before = (tmp_path / "notes.db").read_bytes()
    with pytest.raises(InputError, match=came):
        opened(tmp_path / "notes.db")
    assert (tmp_path / "notes.db").read_bytes() == before


@pytest.mark.parametrize("version", [0, VERSION + 1, 2**31 - 1])
def test_a_store_of_another_version_is_left_alone(tmp_path, version):
    """A later one may mean something else by the same columns."""
    opened(tmp_path / "live.db").close()
    asked(tmp_path / "live.db", f"PRAGMA user_version = {version}")
    with pytest.raises(InputError, match=f"expected a store of version {VERSION}, came one of version {version}"):
        opened(tmp_path / "live.db")


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE records",
        "DROP INDEX records_at",
        "ALTER TABLE sessions ADD COLUMN more",
        "CREATE TRIGGER t AFTER INSERT ON sessions BEGIN DELETE FROM sessions; END",
        "CREATE VIEW v AS SELECT 1",
    ],
)
def test_tables_that_are_not_those_of_the_version_are_refused(tmp_path, statement):
    """Above all what would act when a session is written."""
    opened(tmp_path / "live.db").close()
    asked(tmp_path / "live.db", statement)
    with pytest.raises(InputError, match="other tables"):
        opened(tmp_path / "live.db")


def test_indexes_and_tables_beside_ours_do_no_harm(tmp_path):
    """Who looks into the file with SQLite's own tools may make it faster."""
    opened(tmp_path / "live.db").close()
    asked(tmp_path / "live.db", "CREATE INDEX mine ON records (digest)")
    asked(tmp_path / "live.db", "ANALYZE")
    opened(tmp_path / "live.db").close()


@pytest.mark.parametrize("size", [16, 100, 4096])
def test_a_damaged_header_is_told(tmp_path, size):
    """Nothing is written into a file that cannot be read."""
    opened(tmp_path / "live.db").close()
    good = (tmp_path / "live.db").read_bytes()
    (tmp_path / "live.db").write_bytes(bytes(size) + good[size:])
    with pytest.raises(SeqloomError, match=r"damaged|other tables") as refused:
        opened(tmp_path / "live.db")
    assert "\n" not in str(refused.value)


def test_a_file_of_text_is_no_store(tmp_path):
    """It stays what it was."""
    (tmp_path / "live.db").write_text("time,load\n0,1\n" * 100)
    with pytest.raises(InputError, match="another file, or one with a damaged header"):
        opened(tmp_path / "live.db")
    assert (tmp_path / "live.db").read_text() == "time,load\n0,1\n" * 100


def test_a_folder_is_no_store(tmp_path):
    """The message proposes a file in it."""
    with pytest.raises(InputError, match="expected a file, came a folder; name a file in it"):
        opened(tmp_path)


def test_the_folder_has_to_be_there(tmp_path):
    """A wrong path is not made true."""
    with pytest.raises(MissingFileError, match=f"{tmp_path}/none: expected a folder, came none there"):
        opened(tmp_path / "none" / "live.db")
    assert not (tmp_path / "none").exists()


def test_a_place_where_no_file_can_be_made_is_told():
    """As a folder of the kernel's."""
    with pytest.raises(StorageError, match="may be read and written"):
        opened(Path("/proc/self/live.db"))


def test_a_file_that_may_only_be_read_is_told():
    """Before the first reading comes, not with it."""
    folder = Path(tempfile.mkdtemp())  # pytest's folders are closed to other users
    try:
        opened(folder / "live.db").close()
        (folder / "live.db").chmod(0o444)
        folder.chmod(0o555)
        refused = outcome_without_rights(lambda: opened(folder / "live.db"))
        assert isinstance(refused, StorageError)
        assert "give the right to write" in str(refused)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_special_names_are_files(tmp_path, monkeypatch):
    """SQLite would take this one for its memory."""
    monkeypatch.chdir(tmp_path)
    opened(Path(":memory:")).close()
    assert (tmp_path / ":memory:").is_file()
