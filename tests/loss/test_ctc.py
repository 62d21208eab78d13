import itertools

import numpy as np
import pytest
import torch
from torch.nn.utils.rnn import pack_sequence

from seqloom.errors import DataError
from seqloom.loss import ctc_losses, steps_needed
from seqloom.sequence import Packed


def said(path, blank):
    """What an alignment says: what comes twice in a row counts once, blanks not at all."""
    return tuple(k for t, k in enumerate(path) if k != blank and (t == 0 or path[t - 1] != k))


def probability(rows, symbols):
    """The probability of some symbols, alignment by alignment."""
    count, width = rows.shape
    paths = itertools.product(range(width), repeat=count)
    return sum(
        np.exp(sum(rows[t, k] for t, k in enumerate(path))) for path in paths if said(path, width - 1) == tuple(symbols)
    )


@pytest.fixture
def rows():
    """Log probabilities of three sequences of 5, 4 and 2 steps, two symbols and the blank."""
    generator = torch.Generator().manual_seed(3)
    return [torch.log_softmax(torch.randn(steps, 3, generator=generator), dim=1) for steps in (5, 4, 2)]


def test_losses_are_those_of_all_alignments_together(rows):
    """Each sequence of a packed batch has the probability that counting every alignment gives."""
    symbols = [[0, 0, 1], [1], [1, 0]]
    packed = Packed.from_torch(pack_sequence(rows))
    found = ctc_losses(packed, torch.tensor([0, 0, 1, 1, 1, 0]), torch.tensor([3, 1, 2]))
    expected = [-np.log(probability(steps.numpy(), own)) for steps, own in zip(rows, symbols, strict=True)]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_no_symbols_are_all_blanks(rows):
    """A sequence that says nothing is blank at every step."""
    found = ctc_losses(Packed.from_torch(pack_sequence(rows[:1])), torch.zeros(0).long(), torch.tensor([0]))
    np.testing.assert_allclose(found, [-rows[0][:, 2].sum()], rtol=1e-6)


def test_a_step_of_descent_makes_the_symbols_more_probable(rows):
    """The gradient points away from them."""
    logits = rows[0].clone().requires_grad_()
    target = (torch.tensor([0, 1]), torch.tensor([2]))

    def loss():
        return ctc_losses(Packed(torch.log_softmax(logits, 1), torch.ones(5).long()), *target).sum()

    before = loss()
    before.backward()
    with torch.no_grad():
        logits -= 0.1 * logits.grad
    assert loss() < before


def test_lengths_must_be_those_of_the_sequences(rows):
    """One length for each sequence."""
    with pytest.raises(DataError):
        ctc_losses(Packed.from_torch(pack_sequence(rows)), torch.tensor([0]), torch.tensor([1]))


def test_equal_neighbours_need_a_step_between_them():
    """The steps a text needs are counted sequence by sequence; where they end no neighbour counts."""
    rng = np.random.default_rng(0)
    parts = [rng.integers(0, 2, size) for size in (0, 1, 5, 0, 9, 2)]
    offsets = np.cumsum([0, *map(len, parts)])
    expected = [len(part) + sum(part[1:] == part[:-1]) for part in parts]
    assert steps_needed(np.concatenate(parts), offsets).tolist() == expected
    assert steps_needed(np.zeros(0, np.int64), np.zeros(3, np.int64)).tolist() == [0, 0]


def test_fewer_steps_than_needed_are_impossible(rows):
    """Two equal symbols cannot be said in two steps."""
    packed = Packed.from_torch(pack_sequence(rows[2:]))
    assert ctc_losses(packed, torch.tensor([1, 1]), torch.tensor([2])).isinf().all()
