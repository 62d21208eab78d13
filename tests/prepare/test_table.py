import numpy as np
import pytest

from seqloom.prepare.table import Table, known_ends


@pytest.fixture
def table(dataset):
    """Three sequences, one of them empty, of 5 rows in all."""
    made = dataset({"y": [0.0, 1, 2, 3, 4]}, lengths=[2, 0, 3], statics={"size": [7.0, 8, 9]})
    return Table.of_steps(made, np.array([2, 2, 4]))


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_chunks_cover_all_rows_in_order(table, size):
    """Whatever the size of a chunk, their rows laid end to end are the column."""
    assert np.concatenate([chunk.column("y") for chunk in table.chunks(size)]).tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_a_chunk_knows_the_sequence_of_each_row(table, size):
    """Empty sequences own no row."""
    assert np.concatenate([chunk.sequence for chunk in table.chunks(size)]).tolist() == [0, 0, 2, 2, 2]


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_a_chunk_knows_which_rows_open_a_sequence(table, size):
    """The first row of each sequence opens it, wherever chunks begin."""
    assert np.concatenate([chunk.opens for chunk in table.chunks(size)]).tolist() == [1, 0, 1, 0, 0]


def test_rows_from_the_end_of_known_targets_are_the_future(table):
    """The third sequence's last row lies beyond its end."""
    assert np.concatenate([chunk.future for chunk in table.chunks(2)]).tolist() == [0, 0, 0, 0, 1]


def test_rows_inside_a_span_are_those_of_their_own_sequence(table):
    """A span counts for its sequence alone."""
    spans = np.array([[1, 2], [2, 2], [2, 4]])
    assert np.concatenate([chunk.inside(spans) for chunk in table.chunks(3)]).tolist() == [0, 1, 1, 1, 0]


def test_static_columns_are_a_table_of_one_row_per_sequence(dataset):
    """A row of the static table names the sequence, and the source's row where it begins."""
    made = dataset({"y": [0.0, 1, 2, 3, 4]}, lengths=[2, 3], statics={"size": [7.0, 8]})
    table = Table.of_statics(made)
    assert table.rows == 2
    assert table.place("size", 1) == "table.csv, column 'size', row 3 (sequence 's1')"


def test_the_future_begins_after_the_last_target_that_is_known():
    """One known target column is enough; gaps before do not count; a sequence without targets is all future."""
    nan = np.nan
    first = np.array([1, nan, 3, nan, nan, nan, nan, 5.0])
    second = np.array([nan, nan, nan, 2, nan, nan, nan, nan])
    assert known_ends([first, second], np.array([0, 5, 7, 7, 8])).tolist() == [4, 5, 7, 8]


def test_the_future_is_found_however_far_back_it_begins(monkeypatch):
    """The search goes backwards in pieces."""
    monkeypatch.setattr("seqloom.prepare.table.CHUNK", 2)
    column = np.full(20, np.nan)
    column[[3, 12]] = 1
    assert known_ends([column], np.array([0, 10, 20])).tolist() == [4, 13]
