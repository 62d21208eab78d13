"""Elman's simple recurrent network."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional

from seqloom.kernels import Kernel, elman
from seqloom.nn.activation import ACTIVATIONS, COMPILED, check_activation
from seqloom.nn.cell import Cell, Weights
from seqloom.nn.state import ElmanState


@dataclass(frozen=True)
class ElmanCell(Cell[ElmanState]):
    """The simple recurrent cell.

        h' = φ(W x + b + U h + c)

    Source: Elman, "Finding structure in time", Cognitive Science 14 (1990). Deviation: φ, there the logistic
    function, may be chosen.

    Args:
        activation: φ: `tanh`, `relu`, `elu` or `sigmoid`.

    Raises:
        SettingsError: the activation has no such name.
    """

    gates: ClassVar[int] = 1

    activation: str = "tanh"

    def __post_init__(self) -> None:
        check_activation(self.activation, "an RNN", tuple(ACTIVATIONS))

    @property
    def fused(self) -> bool:
        """Torch has kernels for tanh and relu."""
        return self.activation in ("tanh", "relu")

    @property
    def kernel(self) -> Kernel:
        """Compiled for every activation."""
        return elman(COMPILED[self.activation])

    def initial_state(self, zeros: Tensor) -> ElmanState:
        """A hidden vector of zeros."""
        return ElmanState(zeros)

    def project(self, weights: Weights, rows: Float[Tensor, "N F"]) -> Float[Tensor, "N GH"]:
        """`W x + b + c` of every row."""
        return functional.linear(rows, weights.input, weights.input_bias + weights.recurrent_bias)

    def step(
        self,
        weights: Weights,
        state: ElmanState,
        projected: Float[Tensor, "B GH"],
        kept: Float[Tensor, "B H"] | None = None,
    ) -> tuple[ElmanState, Float[Tensor, "B H"]]:
        """One step, see `Cell.step`."""
        read = state.hidden if kept is None else state.hidden * kept
        hidden = ACTIVATIONS[self.activation](torch.addmm(projected, read, weights.recurrent.t()))
        return ElmanState(hidden), hidden

    def block(
        self, weights: Weights, state: ElmanState, rows: Float[Tensor, "T B F"]
    ) -> tuple[ElmanState, Float[Tensor, "T B H"]]:
        """Steps of equally many sequences, see `Cell.block`."""
        kernel = torch.rnn_tanh if self.activation == "tanh" else torch.rnn_relu
        outputs, hidden = kernel(
            rows,
            state.hidden.unsqueeze(0),
            list(weights[:4]),
            has_biases=True,
            num_layers=1,
            dropout=0.0,
            train=torch.is_grad_enabled(),
            bidirectional=False,
            batch_first=False,
        )
        return ElmanState(hidden[0]), outputs
