"""Weights a recurrence learns well from."""

import torch
from torch import nn

from seqloom.nn.elman import ElmanCell
from seqloom.nn.lstm import LSTMCell
from seqloom.nn.slstm import SLSTMCell
from seqloom.nn.stack import Recurrent


def initialise(module: Recurrent, generator: torch.Generator | None = None) -> None:
    """Draw the weights of a recurrence anew so that signals neither die out nor grow over many steps.

    Input weights are uniform as of Glorot & Bengio (AISTATS 2010), gate by gate. Recurrent weights are orthogonal,
    gate by gate (Saxe et al., ICLR 2014); those of a relu RNN are the identity (Le, Jaitly & Hinton, 2015). Biases are
    zero, but the forget gate's is 1 (Jozefowicz et al., ICML 2015); so are peepholes. Weights a cell draws in its own
    way are left to it. A learned initial state stays as it is.

    Args:
        module: the network, changed in place.
        generator: where randomness comes from; None: torch's default generator.

    Example:
        >>> network = Recurrent(LSTMCell(), 3, 2)
        >>> initialise(network)
        >>> network.bias_ih_l0.tolist()
        [0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    """
    cell, hidden = module.cell, module.hidden_size
    identity = isinstance(cell, ElmanCell) and cell.activation == "relu"
    for index in range(module.layers * module.directions):
        weights = module.weights(index)
        for gate in range(cell.gates):
            span = slice(gate * hidden, (gate + 1) * hidden)
            nn.init.xavier_uniform_(weights.input[span].data, generator=generator)
            if identity:
                nn.init.eye_(weights.recurrent[span].data)
            elif cell.reads_hidden:
                nn.init.orthogonal_(weights.recurrent[span].data, generator=generator)
        for rest in weights[2:]:
            nn.init.zeros_(rest)
        if isinstance(cell, LSTMCell | SLSTMCell):
            weights.input_bias.data[hidden : 2 * hidden] = 1.0
        cell.reset(weights, generator)
