"""The contract of every recurrent cell: pure functions of weights and state."""

from abc import ABC, abstractmethod
from typing import ClassVar, Generic, NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional

from seqloom.kernels import Kernel
from seqloom.nn.state import S


class Weights(NamedTuple):
    """The weights of one layer and direction, with `G` gates stacked in torch's order.

    What a cell does not have is there without rows: a minGRU has `[0, H]` recurrent weights.

    Args:
        input: `W`, reads the step's features.
        recurrent: `U`, reads the hidden state.
        input_bias: `b`.
        recurrent_bias: `c`; apart from `b` only because torch's state_dict keeps both.
        unit: weights of which each reads, or scales, nothing but its own hidden unit.
        output: reads hidden vector and features, side by side, where a cell shows something else than the former.
    """

    input: Float[Tensor, "GH F"]
    recurrent: Float[Tensor, "RH H"]
    input_bias: Float[Tensor, "GH"]
    recurrent_bias: Float[Tensor, "RH"]
    unit: Float[Tensor, "P H"]
    output: Float[Tensor, "O HF"]


class Cell(ABC, Generic[S]):
    """One step of a recurrence. A cell owns nothing: weights and state are arguments, state is a result.

    `kernel` is the cell in the compiled engine. In plain torch the work is cut in two: `project` is one large product
    over all rows of a batch, `step` what is left to be done step by step; `block` is a kernel of torch that does both
    for sequences of equal length.
    """

    gates: ClassVar[int]
    """How many vectors of width `H` are computed from the input."""

    reads_hidden: ClassVar[bool] = True
    """Whether the gates are computed from the hidden vector, too."""

    @property
    def unit_weights(self) -> int:
        """How many rows of weights of units there are, `P`."""
        return 0

    def width(self, hidden_size: int) -> int:
        """Numbers of the hidden vector."""
        return hidden_size

    def shapes(self, input_size: int, hidden_size: int) -> tuple[tuple[int, ...], ...]:
        """The shapes of the weights, in the order of `Weights`."""
        rows, width = self.gates * hidden_size, self.width(hidden_size)
        recurrent = rows if self.reads_hidden else 0
        return (
            (rows, input_size),
            (recurrent, width),
            (rows,),
            (recurrent,),
            (self.unit_weights, hidden_size),
            (0, width),
        )

    def reset(self, weights: Weights, generator: torch.Generator | None = None) -> None:
        """Draw those weights that are not simply small random numbers; most cells have none."""

    def prepare(self, weights: Weights) -> Weights:
        """The weights as a step uses them, from those that are learned."""
        return weights

    def output(
        self,
        weights: Weights,  # noqa: ARG002 - most cells show their hidden vectors
        x: Float[Tensor, "N F"],  # noqa: ARG002 - as above
        hidden: Float[Tensor, "N W"],
    ) -> Float[Tensor, "N H"]:
        """What the next layer gets to see."""
        return hidden

    @property
    def fused(self) -> bool:
        """Whether torch has a kernel for this cell, so that `block` may be called."""
        return False

    @property
    @abstractmethod
    def kernel(self) -> Kernel:
        """The cell in the compiled engine."""

    @abstractmethod
    def initial_state(self, zeros: Tensor) -> S:
        """The state made of zeros, one tensor of the given shape per part."""

    def project(self, weights: Weights, rows: Float[Tensor, "N F"]) -> Float[Tensor, "N GH"]:
        """What the input contributes to every gate, for all rows at once: `W x + b`, unless a cell adds `c` here."""
        return functional.linear(rows, weights.input, weights.input_bias)

    @abstractmethod
    def step(
        self,
        weights: Weights,
        state: S,
        projected: Float[Tensor, "B GH"],
        kept: Float[Tensor, "B H"] | None = None,
    ) -> tuple[S, Float[Tensor, "B H"]]:
        """One step of all sequences.

        Args:
            weights: the layer's weights.
            state: of each sequence before the step.
            projected: the step's rows of `project`.
            kept: variational dropout: factors on the hidden state where the recurrent weights read it.

        Returns:
            The state after the step, and the step's output.
        """

    def block(self, weights: Weights, state: S, rows: Float[Tensor, "T B F"]) -> tuple[S, Float[Tensor, "T B H"]]:
        """Several steps of sequences of equal length by torch's own kernel, where there is one.

        Returns:
            The state after the last step, and the outputs of all steps.
        """
        raise NotImplementedError  # `fused` says whether there is one
