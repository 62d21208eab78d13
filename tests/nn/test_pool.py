"""Pooling, compared with each sequence pooled by itself."""

import pytest
import torch

from seqloom.errors import SettingsError
from seqloom.nn import AttentionPool, LSTMCell, Recurrent, build_pool, running
from seqloom.sequence import Packed

LENGTHS = (6, 4, 4, 1)
TOLERANCE = {"rtol": 0, "atol": 1e-12}  # float64: sums of the same numbers in another order


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("last", lambda sequence: sequence[-1]),
        ("mean", lambda sequence: sequence.mean(dim=0)),
        ("max", lambda sequence: sequence.amax(dim=0)),
    ],
)
def test_each_sequence_is_pooled_over_its_own_steps(draw, kind, expected):
    """The result is that of every sequence alone, whatever its length."""
    sequences, rows = draw(LENGTHS, 3)
    pooled, weights = build_pool(kind, 3)(rows)
    assert weights is None
    torch.testing.assert_close(pooled, torch.stack([expected(sequence) for sequence in sequences]), **TOLERANCE)


def test_the_last_output_of_a_bidirectional_network_is_its_final_state(draw):
    """The forward half is the state after the last step, the backward half the state after the first."""
    network, (_, rows) = Recurrent(LSTMCell(), 3, 4, bidirectional=True).double(), draw(LENGTHS, 3)
    state, outputs = network.sequence(None, rows)
    pooled, _ = build_pool("last", 8, bidirectional=True)(outputs)
    torch.testing.assert_close(pooled, torch.cat([state.hidden[0], state.hidden[1]], dim=1), **TOLERANCE)


def test_attention_is_a_softmax_over_the_steps_of_each_sequence(draw):
    """Weights and weighted means are those of every sequence alone."""
    sequences, rows = draw(LENGTHS, 3)
    pool = AttentionPool(3).double()
    pooled, weights = pool(rows)
    for place, sequence in enumerate(sequences):
        expected = torch.softmax(pool.score(sequence).squeeze(1), dim=0)
        torch.testing.assert_close(weights[rows.sequence_rows == place], expected, **TOLERANCE)
        torch.testing.assert_close(pooled[place], expected @ sequence, **TOLERANCE)


def test_attention_stands_large_scores(draw):
    """Scores whose exponential overflows still give weights that sum to 1."""
    _, rows = draw(LENGTHS, 3)
    pool = AttentionPool(3).double()
    torch.nn.init.constant_(pool.score[2].weight, 1e6)
    _, weights = pool(rows)
    sums = torch.zeros(len(LENGTHS), dtype=torch.float64).index_add(0, rows.sequence_rows, weights)
    torch.testing.assert_close(sums, torch.ones_like(sums), **TOLERANCE)


@pytest.mark.parametrize("kind", ["last", "mean", "max", "attention"])
def test_pooling_has_the_gradients_of_finite_differences(draw, kind):
    """Gradients with respect to the rows agree with finite differences."""
    _, rows = draw(LENGTHS, 2)
    pool = build_pool(kind, 2).double()
    assert torch.autograd.gradcheck(lambda values: pool(rows.with_values(values))[0], rows.values.requires_grad_())


def test_an_unknown_pooling_is_refused():
    """A name that is no pooling is refused, and the message lists those there are."""
    with pytest.raises(SettingsError, match="expected last, mean, max or attention, came 'median'"):
        build_pool("median", 3)


@pytest.mark.parametrize("kind", ["last", "mean", "max", "attention"])
def test_pooled_piece_by_piece_is_pooled_at_once(kind):
    """Wherever the sequences are cut, also after a single step."""
    torch.manual_seed(0)
    pool, values = build_pool(kind, 3), torch.randn(2, 7, 3)  # [B, T, H]

    def packed(first, last):
        return Packed(values[:, first:last].transpose(0, 1).reshape(-1, 3), torch.full((last - first,), 2))

    sums = pool.begin(2, 3)
    for first, last in ((0, 1), (1, 4), (4, 7)):
        sums = pool.add(sums, packed(first, last))
        # 1e-6: a sum of seven float32 in another order
        torch.testing.assert_close(pool.result(sums), pool(packed(0, last))[0], rtol=1e-6, atol=1e-6)


def test_a_last_step_read_backwards_cannot_be_pooled_piece_by_piece():
    """Every further step changes what was read from the end."""
    pool = build_pool("last", 4, bidirectional=True)
    with pytest.raises(SettingsError, match="expected one direction, piece by piece, came both"):
        pool.add(pool.begin(1, 4), Packed(torch.zeros(1, 4), torch.ones(1, dtype=torch.int64)))


@pytest.mark.parametrize("kind", ["last", "mean", "max", "attention"])
def test_what_is_known_step_by_step_is_what_is_pooled_of_each_beginning(kind):
    """For sequences of different length, which end one after the other."""
    torch.manual_seed(0)
    pool, sizes = build_pool(kind, 3), torch.tensor([3, 2, 2, 1])
    rows = Packed(torch.randn(8, 3), sizes)
    sums, vectors = running(pool, pool.begin(3, 3), rows)
    for sequence, length in enumerate((4, 3, 1)):
        places = [int(rows.starts[step]) + sequence for step in range(length)]
        for count in range(1, length + 1):
            own = Packed(rows.values[places[:count]], torch.ones(count, dtype=torch.int64))
            # 1e-6: sums of a few float32 in another order
            torch.testing.assert_close(vectors[places[count - 1]], pool(own)[0][0], rtol=1e-6, atol=1e-6)
        torch.testing.assert_close(pool.result(sums)[sequence], vectors[places[-1]], rtol=0, atol=0)
