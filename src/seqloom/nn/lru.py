"""Linear recurrent unit."""

import math
from dataclasses import dataclass
from typing import ClassVar

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from seqloom.errors import SettingsError
from seqloom.kernels import LRU, Kernel
from seqloom.nn.cell import Cell, Weights
from seqloom.nn.state import LinearState


@dataclass(frozen=True)
class LRUCell(Cell[LinearState]):
    """The LRU cell: complex numbers that turn and shrink, each at its own speed, and a linear view of them.

        s' = λ s + γ (B x + b)      λ = exp(-exp(ν) + i exp(θ)), γ = exp(γ~), a number for each hidden unit
        y  = Re(C s') + D x

    `H` complex numbers are `2 H` real ones, real and imaginary parts side by side: that is the hidden vector, and the
    rows of `input`. Weights of units are ν, θ and γ~; `output` holds C, as it reads the parts, and D. A layer shows
    `y`.

    Source: Orvieto et al., "Resurrecting recurrent neural networks for long sequences", ICML 2023. Deviation: a bias
    `b`.

    Args:
        least: of |λ| in the beginning.
        most: of |λ| in the beginning.

    Raises:
        SettingsError: the two are not in order between 0 and 1.
    """

    gates: ClassVar[int] = 2
    reads_hidden: ClassVar[bool] = False

    least: float = 0.5
    most: float = 0.999

    def __post_init__(self) -> None:
        if not 0 <= self.least < self.most < 1:
            raise SettingsError(
                "an LRU", expected="0 <= least < most < 1", came=f"{self.least} and {self.most}", fix="correct them"
            )

    @classmethod
    def remembering(cls, steps: int) -> "LRUCell":
        """A cell whose numbers, in the beginning, halve about every so many steps: from a seventh of them to 14 times.

        Args:
            steps: at least 1.

        Example:
            >>> cell = LRUCell.remembering(500)
            >>> round(cell.least, 4), round(cell.most, 6)
            (0.99, 0.9999)
        """
        return cls(least=math.exp(-5 / steps), most=math.exp(-1 / (20 * steps)))

    @property
    def kernel(self) -> Kernel:
        """Compiled."""
        return LRU

    @property
    def unit_weights(self) -> int:
        """ν, θ and γ~."""
        return 3

    def width(self, hidden_size: int) -> int:
        """Two numbers for each hidden unit."""
        return 2 * hidden_size

    def shapes(self, input_size: int, hidden_size: int) -> tuple[tuple[int, ...], ...]:
        """The shapes of the weights, in the order of `Weights`."""
        *others, _ = super().shapes(input_size, hidden_size)
        return *others, (hidden_size, 2 * hidden_size + input_size)

    def reset(self, weights: Weights, generator: torch.Generator | None = None) -> None:
        """λ uniform on a ring, γ so that each number keeps a variance of one, all else normal; nothing on `meta`."""
        if weights.input.is_meta:
            return
        features, (hidden, _) = weights.input.shape[1], weights.output.shape
        nn.init.normal_(weights.input, std=1 / math.sqrt(2 * features), generator=generator)
        nn.init.zeros_(weights.input_bias)
        nn.init.normal_(weights.output[:, : 2 * hidden], std=1 / math.sqrt(hidden), generator=generator)
        nn.init.normal_(weights.output[:, 2 * hidden :], std=1 / math.sqrt(features), generator=generator)
        with torch.no_grad():
            squared, phase = weights.unit[0], weights.unit[1]
            squared.uniform_(self.least**2, self.most**2, generator=generator)
            weights.unit[2] = 0.5 * torch.log(1 - squared)
            squared.copy_(torch.log(-0.5 * torch.log(squared)))
            phase.uniform_(0, 2 * math.pi, generator=generator).log_()

    def prepare(self, weights: Weights) -> Weights:
        """`unit` becomes the real parts of λ, twice each, and its imaginary parts with either sign; `input` gets γ."""
        size, angle, scale = torch.exp(weights.unit)
        size = torch.exp(-size)
        real, imaginary, scale = size * torch.cos(angle), size * torch.sin(angle), scale.repeat_interleave(2)
        turned = torch.stack([-imaginary, imaginary], dim=1).flatten()
        return weights._replace(
            input=weights.input * scale.unsqueeze(1),
            input_bias=weights.input_bias * scale,
            unit=torch.stack([real.repeat_interleave(2), turned]),
        )

    def output(self, weights: Weights, x: Float[Tensor, "N F"], hidden: Float[Tensor, "N W"]) -> Float[Tensor, "N H"]:
        """`y` of every row."""
        width = hidden.shape[1]
        of_x = functional.linear(x, weights.output[:, width:])
        return torch.addmm(of_x, hidden, weights.output[:, :width].T)

    def initial_state(self, zeros: Tensor) -> LinearState:
        """All numbers zero."""
        return LinearState(zeros)

    def step(
        self,
        weights: Weights,
        state: LinearState,
        projected: Float[Tensor, "B W"],
        kept: Float[Tensor, "B H"] | None = None,  # noqa: ARG002 - no weights read the hidden vector
    ) -> tuple[LinearState, Float[Tensor, "B W"]]:
        """One step, see `Cell.step`."""
        own, other = weights.unit
        swapped = state.hidden.view(len(state.hidden), -1, 2).flip(2).flatten(1)  # [B, H, 2]
        hidden = projected + own * state.hidden + other * swapped
        return LinearState(hidden), hidden
