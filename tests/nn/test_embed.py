"""Learned vectors for categories."""

import pytest
import torch

from seqloom.nn import Embedding, embedding_width, lookup


@pytest.mark.parametrize("leading", [(5,), (2, 4)], ids=["rows", "horizon"])
def test_each_column_looks_up_its_own_table(leading, generator):
    """The result is the vectors of all columns side by side, for any leading axes."""
    embedding = Embedding((3, 9))
    codes = torch.stack([torch.randint(0, 3, leading), torch.randint(0, 9, leading)], dim=-1)
    result = embedding(codes)
    width = embedding_width(3)
    assert result.shape == (*leading, embedding.output_size)
    assert torch.equal(result[..., :width], embedding.tables[0].weight[codes[..., 0]])
    assert torch.equal(result[..., width:], embedding.tables[1].weight[codes[..., 1]])


def test_no_columns_give_no_features():
    """Without categories the result has width 0 and can be joined with other features."""
    assert Embedding(())(torch.zeros(5, 0, dtype=torch.int64)).shape == (5, 0)


def test_the_width_of_a_column_can_be_chosen():
    """Others keep the width that follows from their number of entries."""
    embedding = Embedding((9, 9), {1: 7})
    assert [table.embedding_dim for table in embedding.tables] == [embedding_width(9), 7]
    assert embedding.output_size == embedding_width(9) + 7


def test_vectors_of_a_chosen_width_begin_near_zero():
    """A rare word is soon moved by what is learned of it; columns of few entries begin as torch's do."""
    embedding = Embedding((900, 900), {0: 30})
    spreads = [float(table.weight.detach().std()) for table in embedding.tables]
    assert spreads == pytest.approx([0.1, 1.0], rel=0.05)


def test_some_entries_can_begin_from_known_vectors():
    """The others stay random, as far from zero as those."""
    embedding = Embedding((100,), {0: 4})
    before = embedding.tables[0].weight.detach().clone()
    vectors = torch.tensor([[0.1, 0.2, 0.3, 0.4], [0.5, -0.1, 0.0, 0.2]])
    embedding.begin_from(0, torch.tensor([7, 2]), vectors)
    after = embedding.tables[0].weight.detach()
    assert torch.equal(after[[7, 2]], vectors)
    torch.testing.assert_close(after[9], before[9] * vectors.std() / before.std())


def test_a_table_is_the_one_torch_draws():
    """From the same seed the same vectors."""
    torch.manual_seed(3)
    ours = lookup(5, 4).weight
    torch.manual_seed(3)
    assert torch.equal(ours, torch.nn.Embedding(5, 4).weight)
