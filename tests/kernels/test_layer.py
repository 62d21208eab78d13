"""What compiled code is told of a layer."""

import numpy as np
import pytest

from seqloom.kernels.layer import Form, starts

LENGTHS = [(1,), (4,), (3, 3), (5, 4, 4, 1), (7, 1, 1)]


def rows_by_hand(lengths, sizes, *, reverse):
    """For each row the row of hidden vectors it starts from, told sequence by sequence."""
    offsets, batch = np.concatenate([[0], np.cumsum(sizes)]), len(lengths)
    before = np.full(sum(lengths), -1)
    for b, length in enumerate(lengths):
        rows = [offsets[t] + b for t in range(length)]
        ordered = rows[::-1] if reverse else rows
        before[ordered] = [b, *(batch + row for row in ordered[:-1])]
    return before


@pytest.mark.parametrize("lengths", LENGTHS)
@pytest.mark.parametrize("reverse", [False, True])
def test_each_row_starts_from_the_one_before_it_in_its_sequence(alive, lengths, reverse):
    """The first row of a sequence in the direction of reading starts from its initial state, the others from rows."""
    _, before = starts(alive(lengths), reverse)
    np.testing.assert_array_equal(before, rows_by_hand(lengths, alive(lengths), reverse=reverse))


@pytest.mark.parametrize("lengths", LENGTHS)
def test_steps_begin_where_the_ones_before_them_end(alive, lengths):
    """Offsets are running sums of the sequences alive, and end at the number of rows."""
    offsets, _ = starts(alive(lengths), False)  # noqa: FBT003 - compiled code has no keywords
    np.testing.assert_array_equal(offsets, np.concatenate([[0], np.cumsum(alive(lengths))]))


def test_no_steps_have_no_rows():
    """Without a step there is one offset, zero, and no row."""
    offsets, before = starts(np.zeros(0, np.int64), False)  # noqa: FBT003 - as above
    np.testing.assert_array_equal(offsets, [0])
    assert len(before) == 0


@pytest.mark.parametrize(
    ("form", "sums"),
    [
        (Form((0,), (0,), 2), 1),
        (Form((0, 1, 2, 3), (0, 1, 2, 3), 1), 4),
        (Form((1, 2, 0), (1, 2, 3), 1), 4),
        (Form((0, 1), (), 2), 2),
        (Form((1, 2), (1, 2), 1, from_made=3), 4),
    ],
)
def test_a_form_knows_how_many_sums_it_has(form, sums):
    """There are as many sums as the highest that any weights feed says."""
    assert form.sums == sums
