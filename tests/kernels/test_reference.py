"""The reference itself: against torch's networks, which know nothing of it."""

import numpy as np
import pytest
import torch
from torch.nn.utils.rnn import PackedSequence

from seqloom.kernels import reference

TORCH = {
    "lstm-tanh": (torch.nn.LSTM, {}),
    "gru": (torch.nn.GRU, {}),
    "elman-tanh": (torch.nn.RNN, {"nonlinearity": "tanh"}),
    "elman-relu": (torch.nn.RNN, {"nonlinearity": "relu"}),
}
LENGTHS = (5, 3, 3, 1)
ROUNDING = {"rtol": 0, "atol": 1e-13}  # float64: the same sums in another order


def networks(layer, build, options):
    """Torch's network with the weights of a layer, and its packed inputs and initial state."""
    hidden, features = layer.state[0].shape[1], layer.x.shape[1]
    network = build(features, hidden, **options).double()
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    weights = dict(zip(names, map(torch.from_numpy, layer.weights), strict=False))
    network.load_state_dict(weights)
    state = tuple(torch.from_numpy(part).unsqueeze(0) for part in layer.state)
    rows = PackedSequence(torch.from_numpy(layer.x), torch.from_numpy(layer.sizes))
    return network, rows, state if len(state) > 1 else state[0]


@pytest.mark.parametrize("name", TORCH)
def test_it_gives_what_torch_gives(cells, draw, name):
    """Outputs and final states of ragged sequences are those of torch's network with the same weights."""
    layer = draw(cells[name], 3, 4, LENGTHS, np.float64)
    network, rows, state = networks(layer, *TORCH[name])
    final, outputs = layer.reference()
    expected, expected_final = network(rows, state)
    np.testing.assert_allclose(outputs, expected.data.detach(), **ROUNDING)
    parts = expected_final if isinstance(expected_final, tuple) else (expected_final,)
    np.testing.assert_allclose(np.stack(final), np.stack([part[0].detach() for part in parts]), **ROUNDING)


def test_in_reverse_it_reads_each_sequence_from_its_own_end(recurrence, draw):
    """Each sequence turned round by hand and run forwards gives its outputs in reverse, turned round."""
    layer = draw(recurrence, 3, 4, LENGTHS, np.float64)
    final, outputs = layer.reference(reverse=True)
    starts = np.concatenate([[0], np.cumsum(layer.sizes)])
    for b, length in enumerate(LENGTHS):
        own = starts[:length] + b
        state = tuple(part[b : b + 1] for part in layer.state)
        ones = np.ones(length, np.int64)
        alone, turned = reference.run(recurrence.step, layer.weights, layer.x[own[::-1]], state, ones)
        np.testing.assert_allclose(turned[::-1], outputs[own], **ROUNDING)
        np.testing.assert_allclose(alone[0][0], final[0][b], **ROUNDING)


def test_kept_factors_act_only_on_what_the_weights_read(recurrence, draw):
    """With every hidden unit hidden from the weights it gives what it gives without recurrent weights."""
    layer = draw(recurrence, 3, 4, LENGTHS, np.float64)
    _, outputs = layer.reference(kept=np.zeros_like(layer.kept))
    without = layer.weights._replace(recurrent=np.zeros_like(layer.weights.recurrent))
    _, expected = reference.run(recurrence.step, without, layer.x, layer.state, layer.sizes)
    np.testing.assert_array_equal(outputs, expected)


@pytest.mark.parametrize(
    ("activate", "theirs"),
    [(reference.sigmoid, torch.sigmoid), (reference.relu, torch.relu), (reference.elu, torch.nn.functional.elu)],
)
def test_activations_are_those_of_torch(activate, theirs):
    """Each activation gives torch's values from far below zero to far above."""
    x = np.linspace(-30, 30, 601)
    np.testing.assert_allclose(activate(x), theirs(torch.from_numpy(x)), rtol=1e-14, atol=0)  # a few float64 ulp
