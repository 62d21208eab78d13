"""Weights a recurrence learns well from."""

import pytest
import torch

from seqloom.nn import ElmanCell, GRUCell, LSTMCell, Recurrent, initialise


@pytest.mark.parametrize("cell", [ElmanCell(), LSTMCell(), GRUCell()], ids=repr)
def test_recurrent_weights_of_each_gate_are_orthogonal(cell, generator):
    """Each gate's recurrent matrix turns vectors without stretching them, in all layers and directions."""
    network = Recurrent(cell, 3, 6, 2, bidirectional=True)
    initialise(network, generator)
    for index in range(4):
        for gate in network.weights(index).recurrent.detach().split(6):
            torch.testing.assert_close(gate @ gate.T, torch.eye(6), rtol=0, atol=1e-5)  # float32 QR


def test_a_relu_rnn_starts_by_remembering():
    """Recurrent weights of a relu RNN are the identity, so that the state is carried on unchanged."""
    network = Recurrent(ElmanCell("relu"), 3, 6)
    initialise(network)
    assert torch.equal(network.weight_hh_l0, torch.eye(6))


def test_input_weights_keep_the_variance_of_each_gate(generator):
    """Input weights are uniform within Glorot's bound for one gate, sqrt(6 / (F + H))."""
    network = Recurrent(LSTMCell(), 20, 30)
    initialise(network, generator)
    bound = (6 / 50) ** 0.5
    assert 0.99 * bound < network.weight_ih_l0.abs().max() <= bound


def test_the_forget_gate_starts_open():
    """Biases are zero but for the forget gate's, which is 1 once and not twice."""
    network = Recurrent(LSTMCell(), 3, 2, 2)
    initialise(network)
    total = network.bias_ih_l1 + network.bias_hh_l1
    assert total.tolist() == [0, 0, 1, 1, 0, 0, 0, 0]


def test_the_same_generator_gives_the_same_weights(generator):
    """Randomness comes from the generator that is passed in."""
    first, second = Recurrent(GRUCell(), 3, 4), Recurrent(GRUCell(), 3, 4)
    initialise(first, generator.manual_seed(1))
    initialise(second, generator.manual_seed(1))
    assert all(torch.equal(one, two) for one, two in zip(first.parameters(), second.parameters(), strict=True))
