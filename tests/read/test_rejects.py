import csv

import polars as pl
import pytest

from seqloom.errors import DataError
from seqloom.read.rejects import Rejects
from seqloom.read.table import Table

WORDS = {"expected": "a number", "came": lambda row: f"'x{row}'", "fix": "correct it"}


def test_the_first_bad_row_stops_the_reading():
    """A judge that does not skip raises at the first bad row, with source, column and row."""
    with pytest.raises(DataError, match=r"a\.csv, column 'b', row 3: expected a number, came 'x2'; correct it"):
        Rejects("a.csv", skip=False).add("b", [2, 5], **WORDS)


def test_no_bad_row_is_no_reason_to_stop():
    """A judge told of no row does nothing."""
    Rejects("a.csv", skip=False).add("b", [], **WORDS)


def test_skipped_rows_are_left_out():
    """Rows that are not bad are kept, counted from the first row of the slab."""
    rejects = Rejects("a.csv", skip=True)
    rejects.add("b", [11, 13], **WORDS)
    assert rejects.kept(10, 5).tolist() == [0, 2, 4]
    assert rejects.kept(0, 10) is None


def test_skipped_rows_are_counted_in_the_notes():
    """The notes tell how many rows were skipped, and why the first was."""
    rejects = Rejects("a.csv", skip=True)
    rejects.add("b", [7, 2], **WORDS)
    assert rejects.notes() == ("bad rows skipped: 2; the first is row 3: column 'b', expected a number, came 'x2'",)
    assert Rejects("a.csv", skip=True).notes() == ()


def test_skipped_rows_are_written_as_they_came(tmp_path):
    """The file of rejected rows holds row number, reason and the cells."""
    rejects = Rejects("a.csv", skip=True)
    rejects.add("b", [1], **WORDS)
    table = Table.of(pl.DataFrame({"a": [1, 2], "b": ["5", "x1"]}), "a.csv")
    rejects.write(table, tmp_path / "rejected.csv")
    with (tmp_path / "rejected.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["row", "reason", "a", "b"], ["2", "column 'b', expected a number, came 'x1'", "2", "x1"]]


def test_short_rows_are_fine_in_a_wide_table():
    """A wide table may have short rows, but no long ones; a long table neither."""
    table = Table("a.csv", {"a": pl.Int64(), "b": pl.Int64()}, lambda: iter([]), uneven={0: 1, 4: 3})
    wide, long = Rejects("a.csv", skip=True), Rejects("a.csv", skip=True)
    wide.add_uneven(table, wide=True)
    long.add_uneven(table, wide=False)
    assert (list(wide.reasons), list(long.reasons)) == ([4], [0, 4])
