"""The layouts of torch, and packed rows."""

import pytest
import torch
from torch.nn.utils.rnn import PackedSequence, pack_sequence

from seqloom.nn.layout import layout_of

STEPS, BATCH, FEATURES = 4, 3, 2


def test_steps_before_sequences_are_rows_without_a_copy():
    """Rows of equal sequences laid out step by step lie where they lay."""
    given = torch.randn(STEPS, BATCH, FEATURES)
    rows = layout_of(given, batch_first=False).rows
    assert rows.values.data_ptr() == given.data_ptr()
    assert rows.sizes.tolist() == [BATCH] * STEPS


def test_sequences_before_steps_are_put_in_order():
    """Row after row, all sequences of a step stand together."""
    given = torch.randn(BATCH, STEPS, FEATURES)
    rows = layout_of(given, batch_first=True).rows
    assert torch.equal(rows.values.view(STEPS, BATCH, FEATURES), given.transpose(0, 1))


@pytest.mark.parametrize("batch_first", [False, True])
def test_equal_sequences_come_back_as_they_went(batch_first):
    """What rows hold stands in the outputs where the input had it."""
    given = torch.randn(STEPS, BATCH, FEATURES)
    layout = layout_of(given, batch_first=batch_first)
    assert torch.equal(layout.outputs(layout.rows.values), given)
    assert layout.state_shape(2, 5) == (2, STEPS if batch_first else BATCH, 5)


@pytest.mark.parametrize("batch_first", [False, True])
def test_one_sequence_is_a_batch_of_one(batch_first):
    """Two axes are steps and features whatever comes first of three, and states have no batch."""
    given, part = torch.randn(STEPS, FEATURES), torch.randn(2, 5)
    layout = layout_of(given, batch_first=batch_first)
    assert layout.rows.values is given
    assert layout.rows.sizes.tolist() == [1] * STEPS
    assert layout.state_shape(2, 5) == (2, 5)
    assert layout.start(part).shape == (2, 1, 5)
    assert torch.equal(layout.final(layout.start(part)), part)


def test_packed_rows_keep_their_order():
    """Outputs are packed as the input; states are put in its order and back."""
    given = pack_sequence([torch.full((length, 1), float(length)) for length in (2, 4, 3)], enforce_sorted=False)
    layout = layout_of(given, batch_first=False)
    part = torch.tensor([[[2.0], [4.0], [3.0]]])
    assert layout.rows.values is given.data
    assert layout.start(part).flatten().tolist() == [4, 3, 2]
    assert torch.equal(layout.final(layout.start(part)), part)
    outputs = layout.outputs(given.data)
    assert all(torch.equal(came, was) for came, was in zip(outputs, given, strict=True))


def by_hand(rows, sizes):
    """Packed rows nobody checked."""
    return PackedSequence(torch.zeros(rows, 1), torch.tensor(sizes))


@pytest.mark.parametrize(
    "given",
    [
        torch.zeros(2),
        torch.zeros(2, 2, 2, 2),
        torch.zeros(0, 2),
        torch.zeros(3, 0, 2),
        by_hand(3, [2, 2]),
        by_hand(3, [1, 2]),
        by_hand(3, [2, 1, 0]),
        by_hand(3, [4, -1]),
        by_hand(3, [[2, 1]]),
        by_hand(0, [0]),
        PackedSequence(torch.zeros(3), torch.tensor([2, 1])),
        PackedSequence(torch.zeros(3, 1), torch.tensor([2, 1], dtype=torch.int32)),
    ],
    ids=lambda given: str(tuple(given.shape)) if isinstance(given, torch.Tensor) else str(given.batch_sizes.tolist()),
)
def test_what_is_no_layout_is_left_to_torch(given):
    """Wrong axes, no step at all, and sizes that would lead astray are not touched."""
    assert layout_of(given, batch_first=False) is None
