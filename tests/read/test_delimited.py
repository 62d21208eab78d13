import gzip

import polars as pl
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings
from seqloom.read.delimited import open_delimited


def frame_of(path, **settings):
    """All rows of a text table."""
    table = open_delimited(path, ReadSettings(**settings))
    return pl.concat([pl.DataFrame([slab.get_column(name) for name in table.types]) for slab in table.slabs()])


def test_a_packed_table_with_carriage_returns_is_read(write):
    """Packing, line ends of another system, a byte-order mark and quotes change nothing."""
    path = write("a.csv.gz", gzip.compress(b'\xef\xbb\xbf"a","b"\r\n1,"x, y"\r\n2,z\r\n'))
    assert frame_of(path).to_dict(as_series=False) == {"a": [1, 2], "b": ["x, y", "z"]}


def test_words_for_missing_values_are_missing(write):
    """Empty cells, NA, NaN, null and a question mark are missing values."""
    path = write("a.csv", "a,b\n1,NA\n2,\n3,NaN\n4,null\n5,?\n6,1.5\n")
    assert frame_of(path)["b"].to_list() == [None] * 5 + [1.5]


def test_blank_lines_are_no_rows(write):
    """Blank lines between and after rows are skipped."""
    assert frame_of(write("a.csv", "a,b\n1,2\n\n3,4\n\n\n")).height == 2


def test_a_blank_line_of_a_single_column_is_a_missing_value(write):
    """In a file of one column a blank line keeps its place as a missing value."""
    assert frame_of(write("a.csv", "a\n1\n\n3\n"))["a"].to_list() == [1, None, 3]


def test_runs_of_blanks_part_columns(write):
    """Where blanks part the columns, several count as one, and those at the end as none."""
    frame = frame_of(write("a.txt", "1  1 -0.5  \n1 2   0.25 \n"))
    assert frame.to_dict(as_series=False) == {"c0": [1, 1], "c1": [1, 2], "c2": [-0.5, 0.25]}


def test_made_up_names_are_made_known(write):
    """A file without a header says so in its notes, with advice."""
    table = open_delimited(write("a.csv", "5,6.5\n7,8.5\n"), ReadSettings())
    assert not table.named
    assert table.notes == (
        "a.csv has no header: columns are called c0, c1, ...; add a first line with names to choose them",
    )


def test_decimal_commas_are_read(write):
    """Numbers with a decimal comma are numbers."""
    assert frame_of(write("a.csv", "a;b\n1,5;2\n"))["a"].to_list() == [1.5]


def test_decimals_after_many_whole_numbers_are_read(write):
    """A column that looks whole for ten thousand rows may still turn out decimal."""
    path = write("a.csv", "a,b\n" + "1,2\n" * 10_050 + "1,2.5\n")
    assert frame_of(path)["b"][-1] == 2.5


def test_uneven_rows_are_found(write):
    """Rows with too many or too few fields are known by number, with how many fields they have."""
    table = open_delimited(write("a.csv", "a,b,c\n1,2,3\n4,5\n6,7,8,9\n"), ReadSettings())
    assert table.uneven == {1: 2, 2: 4}


def test_empty_last_cells_are_not_uneven(write):
    """A row that ends with an empty cell has all its fields."""
    assert open_delimited(write("a.csv", "a,b\n1,\n2,3\n"), ReadSettings()).uneven == {}


def test_bytes_that_are_no_text_are_refused(write):
    """A byte that is not UTF-8 is named with its line."""
    lines = "a,b\n" + "1,x\n" * 60
    with pytest.raises(DataError, match="line 62: expected text in UTF-8, came the byte 0xfc"):
        open_delimited(write("a.csv", lines.encode() + b"1,\xfc\n"), ReadSettings())


def test_unbalanced_quotes_are_refused_in_one_line(write):
    """A quote that never closes is refused with advice, in one line."""
    with pytest.raises(DataError, match=r"a\.csv: expected a table, came .*; check its quotes") as refused:
        open_delimited(write("a.csv", 'a,b\n1,"2\n3,4\n'), ReadSettings())
    assert "\n" not in str(refused.value)


def test_a_streamed_table_holds_the_same_rows(write):
    """A file above the memory limit comes in slabs that together are the file."""
    rows = "".join(f"{place},{place / 4}\n" for place in range(1000))
    path = write("a.csv", "a,b\n" + rows)
    streamed = open_delimited(path, ReadSettings(memory=100))
    assert streamed.streamed
    assert frame_of(path, memory=100)["b"].to_list() == frame_of(path)["b"].to_list()


def test_an_uneven_row_ends_a_stream(write):
    """A streamed file with too many fields in a row is refused with the row."""
    table = open_delimited(write("a.csv", "a,b\n1,2\n3,4,5\n"), ReadSettings(memory=4))
    with pytest.raises(DataError, match="row 2: expected 2 fields, came 3"):
        list(table.slabs())
