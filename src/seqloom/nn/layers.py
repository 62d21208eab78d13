"""Torch's recurrent layers by torch's names, run by the compiled engine."""

from typing import ClassVar

from torch import nn

from seqloom.nn.drop_in import DropIn
from seqloom.nn.elman import ElmanCell
from seqloom.nn.gru import GRUCell
from seqloom.nn.lstm import LSTMCell


class RNN(DropIn, nn.RNN):  # type: ignore[misc]  # overloads of torch, one of ours for all
    """`torch.nn.RNN`, run by the compiled engine; see `DropIn` and `ElmanCell`.

    Example:
        >>> import torch
        >>> outputs, state = RNN(3, 4, nonlinearity="relu")(torch.ones(5, 2, 3))
        >>> tuple(outputs.shape), tuple(state.shape)
        ((5, 2, 4), (1, 2, 4))
    """

    original: ClassVar[type[nn.RNNBase]] = nn.RNN

    @property
    def cell(self) -> ElmanCell:
        """Elman's, with tanh or relu."""
        return ElmanCell(self.nonlinearity)


class LSTM(DropIn, nn.LSTM):  # type: ignore[misc]  # overloads of torch, one of ours for all
    """`torch.nn.LSTM`, run by the compiled engine; see `DropIn` and `LSTMCell`.

    Example:
        >>> import torch
        >>> outputs, (hidden, cell) = LSTM(3, 4, batch_first=True, bidirectional=True)(torch.ones(2, 5, 3))
        >>> tuple(outputs.shape), tuple(hidden.shape), tuple(cell.shape)
        ((2, 5, 8), (2, 2, 4), (2, 2, 4))
    """

    original: ClassVar[type[nn.RNNBase]] = nn.LSTM

    @property
    def cell(self) -> LSTMCell:
        """With tanh."""
        return LSTMCell()


class GRU(DropIn, nn.GRU):  # type: ignore[misc]  # overloads of torch, one of ours for all
    """`torch.nn.GRU`, run by the compiled engine; see `DropIn` and `GRUCell`.

    Example:
        >>> import torch
        >>> outputs, state = GRU(3, 4, num_layers=2)(torch.ones(5, 3))
        >>> tuple(outputs.shape), tuple(state.shape)
        ((5, 4), (2, 4))
    """

    original: ClassVar[type[nn.RNNBase]] = nn.GRU

    @property
    def cell(self) -> GRUCell:
        """With the reset after the product."""
        return GRUCell()
