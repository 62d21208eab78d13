"""Heads that answer with a frame of binary entries: each by itself, or each given the entries before it."""

import math
from abc import ABC, abstractmethod

import torch
from jaxtyping import Float
from torch import Tensor, nn

CHUNK = 1 << 24
"""Numbers worked on at once where no gradient is asked for."""


class FrameHead(nn.Module, ABC):
    """From hidden rows to the logits of the `K` entries of a frame being on."""

    linear: nn.Linear

    def start_from(self, logits: Float[Tensor, "K"]) -> None:
        """Answer with these logits before anything is learned, but for what the other weights add at random."""
        with torch.no_grad():
            self.linear.bias.copy_(logits)

    @abstractmethod
    def forward(self, hidden: Float[Tensor, "N H"], frames: Float[Tensor, "N K"]) -> Float[Tensor, "N K"]:
        """The logits of frames that are known.

        Args:
            hidden: what the recurrence knows of the steps before.
            frames: the entries, 0 or 1; a logit depends on none but the entries before its own.
        """

    @abstractmethod
    def begin(self, hidden: Float[Tensor, "B H"]) -> Tensor:
        """What the head knows of frames before their first entry."""

    @abstractmethod
    def logit(self, known: Tensor, entry: int) -> Float[Tensor, "B"]:
        """The logit of an entry, by what is known of those before it."""

    @abstractmethod
    def after(self, known: Tensor, entry: int, value: Float[Tensor, "B"]) -> Tensor:
        """What is known once the value of an entry is."""


class IndependentHead(FrameHead):
    """Logistic regression of each entry on the hidden vector: `P(x_k = 1) = σ(b_k + V_k h)`.

    Args:
        input_size: width of the hidden vector.
        entries: of a frame, `K`.
    """

    def __init__(self, input_size: int, entries: int) -> None:
        super().__init__()
        self.linear = nn.Linear(input_size, entries)

    def forward(self, hidden: Float[Tensor, "N H"], frames: Float[Tensor, "N K"]) -> Float[Tensor, "N K"]:  # noqa: ARG002 - the contract's
        """The same logits whatever the frames are."""
        return self.linear(hidden)  # type: ignore[no-any-return]  # torch's modules return anything

    def begin(self, hidden: Float[Tensor, "B H"]) -> Tensor:
        """All logits, [B, K]."""
        return self.linear(hidden)  # type: ignore[no-any-return]  # as above

    def logit(self, known: Tensor, entry: int) -> Float[Tensor, "B"]:
        """The logit of an entry."""
        return known[:, entry]

    def after(self, known: Tensor, entry: int, value: Float[Tensor, "B"]) -> Tensor:  # noqa: ARG002 - the contract's
        """Nothing more than before."""
        return known


class AutoregressiveHead(FrameHead):
    """A neural autoregressive distribution estimator over the entries of a frame, conditioned on the hidden vector.

    Entry by entry `P(x_k = 1 | x_<k, h) = σ(b_k + B_k h + V_k σ(a_k))`, `a_0 = c + A h`, `a_{k+1} = a_k + W_k x_k`: the
    likelihood of a frame is exact. After Larochelle & Murray, "The neural autoregressive distribution estimator",
    AISTATS 2011, and its use above a recurrence in Boulanger-Lewandowski, Bengio & Vincent, "Modeling temporal
    dependencies in high-dimensional sequences", ICML 2012 (RNN-NADE).

    Args:
        input_size: width of the hidden vector.
        entries: of a frame, `K`.
        size: hidden units within the frame, `D`.
    """

    def __init__(self, input_size: int, entries: int, size: int) -> None:
        super().__init__()
        self.linear = nn.Linear(input_size, entries)  # b and B
        self.open = nn.Linear(input_size, size)  # c and A
        self.read = nn.Parameter(torch.empty(entries, size))  # W
        self.write = nn.Parameter(torch.empty(entries, size))  # V
        for weight in (self.read, self.write):
            nn.init.uniform_(weight, -1 / math.sqrt(size), 1 / math.sqrt(size))

    def forward(self, hidden: Float[Tensor, "N H"], frames: Float[Tensor, "N K"]) -> Float[Tensor, "N K"]:
        """All logits at once; without gradients over so many frames at a time as fit in 64 MB."""
        if torch.is_grad_enabled():
            return self._logits(hidden, frames)
        rows = max(1, CHUNK // self.read.numel())
        pieces = zip(torch.split(hidden, rows), torch.split(frames, rows), strict=True)
        return torch.cat([self._logits(*piece) for piece in pieces])

    def _logits(self, hidden: Tensor, frames: Tensor) -> Tensor:
        steps = frames[:, :-1].unsqueeze(2) * self.read[:-1]  # [N, K - 1, D]
        known = torch.cat([self.open(hidden).unsqueeze(1), steps], dim=1).cumsum(dim=1)
        logits: Tensor = self.linear(hidden) + (torch.sigmoid(known) * self.write).sum(dim=2)
        return logits

    def begin(self, hidden: Float[Tensor, "B H"]) -> Tensor:
        """The hidden units before the first entry and the part of each logit the hidden vector decides, [B, D + K]."""
        return torch.cat([self.open(hidden), self.linear(hidden)], dim=1)

    def logit(self, known: Tensor, entry: int) -> Float[Tensor, "B"]:
        """The logit of an entry."""
        size = self.read.shape[1]
        return known[:, size + entry] + torch.sigmoid(known[:, :size]) @ self.write[entry]

    def after(self, known: Tensor, entry: int, value: Float[Tensor, "B"]) -> Tensor:
        """The hidden units with the entry added."""
        size = self.read.shape[1]
        return torch.cat([known[:, :size] + value.unsqueeze(1) * self.read[entry], known[:, size:]], dim=1)
