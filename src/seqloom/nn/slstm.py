"""Long short-term memory with exponential gates."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional

from seqloom.kernels import SLSTM, Kernel
from seqloom.nn.cell import Cell, Weights
from seqloom.nn.state import SLSTMState


@dataclass(frozen=True)
class SLSTMCell(Cell[SLSTMState]):
    """The sLSTM cell: an LSTM that can revise what it stored, as its input gate is an exponential.

        i, f, z~, o~ = W x + b + U h + c
        z  = tanh(z~)      o = sigmoid(o~)
        m' = max(ln sigmoid(f) + m, i)                          stabiliser
        i' = exp(i - m')      f' = exp(ln sigmoid(f) + m - m')
        s' = f' s + i' z      n' = f' n + i'                    memory cell and normaliser
        h' = o s' / n'

    The stabiliser changes no number of `h'`: cell and normaliser are both kept divided by exp(m).

    Source: Beck et al., "xLSTM: extended long short-term memory", NeurIPS 2024, section 2.2. Deviations: of the two
    forget gates there, sigmoid and exponential, the first; one head, that is full recurrent weights; no convolution,
    group norm or projection around it. Gates are stored in the order i, f, z, o.
    """

    gates: ClassVar[int] = 4

    @property
    def kernel(self) -> Kernel:
        """Compiled."""
        return SLSTM

    def initial_state(self, zeros: Tensor) -> SLSTMState:
        """All four parts zero."""
        return SLSTMState(zeros, zeros, zeros, zeros)

    def project(self, weights: Weights, rows: Float[Tensor, "N F"]) -> Float[Tensor, "N GH"]:
        """`W x + b + c` of every row."""
        return functional.linear(rows, weights.input, weights.input_bias + weights.recurrent_bias)

    def step(
        self,
        weights: Weights,
        state: SLSTMState,
        projected: Float[Tensor, "B GH"],
        kept: Float[Tensor, "B H"] | None = None,
    ) -> tuple[SLSTMState, Float[Tensor, "B H"]]:
        """One step, see `Cell.step`."""
        read = state.hidden if kept is None else state.hidden * kept
        i, f, z, o = torch.addmm(projected, read, weights.recurrent.t()).chunk(4, dim=1)  # [B, H] each
        decay = functional.logsigmoid(f) + state.stabiliser
        stabiliser = torch.maximum(decay, i)
        keep, write = torch.exp(decay - stabiliser), torch.exp(i - stabiliser)
        cell = keep * state.cell + write * torch.tanh(z)
        normaliser = keep * state.normaliser + write
        hidden = o.sigmoid() * cell / normaliser
        return SLSTMState(hidden, cell, normaliser, stabiliser), hidden
