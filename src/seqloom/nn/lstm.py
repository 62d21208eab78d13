"""Long short-term memory."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from seqloom.errors import SettingsError
from seqloom.kernels import NORM_EPSILON, Kernel, lstm, norm_lstm, peephole_lstm
from seqloom.nn.activation import ACTIVATIONS, COMPILED, check_activation
from seqloom.nn.cell import Cell, Weights
from seqloom.nn.state import LSTMState

NORMS = 5
"""Layer norms of a layer: of the four gates and of the memory cell."""


@dataclass(frozen=True)
class LSTMCell(Cell[LSTMState]):
    """The LSTM cell with a forget gate.

        i, f, o = sigmoid(W x + b + U h + c)      input, forget and output gate, each with weights of its own
        g       = φ(W x + b + U h + c)            candidate
        s'      = f s + i g                       memory cell
        h'      = o φ(s')

    With peepholes `i` and `f` also see the memory cell before the step, `o` the one after it, each unit its own. With
    layer norm the sums of each gate, and what φ sees of the memory cell, are brought to mean zero and variance one over
    the units, then scaled and moved by weights of each unit.

    Sources: Hochreiter & Schmidhuber, "Long short-term memory", Neural Computation 9 (1997); the forget gate: Gers,
    Schmidhuber & Cummins, "Learning to forget", Neural Computation 12 (2000); peepholes: Gers, Schraudolph &
    Schmidhuber, "Learning precise timing with LSTM recurrent networks", JMLR 3 (2002); layer norm: Ba, Kiros & Hinton,
    "Layer normalization" (2016). Deviations: φ, tanh in most texts, may be relu; layer norm is over the whole sum of a
    gate, as in equation 4 of that paper, where its appendix has one for the input and one for the hidden vector. Gates
    are stored in torch's order i, f, g, o; weights of units are the peepholes of i, f, o, or five factors, of i, f, g,
    o and the cell, and five rows of what is added.

    Args:
        activation: φ: `tanh` or `relu`.
        peepholes: whether gates see the memory cell.
        layer_norm: whether sums and memory cells are normalised.

    Raises:
        SettingsError: the activation is another one, or both extras are asked for.
    """

    gates: ClassVar[int] = 4

    activation: str = "tanh"
    peepholes: bool = False
    layer_norm: bool = False

    def __post_init__(self) -> None:
        check_activation(self.activation, "an LSTM", ("tanh", "relu"))
        if self.peepholes and self.layer_norm:
            raise SettingsError("an LSTM", expected="peepholes or layer norm", came="both", fix="choose one of them")

    @property
    def fused(self) -> bool:
        """Torch has a kernel for tanh, without extras."""
        return self.activation == "tanh" and not (self.peepholes or self.layer_norm)

    @property
    def kernel(self) -> Kernel:
        """Compiled for either activation, with either extra."""
        build = peephole_lstm if self.peepholes else norm_lstm if self.layer_norm else lstm
        return build(COMPILED[self.activation])

    @property
    def unit_weights(self) -> int:
        """Peepholes of three gates, or factors and what is added for five norms."""
        return 3 if self.peepholes else 2 * NORMS if self.layer_norm else 0

    def reset(self, weights: Weights, generator: torch.Generator | None = None) -> None:  # noqa: ARG002 - nothing is drawn
        """Norms begin with factors of one and nothing added."""
        if self.layer_norm:
            nn.init.ones_(weights.unit[:NORMS])
            nn.init.zeros_(weights.unit[NORMS:])

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
        sums = torch.addmm(projected, read, weights.recurrent.t())  # [B, 4H]
        if self.layer_norm:
            sums = _normalised(sums.view(len(sums), 4, -1), weights, slice(4)).flatten(1)
        i, f, g, o = sums.chunk(4, dim=1)  # [B, H] each
        if self.peepholes:
            i, f = i + weights.unit[0] * state.cell, f + weights.unit[1] * state.cell
        cell = f.sigmoid() * state.cell + i.sigmoid() * activate(g)
        if self.peepholes:
            o = o + weights.unit[2] * cell
        shown = _normalised(cell, weights, NORMS - 1) if self.layer_norm else cell
        hidden = o.sigmoid() * activate(shown)
        return LSTMState(hidden, cell), hidden

    def block(
        self, weights: Weights, state: LSTMState, rows: Float[Tensor, "T B F"]
    ) -> tuple[LSTMState, Float[Tensor, "T B H"]]:
        """Steps of equally many sequences, see `Cell.block`."""
        start = [state.hidden.unsqueeze(0), state.cell.unsqueeze(0)]
        outputs, hidden, cell = torch.lstm(
            rows,
            start,
            list(weights[:4]),
            has_biases=True,
            num_layers=1,
            dropout=0.0,
            train=torch.is_grad_enabled(),
            bidirectional=False,
            batch_first=False,
        )
        return LSTMState(hidden[0], cell[0]), outputs


def _normalised(x: Tensor, weights: Weights, norms: int | slice) -> Tensor:
    """Layer norm over the last dimension, with the factors and what is added of some norms."""
    moved = functional.layer_norm(x, x.shape[-1:], eps=NORM_EPSILON)
    return moved * weights.unit[:NORMS][norms] + weights.unit[NORMS:][norms]
