import torch

from seqloom.sequence import Ragged


def test_rows_of_sequences_are_taken_in_any_order():
    """A sequence may be empty, left out, or taken twice."""
    rows = Ragged(torch.tensor([[1], [2], [3]]), torch.tensor([2, 0, 1]))
    taken = rows.take(torch.tensor([2, 1, 0, 2]))
    assert taken.values.flatten().tolist() == [3, 1, 2, 3]
    assert taken.lengths.tolist() == [1, 0, 2, 1]


def test_of_no_sequences_there_are_no_rows():
    """The shape of a row stays."""
    taken = Ragged(torch.zeros(3, 4), torch.tensor([3])).take(torch.tensor([], dtype=torch.int64))
    assert taken.values.shape == (0, 4)
