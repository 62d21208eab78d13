"""A decoder's beginnings, several of each source."""

import torch

from seqloom.model.attend import AttentionDecoder
from seqloom.model.decoder_writer import DecoderWriter
from seqloom.model.settings import ModelSettings
from seqloom.sequence import Packed


def test_beginnings_of_a_source_read_that_source():
    """Two beginnings of each of two sources go on as each would alone, also after one source is dropped."""
    torch.manual_seed(0)
    decoder = AttentionDecoder(ModelSettings(hidden_size=5), 4, source_size=3, width=4, memory_size=2).double().eval()
    memory = decoder.attention.remember(Packed(torch.randn(5, 3, dtype=torch.float64), torch.tensor([2, 2, 1])))
    start = DecoderWriter(decoder, decoder.begin(torch.randn(2, 2, dtype=torch.float64)), memory)
    both = start.take(torch.tensor([0, 0, 1, 1]), [0, 1])
    with torch.no_grad():
        after, further = both.step(torch.tensor([3, 1, 3, 2]))
        left = after.take(torch.tensor([3, 2]), [1])
        _, last = left.step(torch.tensor([0, 1]))
        alone, expected = start.take(torch.tensor([1]), [1]).step(torch.tensor([2]))
        _, next_expected = alone.step(torch.tensor([0]))
    torch.testing.assert_close(further[3:], expected, rtol=0, atol=1e-12)
    torch.testing.assert_close(last[:1], next_expected, rtol=0, atol=1e-12)
    torch.testing.assert_close(further.exp().sum(dim=1), torch.ones(4, dtype=torch.float64))
