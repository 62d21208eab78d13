import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.read.order import Disorder, Order, drop_duplicates, must_be_ordered, must_not_go_back, sort_rows
from seqloom.read.rejects import Rejects


def walk(codes, times, size):
    """The walk over all rows in pieces of one size."""
    order = Order("place", "time")
    for start in range(0, len(codes), size):
        piece = slice(start, start + size)
        order.see(np.array(codes[piece]), np.array(times[piece]), lambda row, start=start: start + row)
    return order


SIZES = pytest.mark.parametrize("size", [1, 2, 3, 100])


@SIZES
def test_ordered_rows_tell_where_sequences_start(size):
    """Rows by sequence and time are in order, however they are cut into pieces."""
    order = walk([0, 0, 1, 1, 1, 2], [1, 2, 1, 2, 3, 0], size)
    assert order.disorder is None
    assert order.starts().tolist() == [0, 2, 5]


@SIZES
def test_a_sequence_that_comes_again_is_out_of_order(size):
    """The row where a sequence comes back is found, however rows are cut into pieces."""
    order = walk([0, 1, 1, 0, 0], [1, 1, 2, 2, 3], size)
    assert order.disorder == Disorder(3, "a sequence of 'place' that had ended before")


@SIZES
@pytest.mark.parametrize("time", [1, 2])
def test_a_time_that_does_not_grow_is_out_of_order(size, time):
    """The row whose time stamp is earlier than the last, or the same, is found."""
    order = walk([0, 0, 0, 1], [1, 2, time, 0], size)
    assert order.disorder == Disorder(2, f"a time stamp not later than the one before, 'time' is {time}")


def test_without_groups_and_times_everything_is_one_sequence():
    """Rows without keys are in order as they come."""
    order = Order(None, None)
    order.see(None, None, int)
    assert order.starts().tolist() == [0]


def test_rows_are_sorted_by_group_and_time():
    """Sorting goes by group, then time, and keeps equal rows as they came."""
    assert sort_rows(np.array([1, 0, 1, 0]), np.array([2, 5, 1, 5])).tolist() == [1, 3, 2, 0]
    assert sort_rows(None, np.array([3, 1, 2])).tolist() == [1, 2, 0]


def test_a_repeated_time_stamp_names_both_rows():
    """Two rows of one sequence and time are refused, both named."""
    times = np.array([1, 2, 1])
    with pytest.raises(
        DataError, match="column 'time', row 3: expected one row per time stamp, came the time stamp of row 1 again"
    ):
        drop_duplicates(None, times, sort_rows(None, times), int, Rejects("a.csv", skip=False), "time")


def test_a_repeated_time_stamp_may_be_skipped():
    """The later of two equal rows is left out where bad rows are skipped; other sequences are not concerned."""
    codes, times = np.array([0, 0, 0, 1]), np.array([1, 1, 2, 2])
    rejects = Rejects("a.csv", skip=True)
    order = drop_duplicates(codes, times, sort_rows(codes, times), int, rejects, "time")
    assert order.tolist() == [0, 2, 3]
    assert list(rejects.reasons) == [1]


def test_a_stream_out_of_order_is_refused_with_advice():
    """The error for a stream says which columns to sort by."""
    error = must_be_ordered("a.csv", Disorder(4, "an earlier time"), "place", "time")
    assert str(error) == (
        "a.csv, row 5: expected rows in order, came an earlier time; "
        "sort the file by 'place' and 'time', or raise --memory so that it is sorted in memory"
    )


@pytest.mark.parametrize(
    ("codes", "times", "row"), [(None, [1, 3, 2], 3), ([0, 1, 0, 1], [5, 1, 4, 2], 3), ([1, 0, 1], [1, 9, 0], 3)]
)
def test_a_time_stamp_that_goes_back_is_found_in_its_own_sequence(codes, times, row):
    """The stamps of a sequence are compared with each other alone, wherever its rows lie."""
    with pytest.raises(DataError, match=rf"^a\.csv, column 'day', row {row}: expected time stamps in order"):
        must_not_go_back("a.csv", None if codes is None else np.array(codes), np.array(times), int, "day")


def test_mixed_sequences_in_order_go_on():
    """Rows of two sequences that alternate are in order, and equal stamps are another rule's business."""
    must_not_go_back("a.csv", np.array([0, 1, 0, 1]), np.array([5, 1, 5, 2]), int, "day")
