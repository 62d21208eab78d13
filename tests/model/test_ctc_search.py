import itertools

import numpy as np
import pytest
import torch
from torch.nn.utils.rnn import pack_sequence

from seqloom.model.ctc_search import beam_search, best_paths
from seqloom.sequence import Packed

SHAPES = [(1, 2), (3, 2), (3, 3), (5, 3), (4, 4)]


def probabilities(rows):
    """The probability of every text, all its alignments added up."""
    count, width = rows.shape
    total = {}
    for path in itertools.product(range(width), repeat=count):
        text = tuple(k for t, k in enumerate(path) if k != width - 1 and (t == 0 or path[t - 1] != k))
        total[text] = total.get(text, 0.0) + float(np.exp(sum(rows[t, k] for t, k in enumerate(path))))
    return total


def drawn(steps, width, seed):
    """Log probabilities at random."""
    generator = torch.Generator().manual_seed(seed)
    return torch.log_softmax(1.5 * torch.randn(steps, width, generator=generator), dim=1)


def texts(found):
    """The symbols of each sequence."""
    return [tuple(part.tolist()) for part in torch.split(found.values, found.lengths.tolist())]


@pytest.mark.parametrize(("steps", "width"), SHAPES)
def test_a_wide_beam_finds_the_most_probable_text(steps, width):
    """With room for every beginning the answer is that of adding up all alignments of all texts."""
    for seed in range(12):
        rows = drawn(steps, width, seed)
        total = probabilities(rows.double().numpy())
        (found,) = texts(beam_search(Packed(rows, torch.ones(steps).long()), 1000))
        assert total[found] == pytest.approx(max(total.values()), rel=1e-5)


def test_a_narrow_beam_is_never_better():
    """What a beam of one or two finds is at most as probable as the best there is."""
    for seed in range(12):
        rows = drawn(5, 3, seed)
        total = probabilities(rows.double().numpy())
        for beam in (1, 2):
            (found,) = texts(beam_search(Packed(rows, torch.ones(5).long()), beam))
            assert total[found] <= max(total.values()) * (1 + 1e-5)


def test_the_best_path_is_that_of_single_steps():
    """The most probable symbol of each step, repeated ones once, blanks not at all."""
    for seed in range(12):
        rows = drawn(6, 3, seed)
        path = rows.argmax(dim=1).tolist()
        expected = tuple(k for t, k in enumerate(path) if k != 2 and (t == 0 or path[t - 1] != k))
        assert texts(best_paths(Packed(rows, torch.ones(6).long()))) == [expected]


@pytest.mark.parametrize("search", [best_paths, lambda rows: beam_search(rows, 4)])
def test_sequences_of_a_batch_are_searched_one_by_one(search):
    """In a packed batch each sequence says what it says alone, also where it says nothing."""
    rows = [drawn(steps, 4, steps) for steps in (7, 5, 2)]
    rows.append(torch.tensor([[-9.0, -9.0, -9.0, -0.001]]))
    alone = [texts(search(Packed(own, torch.ones(len(own)).long())))[0] for own in rows]
    assert texts(search(Packed.from_torch(pack_sequence(rows)))) == alone
    assert alone[-1] == ()


def test_a_beginning_that_comes_back_is_the_same():
    """A beginning that left the beam and returns adds to what was continued from it."""
    for seed in range(20):
        rows = drawn(8, 3, 100 + seed)
        (found,) = texts(beam_search(Packed(rows, torch.ones(8).long()), 3))
        best = probabilities(rows.double().numpy())
        assert best[found] > 0.3 * max(best.values())
