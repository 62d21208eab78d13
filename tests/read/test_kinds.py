import datetime as dt

import polars as pl
import pytest

from seqloom.errors import SchemaError
from seqloom.read import ReadSettings
from seqloom.read.kinds import all_differ, find_kinds, values_of
from seqloom.read.table import Table


def kinds(columns, **settings):
    """Kinds and notes for all columns."""
    return find_kinds(Table.of(pl.DataFrame(columns), "a.csv"), ReadSettings(**settings), list(columns))


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([1, 2, 2], "number"),
        ([True, False, True], "number"),
        (["1", "2", "oops"], "number"),
        (["a", "b", "a"], "category"),
        ([[1.0], [2.0, 3.0]], "number"),
        ([["a"], ["b", "b"]], "category"),
    ],
)
def test_the_values_tell_the_kind(cells, kind):
    """Numbers, and texts most of which are numbers, make a number column; other texts labels."""
    assert kinds({"x": cells}) == ({"x": kind}, [])


def test_number_columns_may_be_read_as_labels():
    """A number column named among the categories holds labels."""
    assert kinds({"x": [1, 2]}, categories="x")[0] == {"x": "category"}


@pytest.mark.parametrize(
    ("name", "cells", "reason"),
    [
        ("x", [None, None], "it is empty"),
        ("x", ["k1", "k2", "k3"], "its text is different in every row"),
        ("No", [5, 6, 7], "it counts the rows"),
        ("x", [dt.date(2024, 1, 1), dt.date(2024, 1, 2)], "it holds Date"),
    ],
)
def test_columns_without_use_are_left_out_and_noted(name, cells, reason):
    """A column nothing can be learnt from is not used, with a sentence that says why."""
    assert kinds({name: cells}) == ({}, [f"column '{name}' is not used: {reason}"])


@pytest.mark.parametrize(("cells", "kind"), [([None, None], "number"), (["k1", "k2"], "category"), ([5, 6], "number")])
def test_named_columns_are_used_all_the_same(cells, kind):
    """What the user names is used even where it looks useless."""
    assert kinds({"No": cells}, target="No")[0] == {"No": kind}


def test_a_named_column_that_cannot_be_used_is_refused():
    """A target of dates is refused with its type."""
    with pytest.raises(SchemaError, match="column 'x': expected numbers or labels, came it holds Date"):
        kinds({"x": [dt.date(2024, 1, 1)]}, target="x")


def test_values_within_lists_are_looked_at():
    """The sample of a column of lists holds the lists' values."""
    table = Table.of(pl.DataFrame({"x": [[1.0, None], [2.0]]}), "a.csv")
    assert values_of(table, "x").to_list() == [1.0, 2.0]


def test_one_value_alone_does_not_differ():
    """Being different takes two."""
    assert all_differ(pl.Series(["a", "b"]))
    assert not all_differ(pl.Series(["a"]))
    assert not all_differ(pl.Series(["a", "a"]))
