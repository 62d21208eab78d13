"""Minimal long short-term memory."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional

from seqloom.kernels import MINLSTM, Kernel
from seqloom.nn.cell import Cell, Weights
from seqloom.nn.state import LinearState


@dataclass(frozen=True)
class MinLSTMCell(Cell[LinearState]):
    """The minLSTM cell: an LSTM without output gate, whose gates do not read the hidden vector.

        f, i = sigmoid(W x + b)                       forget and input gate, each with weights of its own
        n    = W x + b                                candidate
        h'   = f / (f + i) h + i / (f + i) n

    Source: Feng et al., "Were RNNs all we needed?" (2024), section 3.2. Gates are stored in the order f, i, n.
    """

    gates: ClassVar[int] = 3
    reads_hidden: ClassVar[bool] = False

    @property
    def kernel(self) -> Kernel:
        """Compiled."""
        return MINLSTM

    def initial_state(self, zeros: Tensor) -> LinearState:
        """A hidden vector of zeros."""
        return LinearState(zeros)

    def step(
        self,
        weights: Weights,  # noqa: ARG002 - all of them were used by `project`
        state: LinearState,
        projected: Float[Tensor, "B GH"],
        kept: Float[Tensor, "B H"] | None = None,  # noqa: ARG002 - no weights read the hidden vector
    ) -> tuple[LinearState, Float[Tensor, "B H"]]:
        """One step, see `Cell.step`."""
        forget, write, new = projected.chunk(3, dim=1)
        share = torch.sigmoid(functional.logsigmoid(write) - functional.logsigmoid(forget))  # i / (f + i), never 0 / 0
        hidden = torch.lerp(state.hidden, new, share)
        return LinearState(hidden), hidden
