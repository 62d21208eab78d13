import polars as pl
import pytest

from seqloom.errors import SchemaError
from seqloom.read.clock import Clock
from seqloom.read.plan import Plan, need_columns, no_such_column
from seqloom.read.table import Table
from seqloom.sequence import Column

TABLE = Table.of(pl.DataFrame({"load": [1], "OT": [2]}), "a.csv")


def test_columns_that_are_there_are_enough():
    """A table with all columns passes."""
    need_columns(TABLE, ["OT", "load"])


@pytest.mark.parametrize(("name", "close"), [("laod", "load"), ("ot", "OT")])
def test_a_missing_column_suggests_the_closest(name, close):
    """A misspelt name is answered with the column that was probably meant."""
    with pytest.raises(SchemaError, match=f"expected a column '{name}', came columns load, OT; did you mean '{close}'"):
        need_columns(TABLE, [name])


def test_a_strange_name_suggests_nothing():
    """A name unlike all others is answered with the list of columns."""
    assert no_such_column("a.csv", "zzz", ["load"]).fix == "name one of them"


def test_absent_columns_are_not_read():
    """The columns to be read are those the table has."""
    columns = (Column(name="a", kind="number", role="past"), Column(name="b", kind="number", role="target"))
    plan = Plan("long", columns, clock=Clock("time", "temporal"), absent=("b",))
    assert [column.name for column in plan.present] == ["a"]
    assert plan.time == "time"
