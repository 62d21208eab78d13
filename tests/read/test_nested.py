import json

import numpy as np
import polars as pl
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings, read

LABEL = ReadSettings(target="label")
ROWS = [
    {"id": "p", "x": [1.0, 2.0, 3.0], "z": ["u", "v", "u"], "label": "good", "age": 40},
    {"id": "q", "x": [4.0], "z": ["v"], "label": "bad", "age": 50},
]


def lines(*rows):
    """Rows as JSON lines."""
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.mark.parametrize("kind", ["jsonl", "parquet", "memory"])
def test_lists_become_sequences(tmp_path, kind):
    """Each row is a sequence, in JSON lines, Parquet and memory."""
    source = pl.DataFrame(ROWS)
    if kind == "jsonl":
        source = tmp_path / "a.jsonl"
        source.write_text(lines(*ROWS))
    elif kind == "parquet":
        pl.DataFrame(ROWS).write_parquet(tmp_path / "a.parquet")
        source = tmp_path / "a.parquet"
    found = read(source, settings=ReadSettings(target="label", group="id"))
    assert found.schema.layout == "nested"
    assert found.keys.tolist() == ["p", "q"]
    assert found.lengths.tolist() == [3, 1]
    assert found.steps["x"].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert found.steps["z"].tolist() == [0, 1, 0, 1]
    assert found.statics["age"].tolist() == [40.0, 50.0]
    assert found.categories["label"] == ("bad", "good")
    assert found.statics["label"].tolist() == [1, 0]


def test_lists_of_fixed_size_are_lists():
    """Arrays of a fixed size are read like lists."""
    frame = pl.DataFrame({"x": pl.Series([[1.0, 2.0], [3.0, 4.0]], dtype=pl.Array(pl.Float32, 2))})
    assert read(frame).steps["x"].tolist() == [1.0, 2.0, 3.0, 4.0]


def test_missing_values_within_lists_are_missing():
    """A null within a list is a missing value."""
    np.testing.assert_array_equal(read({"x": [[1.0, None], [3.0]]}).steps["x"], [1.0, np.nan, 3.0])


def test_time_stamps_may_be_lists():
    """Lists of dates are the clock of each sequence."""
    found = read({"day": [["2024-01-01", "2024-01-02"], ["2024-01-05"]], "x": [[1.0, 2.0], [3.0]]})
    assert found.schema.time == "day"
    assert found.schema.interval == 86_400.0


def test_lists_of_different_length_are_refused():
    """The lists of a row must be equally long."""
    with pytest.raises(
        DataError, match=r"column 'z', row 2: expected as many values as in 'x', .* came 2 values instead of 1"
    ):
        read({"x": [[1.0], [2.0]], "z": [[1.0], [2.0, 3.0]], "label": ["a", "a"]}, settings=LABEL)


@pytest.mark.parametrize("cell", [[], None])
def test_a_row_without_values_is_refused(cell):
    """A sequence needs at least one step."""
    with pytest.raises(DataError, match=r"column 'x', row 2: expected .* at least one, came 0 values"):
        read(pl.DataFrame({"x": [[1.0], cell], "label": ["a", "a"]}), settings=LABEL)


def test_bad_values_are_named_by_row_and_step():
    """Infinity within a list is refused with the row and the step."""
    with pytest.raises(DataError, match="column 'x', row 2: expected a finite number, came inf in step 3"):
        read({"x": [[1.0], [1.0, 2.0, float("inf")]], "label": ["a", "a"]}, settings=LABEL)


def test_time_stamps_out_of_order_are_refused():
    """Within a list time stamps must go up."""
    source = {"day": [["2024-01-02", "2024-01-01"], ["2024-01-05"]], "x": [[1.0, 2.0], [3.0]]}
    with pytest.raises(
        DataError, match=r"column 'day', row 1: expected each time stamp later than the last, came .* step 2"
    ):
        read(source)


def test_bad_rows_may_be_skipped():
    """Rows with unequal lists or bad values are left out, and nothing else."""
    source = {
        "x": [[1.0], [2.0, 3.0], [4.0, 5.0], [6.0, float("inf")], [8.0]],
        "z": [[1.0], [2.0], [3.0, 4.0], [5.0, 6.0], [7.0]],
        "label": ["a", "b", "c", "d", "a"],
    }
    found = read(source, settings=ReadSettings(target="label", on_error="skip"))
    assert found.keys.tolist() == ["0", "2", "4"]
    assert found.steps["x"].tolist() == [1.0, 4.0, 5.0, 8.0]
    assert found.steps["z"].tolist() == [1.0, 3.0, 4.0, 7.0]
    assert [found.categories["label"][code] for code in found.statics["label"]] == ["a", "c", "a"]


def test_a_nested_table_needs_lists():
    """A table called nested whose cells hold no lists is refused."""
    with pytest.raises(DataError, match="expected cells that hold lists, came none"):
        read({"x": [1.0, 2.0]}, settings=ReadSettings(layout="nested"))


def test_nothing_left_after_skipping_is_refused():
    """A table of bad rows only holds no data."""
    with pytest.raises(DataError, match="expected rows of data, came only bad rows"):
        read({"x": [[float("inf")]], "label": ["a"]}, settings=ReadSettings(target="label", on_error="skip"))
