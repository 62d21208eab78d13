import datetime as dt

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import torch

from seqloom.errors import DataError, SchemaError
from seqloom.read.frames import open_frame

COLUMNS = {"load": [1.0, 2.5, None], "place": ["a", None, "b"]}


def values(source):
    """All columns of a source, as lists."""
    table = open_frame(source)
    return {name: table.first(name).to_list() for name in table.types}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(COLUMNS, id="dictionary"),
        pytest.param(pl.DataFrame(COLUMNS), id="polars"),
        pytest.param(pl.LazyFrame(COLUMNS), id="polars-lazy"),
        pytest.param(pa.table(COLUMNS), id="arrow"),
        pytest.param(pd.DataFrame(COLUMNS).convert_dtypes(), id="pandas"),
    ],
)
def test_tables_of_any_library_are_read(source):
    """The same columns come out of a dictionary, Polars, Arrow and pandas."""
    assert values(source) == COLUMNS


def test_a_pandas_index_of_dates_is_the_time():
    """An index of dates without a name becomes the column `time`."""
    frame = pd.DataFrame({"load": [1.0, 2.0]}, index=pd.date_range("2024-01-01", periods=2, freq="h"))
    assert values(frame)["time"] == [dt.datetime(2024, 1, 1, 0), dt.datetime(2024, 1, 1, 1)]  # noqa: DTZ001 - naive on purpose


def test_a_pandas_index_of_periods_is_the_time():
    """An index of periods becomes their first moments."""
    frame = pd.DataFrame({"load": [1.0, 2.0]}, index=pd.period_range("2024-01", periods=2, freq="M", name="month"))
    assert [stamp.month for stamp in values(frame)["month"]] == [1, 2]


def test_a_pandas_index_with_names_becomes_columns():
    """The named levels of an index become columns, a plain index is dropped."""
    frame = pd.DataFrame({"place": ["a", "b"], "load": [1.0, 2.0]})
    assert list(values(frame.set_index("place"))) == ["place", "load"]
    assert list(values(frame)) == ["place", "load"]


def test_pandas_times_with_a_zone_are_in_utc():
    """Stamps with a time zone come out in UTC."""
    frame = pd.DataFrame({"time": pd.to_datetime(["2024-01-01 02:00"]).tz_localize("Europe/Berlin"), "load": [1.0]})
    assert values(frame)["time"] == [dt.datetime(2024, 1, 1, 1)]  # noqa: DTZ001 - naive on purpose


def test_arrays_and_tensors_are_columns():
    """A dictionary may hold arrays and tensors."""
    assert values({"a": np.array([1.0, 2.0]), "b": torch.tensor([3, 4])}) == {"a": [1.0, 2.0], "b": [3, 4]}


def test_mixed_columns_become_text():
    """A column that mixes numbers and text comes out as text, to be judged later."""
    assert values({"a": [1, "x", None]}) == {"a": ["1", "x", None]}


def test_whole_and_decimal_numbers_mix():
    """A column that mixes whole and decimal numbers is decimal."""
    assert values({"a": [1, 2.5, None]}) == {"a": [1.0, 2.5, None]}


def test_columns_of_different_length_are_refused():
    """Columns that differ in length are named with their lengths."""
    with pytest.raises(SchemaError, match="expected columns of one length, came 'a' 2, 'b' 1"):
        open_frame({"a": [1, 2], "b": [1]})


def test_a_column_with_two_axes_is_refused():
    """A matrix as a column is refused with its shape."""
    with pytest.raises(DataError, match=r"column 'a': expected one axis, came shape \(2, 3\)"):
        open_frame({"a": np.zeros((2, 3))})


def test_other_objects_are_no_tables():
    """An object that is no table is left to others."""
    assert open_frame([1, 2]) is None
