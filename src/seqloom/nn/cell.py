"""The contract of every recurrent cell: pure functions of weights and state."""

from abc import ABC, abstractmethod
from typing import ClassVar, Generic, NamedTuple

from jaxtyping import Float
from torch import Tensor

from seqloom.kernels import Kernel
from seqloom.nn.state import S


class Weights(NamedTuple):
    """The weights of one layer and direction, with `G` gates stacked in torch's order.

    Args:
        input: `W`, reads the step's features.
        recurrent: `U`, reads the hidden state.
        input_bias: `b`.
        recurrent_bias: `c`; apart from `b` only because torch's state_dict keeps both.
    """

    input: Float[Tensor, "GH F"]
    recurrent: Float[Tensor, "GH H"]
    input_bias: Float[Tensor, "GH"]
    recurrent_bias: Float[Tensor, "GH"]


class Cell(ABC, Generic[S]):
    """One step of a recurrence. A cell owns nothing: weights and state are arguments, state is a result.

    `kernel` is the cell in the compiled engine. In plain torch the work is cut in two: `project` is one large product
    over all rows of a batch, `step` what is left to be done step by step; `block` is a kernel of torch that does both
    for sequences of equal length.
    """

    gates: ClassVar[int]
    """How many vectors of width `H` are computed from the input."""

    @property
    @abstractmethod
    def fused(self) -> bool:
        """Whether torch has a kernel for this cell, so that `block` may be called."""

    @property
    @abstractmethod
    def kernel(self) -> Kernel | None:
        """The cell in the compiled engine, where it has one."""

    @abstractmethod
    def initial_state(self, zeros: Tensor) -> S:
        """The state made of zeros, one tensor of the given shape per part."""

    @abstractmethod
    def project(self, weights: Weights, rows: Float[Tensor, "N F"]) -> Float[Tensor, "N GH"]:
        """What the input contributes to every gate, for all rows at once."""

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

    @abstractmethod
    def block(self, weights: Weights, state: S, rows: Float[Tensor, "T B F"]) -> tuple[S, Float[Tensor, "T B H"]]:
        """Several steps of sequences of equal length by torch's own kernel, where there is one.

        Returns:
            The state after the last step, and the outputs of all steps.
        """
