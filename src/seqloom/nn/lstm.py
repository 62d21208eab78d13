"""Long short-term memory."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional

from seqloom.kernels import Kernel, lstm
from seqloom.nn.activation import ACTIVATIONS, COMPILED, check_activation
from seqloom.nn.cell import Cell, Weights
from seqloom.nn.state import LSTMState


@dataclass(frozen=True)
class LSTMCell(Cell[LSTMState]):
    """The LSTM cell with a forget gate.

        i, f, o = sigmoid(W x + b + U h + c)      input, forget and output gate, each with weights of its own
        g       = φ(W x + b + U h + c)            candidate
        s'      = f s + i g                       memory cell
        h'      = o φ(s')

    Sources: Hochreiter & Schmidhuber, "Long short-term memory", Neural Computation 9 (1997); the forget gate: Gers,
    Schmidhuber & Cummins, "Learning to forget", Neural Computation 12 (2000). Deviations: no peepholes; φ, tanh in
    most texts, may be relu. Gates are stored in torch's order i, f, g, o.

    Args:
        activation: φ: `tanh` or `relu`.

    Raises:
        SettingsError: the activation is another one.
    """

    gates: ClassVar[int] = 4

    activation: str = "tanh"

    def __post_init__(self) -> None:
        check_activation(self.activation, "an LSTM", ("tanh", "relu"))

    @property
    def fused(self) -> bool:
        """Torch has a kernel for tanh."""
        return self.activation == "tanh"

    @property
    def kernel(self) -> Kernel:
        """Compiled for either activation."""
        return lstm(COMPILED[self.activation])

    def initial_state(self, zeros: Tensor) -> LSTMState:
        """A hidden vector and a memory cell of zeros."""
        return LSTMState(zeros, zeros)

    def project(self, weights: Weights, rows: Float[Tensor, "N F"]) -> Float[Tensor, "N GH"]:
        """`W x + b + c` of every row."""
        return functional.linear(rows, weights.input, weights.input_bias + weights.recurrent_bias)

    def step(
        self,
        weights: Weights,
        state: LSTMState,
        projected: Float[Tensor, "B GH"],
        kept: Float[Tensor, "B H"] | None = None,
    ) -> tuple[LSTMState, Float[Tensor, "B H"]]:
        """One step, see `Cell.step`."""
        activate = ACTIVATIONS[self.activation]
        read = state.hidden if kept is None else state.hidden * kept
        i, f, g, o = torch.addmm(projected, read, weights.recurrent.t()).chunk(4, dim=1)  # [B, H] each
        cell = f.sigmoid() * state.cell + i.sigmoid() * activate(g)
        hidden = o.sigmoid() * activate(cell)
        return LSTMState(hidden, cell), hidden

    def block(
        self, weights: Weights, state: LSTMState, rows: Float[Tensor, "T B F"]
    ) -> tuple[LSTMState, Float[Tensor, "T B H"]]:
        """Steps of equally many sequences, see `Cell.block`."""
        start = [state.hidden.unsqueeze(0), state.cell.unsqueeze(0)]
        outputs, hidden, cell = torch.lstm(
            rows,
            start,
            list(weights),
            has_biases=True,
            num_layers=1,
            dropout=0.0,
            train=torch.is_grad_enabled(),
            bidirectional=False,
            batch_first=False,
        )
        return LSTMState(hidden[0], cell[0]), outputs
