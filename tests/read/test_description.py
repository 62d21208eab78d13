import numpy as np

from seqloom.read import ReadSettings, describe, read
from seqloom.read.sink import BLOCK


def test_each_column_is_one_row():
    """Numbers are described by their range, labels by how many there are, both by what is missing."""
    source = {"load": [1.0, None, 4.0, 2.0], "mood": ["u", "v", None, "u"], "none": [None] * 4}
    rows = describe(read(source, settings=ReadSettings(target="load", known="none")))
    assert rows == [
        {"column": "load", "kind": "number", "role": "target", "missing": 1, "min": 1.0, "max": 4.0, "labels": None},
        {"column": "mood", "kind": "category", "role": "past", "missing": 1, "min": None, "max": None, "labels": 2},
        {"column": "none", "kind": "number", "role": "known", "missing": 4, "min": None, "max": None, "labels": None},
    ]


def test_static_columns_are_described():
    """Columns with one value per sequence are described by these."""
    source = {"id": ["a", "a", "b", "b"], "x": [1.0, 2.0, 3.0, 4.0], "y": [5.0, 5.0, 6.0, 6.0]}
    (_, target) = describe(read(source, settings=ReadSettings(target="y", group="id")))
    assert (target["role"], target["min"], target["max"]) == ("target", 5.0, 6.0)


def test_long_columns_are_described_block_by_block():
    """Smallest and largest value and missing ones are found in every block."""
    values = np.zeros(2 * BLOCK + 10)
    values[0], values[-1], values[BLOCK] = np.nan, 7.0, -3.0
    (row,) = describe(read({"load": values}))
    assert (row["missing"], row["min"], row["max"]) == (1, -3.0, 7.0)
