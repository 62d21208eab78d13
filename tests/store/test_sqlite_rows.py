"""Rows written with few statements are those that were given."""

import sqlite3

import pytest

from seqloom.store.sqlite_rows import Upsert

WRITE = Upsert("numbers (name, value)", 2, "(name) DO UPDATE SET value = excluded.value")


@pytest.fixture
def connection():
    """A table in memory."""
    found = sqlite3.connect(":memory:", isolation_level=None)
    found.execute("CREATE TABLE numbers (name TEXT PRIMARY KEY, value INTEGER)")
    yield found
    found.close()


def held(connection):
    """What the table holds."""
    return dict(connection.execute("SELECT name, value FROM numbers"))


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 63, 64, 65, 137, 200])
def test_each_row_is_there_once_however_many_there_are(connection, count):
    """Whether or not statements divide them evenly."""
    rows = [(f"n{one}", one) for one in range(count)]
    WRITE.write(connection, rows)
    assert held(connection) == dict(rows)


def test_a_row_takes_the_place_of_the_one_before_it(connection):
    """Of an earlier write, and within one."""
    WRITE.write(connection, [(f"n{one}", one) for one in range(70)])
    WRITE.write(connection, [("n3", 30), *[(f"n{one}", -one) for one in range(60, 70)], ("n3", 31)])
    assert held(connection) == {f"n{one}": -one if one >= 60 else one for one in range(70)} | {"n3": 31}


def test_many_rows_need_few_statements(connection):
    """Other threads take their turn at each of them."""
    said = []
    connection.set_trace_callback(said.append)
    WRITE.write(connection, [(f"n{one}", one) for one in range(64 + 16 + 3)])
    assert len(said) == 1 + 2 + 3


def test_what_sqlite_says_is_what_the_caller_hears(connection):
    """A row of the wrong width is a mistake of ours, and no half of it is written."""
    with pytest.raises(sqlite3.Error):
        WRITE.write(connection, [("a", 1, 2)])
    assert held(connection) == {}
