import numpy as np
import polars as pl
import pytest

from seqloom.errors import DataError
from seqloom.read.clock import Clock, find_clock
from seqloom.read.rejects import Rejects


def stamps(cells, *, named=False):
    """The time stamps of a column, None where it holds no clock."""
    series = pl.Series("time", cells)
    clock = find_clock("time", series.drop_nulls(), named=named, source="a.csv")
    return None if clock is None else clock.read(series, 0, Rejects("a.csv", skip=False))


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("2016-07-01 00:00:00", "2016-07-01T00:00"),
        ("2016-07-01 13:45", "2016-07-01T13:45"),
        ("2016-07-01T13:45:00.250", "2016-07-01T13:45:00.250"),
        ("2016-07-01T13:45:00Z", "2016-07-01T13:45"),
        ("2016-07-01T13:45:00+02:00", "2016-07-01T11:45"),
        ("2016-07-01 13:45:00+0200", "2016-07-01T11:45"),
        ("1981-01-01", "1981-01-01"),
        ("1949-01", "1949-01-01"),
        ("2016/07/01", "2016-07-01"),
        ("31.12.2016 08:00", "2016-12-31T08:00"),
        ("31/12/2016", "2016-12-31"),
        ("12/31/2016", "2016-12-31"),
        ("05-Jul-2016", "2016-07-05"),
        ("5 Jul 2016", "2016-07-05"),
    ],
)
def test_common_dates_are_read_unasked(text, stamp):
    """Dates in common forms are a clock without being named so, in UTC."""
    found = stamps([text])
    assert found.dtype == np.dtype("datetime64[us]")
    assert found[0] == np.datetime64(stamp)


@pytest.mark.parametrize("cells", [["north", "south"], ["1-01", "1-02"], [1990, 1991], [0.5, 1.5], ["20160701"]])
def test_what_is_no_date_is_no_clock_unasked(cells):
    """Words, numbers and rare forms make a clock only where the user says so."""
    assert stamps(cells) is None


@pytest.mark.parametrize(
    ("cells", "stamp"),
    [
        (["1-01"], "0001-01-01"),
        (["20160701"], "2016-07-01"),
        ([20160701], "2016-07-01"),
        ([1_467_331_200], "2016-07-01"),
        ([1_467_331_200_000], "2016-07-01"),
        ([1_467_331_200_000_000_000], "2016-07-01"),
        ([1_467_331_200.5], "2016-07-01T00:00:00.5"),
    ],
)
def test_a_named_column_may_write_dates_as_numbers(cells, stamp):
    """Rare forms, days as numbers and seconds since 1970 are read where the column is named."""
    assert stamps(cells, named=True)[0] == np.datetime64(stamp)


def test_years_are_read_where_the_column_says_so():
    """Whole numbers are years in a column called so."""
    clock = find_clock("year", pl.Series([1990, 1991]), named=True, source="a.csv")
    found = clock.read(pl.Series([1990, 1991]), 0, Rejects("a.csv", skip=False))
    assert found.astype("datetime64[Y]").astype(str).tolist() == ["1990", "1991"]


def test_other_numbers_stay_numbers():
    """A named column of small numbers counts steps."""
    assert stamps([1, 2, 5], named=True).tolist() == [1, 2, 5]


def test_day_and_month_that_cannot_be_told_apart_are_refused():
    """A column of dates that read either way is refused, not guessed."""
    with pytest.raises(
        DataError, match="column 'time': expected dates whose day and month differ visibly, came '01/02/2020'"
    ):
        stamps(["01/02/2020", "03/04/2020"])


def test_a_cell_that_is_no_date_is_named():
    """Among dates, a cell that is none is refused with row and value."""
    with pytest.raises(DataError, match="column 'time', row 3: expected a time stamp, came 'soon'"):
        stamps(["2020-01-01", "2020-01-02", "soon"])


def test_a_missing_date_is_named():
    """An empty cell of the clock is refused with its row."""
    with pytest.raises(DataError, match="row 2: expected a time stamp, came an empty cell"):
        stamps(["2020-01-01", None])


def test_dates_of_the_source_are_taken_as_they_are():
    """Typed dates need no reading; zones are converted to UTC."""
    series = pl.Series(["2024-01-01 02:00"]).str.to_datetime().dt.replace_time_zone("Europe/Berlin")
    clock = find_clock("time", series, named=False, source="a.csv")
    assert clock.read(series, 0, Rejects("a.csv", skip=False))[0] == np.datetime64("2024-01-01T01:00")


def test_an_infinite_step_number_is_refused():
    """Infinity is no place in time."""
    with pytest.raises(DataError, match="row 2: expected a number, came inf"):
        stamps([0.5, float("inf")], named=True)


def test_a_named_column_of_numbers_with_a_mistake_is_a_clock_of_numbers():
    """The mistake is named with its row when it is read, rather than the whole column refused."""
    assert find_clock("t", pl.Series(["1", "2.5", "half past"]), named=True, source="log.csv") == Clock("t", "number")
