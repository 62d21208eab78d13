import torch

from seqloom.model.transpose import moved, shifts
from seqloom.sequence import Packed


def test_each_sequence_is_moved_by_its_own_number():
    """The frames of the first of two sequences go up by one, those of the second down by two."""
    rows = Packed(torch.zeros(3, 0), torch.tensor([2, 1]))
    frames = torch.tensor([[1.0, 1, 0, 0], [0, 0, 1, 0], [0, 1, 0, 1]])
    expected = [[0, 1, 1, 0], [1, 0, 0, 0], [0, 0, 1, 0]]
    assert moved(frames, rows, torch.tensor([1, -2])).tolist() == expected


def test_shifts_go_up_and_down():
    """All shifts from the lowest to the highest are drawn."""
    torch.manual_seed(0)
    assert sorted(set(shifts(200, 2).tolist())) == [-2, -1, 0, 1, 2]
