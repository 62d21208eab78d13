import numpy as np
import polars as pl
import pytest

from seqloom.errors import DataError
from seqloom.read.cells import Vocabulary
from seqloom.read.keys import row_keys

ROWS = np.array([0, 1, 5])


def keys(cells):
    """The keys of three rows with these names."""
    names = Vocabulary()
    return row_keys("a.csv", "id", names.encode(pl.Series(cells)), names, ROWS)


def test_rows_are_called_by_their_names():
    """The group column names the sequences."""
    assert keys(["x", "z", "y"]).tolist() == ["x", "z", "y"]


def test_rows_without_names_are_numbered():
    """Without a group column sequences are called by row number."""
    assert row_keys("a.csv", None, None, Vocabulary(), ROWS).tolist() == ["0", "1", "5"]


@pytest.mark.parametrize(("cells", "came"), [(["x", "y", "x"], "'x' again"), (["x", "y", None], "an empty cell")])
def test_each_row_has_a_name_of_its_own(cells, came):
    """A name that comes twice, or is missing, is refused with its row."""
    with pytest.raises(DataError, match=f"column 'id', row 6: expected a name of its own for each row, came {came}"):
        keys(cells)
