"""Gated recurrent unit."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional

from seqloom.kernels import GRU, RESET_GRU, Kernel
from seqloom.nn.cell import Cell, Weights
from seqloom.nn.state import GRUState


@dataclass(frozen=True)
class GRUCell(Cell[GRUState]):
    """The GRU cell.

        r, z = sigmoid(W x + b + U h + c)     reset and update gate, each with weights of its own
        n    = tanh(W x + b + r (U h + c))    candidate, reset after the product (cuDNN and torch)
        n    = tanh(W x + b + U (r h) + c)    candidate, reset before the product (the paper)
        h'   = (1 - z) n + z h

    Source: Cho et al., "Learning phrase representations using RNN encoder-decoder", EMNLP 2014. Gates are stored in
    torch's order r, z, n.

    Args:
        reset_after: whether the reset gate acts after the product with `U`, as in torch, or before it.
    """

    gates: ClassVar[int] = 3

    reset_after: bool = True

    @property
    def fused(self) -> bool:
        """Torch has a kernel for the reset after the product."""
        return self.reset_after

    @property
    def kernel(self) -> Kernel:
        """Compiled for either placement of the reset."""
        return GRU if self.reset_after else RESET_GRU

    def initial_state(self, zeros: Tensor) -> GRUState:
        """A hidden vector of zeros."""
        return GRUState(zeros)

    def step(
        self,
        weights: Weights,
        state: GRUState,
        projected: Float[Tensor, "B GH"],
        kept: Float[Tensor, "B H"] | None = None,
    ) -> tuple[GRUState, Float[Tensor, "B H"]]:
        """One step, see `Cell.step`."""
        read = state.hidden if kept is None else state.hidden * kept
        candidate = self._reset_after if self.reset_after else self._reset_before
        update, new = candidate(weights, read, projected)
        hidden = torch.lerp(new, state.hidden, update)
        return GRUState(hidden), hidden

    def block(
        self, weights: Weights, state: GRUState, rows: Float[Tensor, "T B F"]
    ) -> tuple[GRUState, Float[Tensor, "T B H"]]:
        """Steps of equally many sequences, see `Cell.block`."""
        outputs, hidden = torch.gru(
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
        return GRUState(hidden[0]), outputs

    @staticmethod
    def _reset_after(weights: Weights, read: Tensor, projected: Tensor) -> tuple[Tensor, Tensor]:
        """Update gate and candidate, each [B, H]."""
        reset_in, update_in, new_in = projected.chunk(3, dim=1)
        recurrent = torch.addmm(weights.recurrent_bias, read, weights.recurrent.t())  # [B, 3H]
        reset_re, update_re, new_re = recurrent.chunk(3, dim=1)
        reset = torch.sigmoid(reset_in + reset_re)
        return torch.sigmoid(update_in + update_re), torch.tanh(new_in + reset * new_re)

    @staticmethod
    def _reset_before(weights: Weights, read: Tensor, projected: Tensor) -> tuple[Tensor, Tensor]:
        """Update gate and candidate, each [B, H]."""
        both = 2 * read.shape[1]
        gates = torch.sigmoid(
            projected[:, :both] + functional.linear(read, weights.recurrent[:both], weights.recurrent_bias[:both])
        )
        reset, update = gates.chunk(2, dim=1)
        recurrent = functional.linear(reset * read, weights.recurrent[both:], weights.recurrent_bias[both:])
        return update, torch.tanh(projected[:, both:] + recurrent)
