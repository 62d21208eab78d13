import torch

from seqloom.live.vectors import Vectors
from seqloom.model import Carried
from seqloom.nn import LSTMState


def carried(count):
    """States of two layers and something beside them."""
    generator = torch.Generator().manual_seed(0)
    state = LSTMState(*(torch.randn(2, count, 3, generator=generator) for _ in range(2)))
    return Carried(state, (torch.randn(count, 4, generator=generator), torch.randn(count, 1, generator=generator)))


def test_rows_hold_all_that_is_carried_and_give_it_back():
    """Each stream has its own row."""
    vectors, before = Vectors(carried(1)), carried(5)
    rows = vectors.rows(before)
    assert rows.shape == (5, vectors.width) == (5, 17)
    after = vectors.carried(rows)
    assert isinstance(after.state, LSTMState)
    for one, other in zip([*before.state, *before.beside], [*after.state, *after.beside], strict=True):
        assert torch.equal(one, other)


def test_a_stream_keeps_its_row_in_any_order():
    """Rows may be taken and put together as streams come."""
    vectors, before = Vectors(carried(1)), carried(5)
    order = torch.tensor([3, 0, 4])
    after = vectors.carried(vectors.rows(before)[order])
    assert torch.equal(after.state.cell, before.state.cell[:, order])
    assert torch.equal(after.beside[1], before.beside[1][order])
