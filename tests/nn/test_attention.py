"""Attention, compared with torch's softmax over padded sequences."""

import pytest
import torch

from seqloom.errors import SettingsError
from seqloom.nn import build_attention
from seqloom.nn.attention import by_sequence
from seqloom.sequence import Packed

LENGTHS = (6, 4, 4, 1)
COUNTS = (2, 5, 0, 3)
TOLERANCE = {"rtol": 0, "atol": 1e-12}  # float64: sums of the same numbers in another order
KINDS = ("luong", "bahdanau")


def padded(attention, queries, sequences):
    """Contexts and weights by one product over sequences padded to the same length, the padding masked."""
    memory = torch.nn.utils.rnn.pad_sequence(sequences, batch_first=True)  # [B, T, H]
    asked = torch.nn.utils.rnn.pad_sequence(list(torch.split(queries, list(COUNTS))), batch_first=True)  # [B, R, Q]
    if hasattr(attention, "score"):
        pairs = torch.tanh(attention.ask(asked).unsqueeze(2) + attention.answer(memory).unsqueeze(1))
        scores = attention.score(pairs).squeeze(3)
    else:
        scores = torch.bmm(asked @ attention.ask.weight.T, memory.transpose(1, 2))
    there = torch.arange(memory.shape[1]) < torch.tensor(LENGTHS).unsqueeze(1)
    weights = torch.softmax(scores.masked_fill(~there.unsqueeze(1), -torch.inf), dim=2)
    return torch.bmm(weights, memory), weights


@pytest.fixture(params=KINDS)
def case(request, draw):
    """An attention, the sequences it reads, and what asks them."""
    torch.manual_seed(0)
    sequences, rows = draw(LENGTHS, 3)
    return build_attention(request.param, 4, 3).double(), sequences, rows, torch.randn(10, 4, dtype=torch.float64)


def test_attention_is_that_of_padded_sequences(case):
    """Contexts and weights are those of a masked softmax, without padding anything."""
    attention, sequences, rows, queries = case
    contexts, weights = attention(queries, COUNTS, attention.remember(rows))
    expected, shares = padded(attention, queries, sequences)
    place = 0
    for b, count in enumerate(COUNTS):
        torch.testing.assert_close(contexts[place : place + count], expected[b, :count], **TOLERANCE)
        torch.testing.assert_close(weights[b], shares[b, :count, : LENGTHS[b]], **TOLERANCE)
        place += count


def test_attention_has_the_gradients_of_padded_sequences(case):
    """Queries, rows that are read and weights of the score all learn as they would with padding."""
    attention, _, rows, queries = case
    values, queries = rows.values.clone().requires_grad_(), queries.requires_grad_()
    packed = rows.with_values(values)
    mine, _ = attention(queries, COUNTS, attention.remember(packed))
    apart = [values[by_sequence(packed)][start : start + n] for start, n in zip((0, 6, 10, 14), LENGTHS, strict=True)]
    other, _ = padded(attention, queries, apart)
    there = torch.arange(other.shape[1]) < torch.tensor(COUNTS).unsqueeze(1)
    learned = [queries, values, *attention.parameters()]
    factors = torch.randn_like(mine)
    found = torch.autograd.grad((mine * factors).sum(), learned)
    expected = torch.autograd.grad((other[there] * factors).sum(), learned)
    for one, two in zip(found, expected, strict=True):
        torch.testing.assert_close(one, two, **TOLERANCE)


def test_a_part_of_a_memory_answers_as_the_whole(case):
    """Taking some sequences in another order changes nothing in what is read from them."""
    attention, _, rows, queries = case
    memory = attention.remember(rows)
    one, _ = attention(queries, (0, 5, 0, 5), memory)
    two, _ = attention(torch.cat([queries[5:], queries[:5]]), (5, 5), memory.take([3, 1]))
    torch.testing.assert_close(torch.cat([two[5:], two[:5]]), one, **TOLERANCE)


def test_rows_of_a_sequence_are_found_in_order():
    """Going through packed rows sequence by sequence leads to each sequence's steps."""
    rows = Packed(torch.tensor([[10.0], [20.0], [11.0], [21.0], [12.0]]), torch.tensor([2, 2, 1]))
    assert rows.values[by_sequence(rows)].flatten().tolist() == [10, 11, 12, 20, 21]


def test_an_unknown_attention_is_refused():
    """The message names those there are."""
    with pytest.raises(SettingsError, match="expected luong or bahdanau, came 'self'"):
        build_attention("self", 2, 2)
