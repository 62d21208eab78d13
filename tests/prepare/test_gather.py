import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from seqloom.prepare.gather import Packing, Tensors, ahead_of_each_step, pick, pick_columns, rows_of_each_step

EXAMPLES = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 6)), min_size=1, max_size=6)


def packed_by_hand(examples, segment):
    """Steps of all sequences alive at each time, longest sequence first."""
    order = sorted(range(len(examples)), key=lambda i: -examples[i][1])
    rows = []
    for step in range(max(length for _, length in examples)):
        alive = [i for i in order if examples[i][1] > step]
        rows.append([examples[i][0] + step * segment for i in alive])
    return order, rows


@given(EXAMPLES, st.integers(1, 3), st.booleans())
def test_steps_are_packed_time_major_and_longest_first(examples, segment, equal):
    """Order, sizes, rows and members agree with the plain loop, for ragged and for equal lengths."""
    examples = [(start, 4 if equal else length) for start, length in examples]
    start, lengths = np.array(examples).T
    packing = Packing.of(start, lengths, segment)
    order, rows = packed_by_hand(examples, segment)
    assert packing.order.tolist() == order
    assert packing.sizes.tolist() == [len(some) for some in rows]
    assert packing.first.tolist() == [row for some in rows for row in some]
    assert packing.member.tolist() == [place for some in rows for place in range(len(some))]


def test_columns_are_picked_one_per_row_or_all():
    """With a channel a row gives one value."""
    matrix = torch.arange(6.0).view(3, 2)
    assert pick(matrix, np.array([2, 0])).tolist() == [[4, 5], [0, 1]]
    assert pick(matrix, np.array([2, 0]), np.array([1, 0])).tolist() == [[5], [0]]


def test_no_columns_are_picked_without_a_look_at_the_rows():
    """Rows that do not exist are not asked for."""
    found = pick_columns(torch.zeros(2, 3), np.array([[7, 8]]), torch.zeros(0, dtype=torch.int64))
    assert found.shape == (1, 2, 0)


@pytest.mark.parametrize("equal", [False, True])
@pytest.mark.parametrize("segment", [1, 3])
@pytest.mark.parametrize("channel", [None, [1, 0, 1]])
def test_rows_of_a_step_lie_side_by_side(equal, segment, channel):
    """Whether or not lengths are equal, a step holds its data rows in order."""
    matrix = torch.arange(200.0).view(100, 2)
    start, lengths = np.array([5, 40, 20]), np.array([3, 3, 3] if equal else [2, 4, 3])
    packing = Packing.of(start, lengths, segment)
    chosen = None if channel is None else np.array(channel)[packing.order]
    found = rows_of_each_step(matrix, packing, chosen)
    for row, (first, member) in enumerate(zip(packing.first, packing.member, strict=True)):
        expected = matrix[first : first + segment]
        expected = expected if chosen is None else expected[:, chosen[member], None]
        assert found[row].tolist() == expected.tolist()


@pytest.mark.parametrize("equal", [False, True])
@pytest.mark.parametrize("segment", [1, 3])
@pytest.mark.parametrize("channel", [None, [1, 0, 1]])
def test_targets_are_the_rows_after_each_step(equal, segment, channel):
    """The views of equal lengths hold what is gathered for ragged ones."""
    targets = torch.arange(200.0).view(100, 2)
    start, lengths = np.array([5, 40, 20]), np.array([3, 3, 3] if equal else [2, 4, 3])
    packing = Packing.of(start, lengths, segment)
    chosen = None if channel is None else np.array(channel)[packing.order]
    found = ahead_of_each_step(targets, packing, 4, chosen)
    for row, (first, member) in enumerate(zip(packing.first, packing.member, strict=True)):
        expected = targets[first + segment : first + segment + 4]
        expected = expected if chosen is None else expected[:, chosen[member], None]
        assert found[row].tolist() == expected.tolist()


def test_targets_of_equal_lengths_are_views_of_one_block():
    """Each target row is held once, not once for every step that is to predict it."""
    packing = Packing.of(np.array([0, 30]), np.array([20, 20]), 1)
    found = ahead_of_each_step(torch.zeros(100, 1), packing, 10, None)
    assert found.untyped_storage().nbytes() == 2 * (20 + 10 - 1) * 4


def test_tensors_share_the_memory_of_the_matrices(prepared):
    """A change of one is seen in the other."""
    made = prepared([3], targets=2)
    tensors = Tensors.of(made)
    made.numbers[0, 0] = 77
    assert tensors.numbers[0, 0] == 77
    assert tensors.history.data_ptr() == tensors.targets.data_ptr()
