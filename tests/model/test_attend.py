"""The attention decoder: what it is taught at once is what it writes step by step."""

import pytest
import torch

from seqloom.model.attend import AttentionDecoder
from seqloom.model.beam import beam_search
from seqloom.model.decoder_writer import DecoderWriter
from seqloom.model.settings import ModelSettings
from seqloom.model.taught import Taught
from seqloom.sequence import Packed

TOLERANCE = {"rtol": 0, "atol": 1e-12}  # float64: sums of the same numbers in another order
LENGTHS = (4, 3, 1)
TARGETS = ([2, 0], [1, 1, 3, 0], [])
MARK = 4


@pytest.fixture(params=[("lstm", "luong", 1), ("gru", "bahdanau", 2)], ids=str)
def case(request):
    """A decoder, a memory of three sources and a summary of each."""
    torch.manual_seed(0)
    cell, attention, layers = request.param
    settings = ModelSettings(cell=cell, attention=attention, hidden_size=6, layers=layers)
    decoder = AttentionDecoder(settings, symbols=MARK + 1, source_size=4, width=5, memory_size=3).double().eval()
    sizes = torch.tensor([3, 2, 2, 1])
    memory = decoder.attention.remember(Packed(torch.randn(8, 4, dtype=torch.float64), sizes))
    return decoder, memory, torch.randn(3, 3, dtype=torch.float64)


def taught():
    flat = torch.tensor([symbol for target in TARGETS for symbol in target])
    return Taught.of(flat, torch.tensor([len(target) for target in TARGETS]), MARK)


def test_teaching_all_steps_at_once_is_writing_them_one_by_one(case):
    """Vectors and weights of each step agree, though targets are packed in another order than sources."""
    decoder, memory, summary = case
    steps = taught()
    vectors, weights = decoder.taught(steps, memory, decoder.begin(summary))
    for place, target in enumerate(TARGETS):
        position = decoder.begin(summary[place : place + 1])
        mine = steps.rows[sum(steps.counts[:place]) : sum(steps.counts[: place + 1])]
        for step, symbol in enumerate([MARK, *target]):
            position, alone = decoder.step(position, torch.tensor([symbol]), [1], memory.take([place]))
            torch.testing.assert_close(vectors[mine[step]], alone.vectors[0], **TOLERANCE)
            torch.testing.assert_close(weights[place][step], alone.weights[0][0], **TOLERANCE)


def test_a_target_does_not_depend_on_those_beside_it(case):
    """Taught alone, it has the same vectors."""
    decoder, memory, summary = case
    together = taught()
    vectors, _ = decoder.taught(together, memory, decoder.begin(summary))
    alone = Taught.of(torch.tensor(TARGETS[1]), torch.tensor([4]), MARK)
    own, _ = decoder.taught(alone, memory.take([1]), decoder.begin(summary[1:2]))
    torch.testing.assert_close(own, vectors[together.rows[3:8]], **TOLERANCE)


def test_everything_learns(case):
    """Every weight has a gradient, those of the summary and of the attention among them."""
    decoder, memory, summary = case
    vectors, _ = decoder.taught(taught(), memory, decoder.begin(summary))
    torch.autograd.backward(decoder.logits(vectors).logsumexp(dim=1).sum())
    still = [name for name, weight in decoder.named_parameters() if weight.grad is None or not weight.grad.any()]
    assert still == []


@pytest.mark.parametrize("beam", [1, 3])
def test_what_beam_search_scores_is_what_was_taught(case, beam):
    """The score of a written sequence is the sum of the log-probabilities teaching gives it."""
    decoder, memory, summary = case
    with torch.no_grad():
        written = beam_search(DecoderWriter(decoder, decoder.begin(summary), memory), [5, 5, 5], mark=MARK, beam=beam)
        flat = torch.tensor([symbol for found in written for symbol in found.symbols])
        steps = Taught.of(flat, torch.tensor([len(found.symbols) for found in written]), MARK)
        vectors, _ = decoder.taught(steps, memory, decoder.begin(summary))
        further = torch.log_softmax(decoder.logits(vectors), dim=1)
    each = further.gather(1, steps.asked.unsqueeze(1)).flatten()[steps.rows].split(list(steps.counts))
    assert [found.score for found in written] == pytest.approx([float(own.sum()) for own in each], abs=1e-6)
