"""The recurrent networks by their common names."""

from typing import Unpack

from seqloom.nn.elman import ElmanCell
from seqloom.nn.gru import GRUCell
from seqloom.nn.lstm import LSTMCell
from seqloom.nn.stack import Options, Recurrent


class RNN(Recurrent):
    """Elman's simple recurrent network, see `ElmanCell`.

    Args:
        input_size: `F`.
        hidden_size: `H`.
        layers: `L`.
        activation: `tanh`, `relu`, `elu` or `sigmoid`.
        options: `bidirectional`, `dropout`, `variational_dropout`, `learned_state`; see `Options`.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        layers: int = 1,
        *,
        activation: str = "tanh",
        **options: Unpack[Options],
    ) -> None:
        super().__init__(ElmanCell(activation), input_size, hidden_size, layers, **options)


class LSTM(Recurrent):
    """Long short-term memory, see `LSTMCell`.

    Args:
        input_size: `F`.
        hidden_size: `H`.
        layers: `L`.
        activation: of candidate and output: `tanh` or `relu`.
        options: `bidirectional`, `dropout`, `variational_dropout`, `learned_state`; see `Options`.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        layers: int = 1,
        *,
        activation: str = "tanh",
        **options: Unpack[Options],
    ) -> None:
        super().__init__(LSTMCell(activation), input_size, hidden_size, layers, **options)


class GRU(Recurrent):
    """Gated recurrent units, see `GRUCell`.

    Args:
        input_size: `F`.
        hidden_size: `H`.
        layers: `L`.
        reset_after: whether the reset gate acts after the product with the recurrent weights, as in torch.
        options: `bidirectional`, `dropout`, `variational_dropout`, `learned_state`; see `Options`.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        layers: int = 1,
        *,
        reset_after: bool = True,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(GRUCell(reset_after), input_size, hidden_size, layers, **options)
