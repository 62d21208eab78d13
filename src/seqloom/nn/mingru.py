"""Minimal gated recurrent unit."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from jaxtyping import Float
from torch import Tensor

from seqloom.kernels import MINGRU, Kernel
from seqloom.nn.cell import Cell, Weights
from seqloom.nn.state import LinearState


@dataclass(frozen=True)
class MinGRUCell(Cell[LinearState]):
    """The minGRU cell: a GRU whose gate and candidate do not read the hidden vector.

        z  = sigmoid(W x + b)      update gate
        n  = W x + b               candidate, with weights of its own
        h' = (1 - z) h + z n

    Source: Feng et al., "Were RNNs all we needed?" (2024), section 3.1. Gates are stored in the order z, n.
    """

    gates: ClassVar[int] = 2
    reads_hidden: ClassVar[bool] = False

    @property
    def kernel(self) -> Kernel:
        """Compiled."""
        return MINGRU

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
        update, new = projected.chunk(2, dim=1)
        hidden = torch.lerp(state.hidden, new, update.sigmoid())
        return LinearState(hidden), hidden
