"""A store by its address."""

import builtins
import sys
from pathlib import Path

import pytest

from seqloom.errors import SettingsError
from seqloom.store import MemoryStore, SQLiteStore, open_store


def test_no_address_is_memory():
    """For streams inside a program."""
    assert isinstance(open_store(None), MemoryStore)


@pytest.mark.parametrize("address", ["sqlite:///live.db", "SQLite:///live.db", "live.db", "./live.db", Path("live.db")])
def test_a_file_is_made_where_the_program_runs(address, tmp_path, monkeypatch):
    """Three slashes are a relative path; a path alone is one too."""
    monkeypatch.chdir(tmp_path)
    with open_store(address) as store:
        assert isinstance(store, SQLiteStore)
    assert (tmp_path / "live.db").is_file()


@pytest.mark.parametrize("name", ["live.db", "live.sqlite", "live.SQLITE3", "a b%20.db"])
def test_a_file_is_made_where_the_address_says(name, tmp_path):
    """Four slashes are an absolute path, taken as it is written."""
    open_store(f"sqlite:///{tmp_path}/{name}").close()
    assert (tmp_path / name).is_file()
    open_store(tmp_path / name).close()


def test_any_ending_will_do_where_the_address_says_sqlite(tmp_path):
    """Only a path alone has to show that it is one."""
    open_store(f"sqlite:///{tmp_path}/state").close()
    assert (tmp_path / "state").is_file()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "live",
        "live.txt",
        "mysql://me:secret@host/live",
        "sqlite://",
        "sqlite:///",
        "sqlite://host/live.db",
        ":memory:",
    ],
)
def test_other_addresses_are_refused_with_those_that_are_known(address):
    """A password in them is not shown."""
    with pytest.raises(
        SettingsError, match=r"expected sqlite:///FILE, the path of a \.db file, or postgresql://"
    ) as refused:
        open_store(address)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_without_its_package_says_how_to_get_it(scheme, monkeypatch):
    """The package is asked for only here."""
    load = builtins.__import__

    def without(name, *rest):
        if name.partition(".")[0] == "psycopg":
            raise ImportError(name)
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    for module in [name for name in sys.modules if name.startswith(("psycopg", "seqloom.store.postgres"))]:
        monkeypatch.delitem(sys.modules, module)
    with pytest.raises(SettingsError, match=r"pip install 'seqloom\[postgres\]'"):
        open_store(f"{scheme}://me:secret@host/live")


@pytest.mark.xdist_group("postgres")
@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "PostgreSQL"])
def test_a_server_is_reached_by_its_address(scheme, server):
    """The scheme may be written short, or large."""
    address = server.url(server.new_schema()).replace("postgresql", scheme, 1)
    with open_store(address) as store:
        assert store.count() == 0
