from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence

from seqloom.sequence import Batch, Packed

LENGTHS = st.lists(st.integers(1, 7), min_size=1, max_size=6)


def pack(lengths):
    """Sequences of these lengths; each cell tells its sequence (longest first) and its step."""
    ordered = sorted(lengths, reverse=True)
    rows = [torch.tensor([[float(place), float(step)] for step in range(n)]) for place, n in enumerate(ordered)]
    return ordered, Packed.from_torch(pack_sequence(rows))


@given(LENGTHS)
def test_a_packing_knows_the_lengths_of_its_sequences(lengths):
    """Longest first, from the sizes alone."""
    ordered, packed = pack(lengths)
    assert packed.lengths.tolist() == ordered
    assert (packed.batch_size, packed.steps) == (len(ordered), max(ordered))
    assert packed.equal == (min(ordered) == max(ordered))


@given(LENGTHS)
def test_the_last_row_of_each_sequence_is_found(lengths):
    """Its cell tells its own sequence and the last step."""
    ordered, packed = pack(lengths)
    expected = [[place, length - 1] for place, length in enumerate(ordered)]
    assert packed.values[packed.last_rows].tolist() == expected


@given(LENGTHS)
def test_each_row_knows_its_sequence(lengths):
    """As its first cell says."""
    _, packed = pack(lengths)
    assert packed.sequence_rows.tolist() == packed.values[:, 0].tolist()


def test_the_layout_is_torchs_own():
    """There and back without a copy; torch unpacks what was packed here."""
    _, packed = pack([3, 1])
    theirs = packed.to_torch()
    assert theirs.data.data_ptr() == packed.values.data_ptr()
    padded, lengths = pad_packed_sequence(theirs, batch_first=True)
    assert lengths.tolist() == [3, 1]
    assert padded[1].tolist() == [[1, 0], [0, 0], [0, 0]]


def test_other_rows_keep_the_arrangement():
    """A layer changes values, not where they lie."""
    _, packed = pack([3, 1])
    hidden = packed.with_values(torch.zeros(4, 5))
    assert hidden.sizes is packed.sizes
    assert hidden.values.shape == (4, 5)


def test_a_packing_of_nothing_has_no_sequences():
    """Neither steps nor rows."""
    packed = Packed(torch.zeros(0, 2), torch.zeros(0, dtype=torch.int64))
    assert (packed.batch_size, packed.steps, packed.equal) == (0, 0, True)


@pytest.mark.parametrize("lengths", [[4, 4], [5, 2, 1]])
def test_a_batch_counts_sequences_and_rows(lengths):
    """Both as its packing does."""
    _, packed = pack(lengths)
    count, nothing = len(lengths), torch.zeros(0)
    batch = Batch(packed, nothing, nothing, nothing, nothing, nothing, nothing, torch.arange(count))
    assert (batch.batch_size, batch.rows) == (count, sum(lengths))


def forecast_batch(sequences, steps):
    """Each number tells its step and its sequence; three steps ahead are to be predicted from each."""
    cells = torch.arange(float(sequences * steps)).unsqueeze(1)
    whole = torch.arange(sequences)
    return Batch(
        numbers=Packed(cells, torch.full((steps,), sequences)),
        codes=cells.long(),
        static_numbers=whole.unsqueeze(1).float(),
        static_codes=whole.unsqueeze(1),
        future_numbers=whole.view(-1, 1, 1).float().expand(-1, 3, 2),
        future_codes=whole.view(-1, 1, 1).expand(-1, 3, 1),
        target=cells.unsqueeze(2).expand(-1, 3, 1),
        order=whole,
    )


def test_a_batch_of_equal_lengths_can_be_cut_into_smaller_ones():
    """Every sequence keeps its own rows, in time."""
    first, second = forecast_batch(5, 2).cut([3, 2])
    assert first.numbers.values.flatten().tolist() == [0, 1, 2, 5, 6, 7]
    assert second.numbers.values.flatten().tolist() == [3, 4, 8, 9]
    assert second.numbers.sizes.tolist() == [2, 2]
    assert second.target[:, 2, 0].tolist() == [3, 4, 8, 9]
    assert second.static_codes.flatten().tolist() == [3, 4]
    assert second.order.tolist() == [0, 1]


def test_a_batch_is_cut_into_all_of_its_sequences():
    """Not into some."""
    with pytest.raises(ValueError, match="sizes of 5 in all"):
        list(forecast_batch(5, 2).cut([3, 1]))


def test_a_batch_with_symbols_is_not_cut():
    """Its targets have lengths of their own."""
    batch = replace(forecast_batch(2, 2), target_lengths=torch.tensor([1, 3]))
    with pytest.raises(ValueError, match="sizes of 2 in all"):
        list(batch.cut([1, 1]))


def shuffle_batch():
    """Sequences of five, four and one steps; each row tells its sequence and its step."""
    rows = Packed(torch.zeros(10, 2), torch.tensor([3, 2, 2, 2, 1]))
    numbers = rows.with_values(torch.stack([rows.sequence_rows, rows.row_steps], dim=1).float())
    empty = torch.zeros(3, 0)
    return Batch(
        numbers, numbers.values.long(), empty, empty, empty, empty, target=torch.arange(3), order=torch.arange(3)
    )


@pytest.mark.parametrize("anew", [False, True])
def test_shuffled_sequences_keep_their_own_steps(anew):
    """All of them, categories beside their numbers, in another order."""
    batch = shuffle_batch()
    found = batch.shuffled(anew=anew)
    values = found.numbers.values
    assert values[:, 0].tolist() == batch.numbers.values[:, 0].tolist()
    for sequence, length in enumerate([5, 4, 1]):
        assert sorted(values[values[:, 0] == sequence, 1].tolist()) == list(range(length))
    assert found.codes.tolist() == values.long().tolist()
    assert found.target is batch.target


def test_steps_are_shuffled_alike_unless_anew():
    """By a sequence's length alone, whatever else is in the batch."""
    batch = shuffle_batch()
    first, second = batch.shuffled(anew=False).numbers.values, batch.shuffled(anew=False).numbers.values
    assert torch.equal(first, second)
    assert not torch.equal(first, batch.numbers.values)
    alone = Batch(
        Packed(torch.arange(5.0)[:, None], torch.ones(5, dtype=torch.int64)),
        torch.zeros(5, 0, dtype=torch.int64),
        *[torch.zeros(1, 0)] * 4,
        target=torch.zeros(1),
        order=torch.zeros(1),
    )
    assert alone.shuffled(anew=False).numbers.values[:, 0].tolist() == first[first[:, 0] == 0, 1].tolist()


def test_every_order_comes_equally_often():
    """Of three steps, in 6,000 draws of each of the six."""
    torch.manual_seed(0)
    count = 6_000
    rows = Packed(torch.arange(3.0).repeat_interleave(count)[:, None], torch.full((3,), count))
    empty = torch.zeros(count, 0)
    batch = Batch(rows, torch.zeros(3 * count, 0), empty, empty, empty, empty, target=empty, order=torch.arange(count))
    orders = batch.shuffled(anew=True).numbers.values.view(3, count).T @ torch.tensor([9.0, 3.0, 1.0])
    _, counts = orders.unique(return_counts=True)
    assert len(counts) == 6
    assert (counts - 1_000).abs().max() < 5 * 1_000**0.5
