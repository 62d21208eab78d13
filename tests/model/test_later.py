"""Rows some steps away."""

import torch

from seqloom.model.later import later
from seqloom.sequence import Packed


def test_rows_are_those_of_the_same_sequence():
    """Sequences of 3, 2 and 1 steps: there is nothing before the first and after the last one."""
    packing = Packed(torch.zeros(6), torch.tensor([3, 2, 1]))  # rows 0 1 2 | 3 4 | 5
    rows, there = later(packing, torch.tensor([-1, 0, 1, 2]))
    assert there.int().tolist() == [
        [0, 1, 1, 1],
        [0, 1, 1, 0],
        [0, 1, 0, 0],
        [1, 1, 1, 0],
        [1, 1, 0, 0],
        [1, 1, 0, 0],
    ]
    assert rows[:, 1].tolist() == list(range(6))
    assert (rows[0, 2:].tolist(), rows[5, 0].item()) == ([3, 5], 3)


def test_no_rows_have_none_around_them():
    """An empty batch stays empty."""
    rows, there = later(Packed(torch.zeros(0), torch.zeros(0, dtype=torch.int64)), torch.tensor([1]))
    assert (rows.shape, there.shape) == ((0, 1), (0, 1))
