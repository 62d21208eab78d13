import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqloom.errors import DataError
from seqloom.prepare.impute import forward_fill, refuse_missing
from seqloom.prepare.table import Table

CELLS = st.lists(st.tuples(st.one_of(st.none(), st.floats(0, 9)), st.booleans()), min_size=1)


def filled_by_hand(cells):
    """The meaning of forward fill, one row after the other; None where nothing is known before."""
    last, result = None, []
    for value, opens in cells:
        if opens:
            last = None
        last = last if value is None else value
        result.append(last)
    return result


def filled_in_pieces(cells, size):
    carried, result = None, []
    for start in range(0, len(cells), size):
        piece = cells[start : start + size]
        values = np.array([np.nan if value is None else value for value, _ in piece])
        opens = np.array([opens for _, opens in piece])
        filled, still, carried = forward_fill(values, np.isnan(values), opens, carried)
        result += [None if gap else value for value, gap in zip(filled.tolist(), still, strict=True)]
    return result


@given(CELLS, st.integers(1, 5))
def test_forward_fill_repeats_the_last_value_however_the_rows_are_cut(cells, size):
    """In any pieces, one row at a time included, the result is that of the plain loop."""
    assert filled_in_pieces(cells, size) == filled_by_hand(cells)


def test_forward_fill_never_looks_ahead():
    """A gap that opens a sequence stays, whatever follows."""
    values = np.array([np.nan, 5.0])
    _, still, _ = forward_fill(values, np.isnan(values), np.array([True, False]), None)
    assert still.tolist() == [True, False]


def test_a_missing_value_is_refused_with_its_place(dataset):
    """The message names source, column and row, and what may be done."""
    table = Table.of_steps(dataset({"y": [1.0, 2, 3]}))
    with pytest.raises(DataError, match=r"table.csv, column 'y', row 3: .* --missing forward-fill or --missing impute"):
        refuse_missing(table, "y", np.array([2]))
