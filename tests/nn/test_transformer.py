"""The Transformer beside torch's own."""

import pytest
import torch
from torch import nn

from seqloom.nn import TransformerReader
from seqloom.nn.transformer import waves
from seqloom.sequence import Packed


def torchs(reader, dropout=0.0):
    """Layers of torch with the same weights."""
    size = reader.hidden_size
    layers = []
    for own in reader.layers:
        layer = nn.TransformerEncoderLayer(
            size, own.heads, 2 * size, dropout, activation="gelu", batch_first=True, norm_first=True
        )
        layer.self_attn.in_proj_weight.data, layer.self_attn.in_proj_bias.data = own.ask.weight.data, own.ask.bias.data
        layer.self_attn.out_proj.load_state_dict(own.answer.state_dict())
        layer.norm1.load_state_dict(own.before_attention.state_dict())
        layer.norm2.load_state_dict(own.before_net.state_dict())
        layer.linear1.load_state_dict(own.net[0].state_dict())
        layer.linear2.load_state_dict(own.net[2].state_dict())
        layers.append(layer.eval())
    return layers


@pytest.mark.parametrize("bidirectional", [False, True])
def test_it_answers_as_torchs_layers_do(bidirectional):
    """For one sequence, with torch's masks."""
    torch.manual_seed(0)
    reader = TransformerReader(5, 32, 2, bidirectional=bidirectional).eval()
    steps = torch.randn(9, 5)
    found = reader.sequence(None, Packed(steps, torch.ones(9, dtype=torch.int64)))[1].values
    rows = (reader.enter(steps) + waves(torch.arange(9), 32))[None]
    later = torch.ones(9, 9, dtype=torch.bool).triu(1)
    for layer in torchs(reader):
        rows = layer(rows, src_mask=None if bidirectional else later)
    torch.testing.assert_close(found, reader.norm(rows)[0], atol=1e-5, rtol=1e-4)


def test_steps_are_told_apart_by_sines_and_cosines():
    """The first pair turns by one radian a step, later ones more slowly."""
    found = waves(torch.tensor([0, 1, 2]), 4)
    torch.testing.assert_close(found[:, 0], torch.sin(torch.tensor([0.0, 1.0, 2.0])))
    torch.testing.assert_close(found[:, 3], torch.cos(torch.tensor([0.0, 0.01, 0.02])))


def test_an_odd_width_has_waves_too():
    """The last cosine is left out."""
    assert waves(torch.arange(3), 5).shape == (3, 5)
