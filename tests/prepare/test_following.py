import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.prepare import Split, asked_rows, last_rows, next_row, next_rows


def split(*borders):
    """Rows of the parts of each sequence."""
    return Split(np.array(borders))


def asked(examples):
    """The rows that are asked."""
    return asked_rows(examples)[1].tolist()


def test_each_row_has_the_next_of_its_sequence():
    """The last one of a sequence has none, also where it is the only one."""
    found = next_row(np.arange(5.0)[:, None], np.array([0, 3, 4, 5])).ravel()
    np.testing.assert_array_equal(found, [1, 2, np.nan, np.nan, np.nan])


def test_the_rows_before_a_part_are_read_and_its_rows_are_told(prepared):
    """The last row before the test part tells its first row; those before it are only read."""
    examples = next_rows(prepared([10]), split([0, 5, 7, 10]), "test")
    assert (examples.start.tolist(), examples.stop.tolist(), examples.warm.tolist()) == ([0], [9], [6])
    assert asked(examples) == [6, 7, 8]


def test_batches_hold_no_target_of_rows_that_are_only_read(prepared):
    """Their targets are NaN, so that nobody learns from them or is judged by them."""
    examples = next_rows(prepared([10, 4]), split([0, 5, 7, 10], [10, 10, 10, 14]), "test")
    batch = examples.batch(np.arange(2))
    known = ~np.isnan(batch.target.numpy().ravel())
    rows = batch.target.numpy().ravel()[known]
    assert sorted(rows.tolist()) == [6.0, 7.0, 8.0, 10.0, 11.0, 12.0]


def test_a_long_sequence_becomes_several_examples_that_stay_in_the_part(prepared):
    """Each ends one row early, as the row after it is told; the last one is moved back rather than cut short."""
    examples = next_rows(prepared([12]), split([0, 9, 10, 12]), "train", lookback=4, stride=3)
    assert list(zip(examples.start.tolist(), examples.stop.tolist(), strict=True)) == [(0, 4), (3, 7), (4, 8)]


def test_sequences_of_one_row_tell_nothing(prepared):
    """They are left out; where there is nothing else, that is said."""
    examples = next_rows(prepared([1, 3]), split([0, 1, 1, 1], [1, 4, 4, 4]), "train", lookback=4, stride=4)
    assert asked(examples) == [1, 2]
    with pytest.raises(DataError, match="test part: expected a sequence of at least two events, came none"):
        next_rows(prepared([1]), split([0, 0, 0, 1]), "test")


def test_the_last_row_of_each_sequence_is_asked(prepared):
    """All rows before it are only read."""
    examples = last_rows(prepared([3, 1]))
    assert asked(examples) == [2, 3]
    assert examples.warm.tolist() == [2, 0]


def test_what_is_read_before_a_part_has_a_bound(prepared, monkeypatch):
    """A log of years is not read through for its last day."""
    monkeypatch.setattr("seqloom.prepare.following.CONTEXT", 3)
    examples = next_rows(prepared([10]), split([0, 5, 7, 10]), "test")
    assert (examples.start.tolist(), asked(examples)) == ([3], [6, 7, 8])
    assert last_rows(prepared([10])).start.tolist() == [6]
