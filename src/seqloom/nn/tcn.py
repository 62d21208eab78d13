"""A temporal convolutional network."""

import torch
from torch import Tensor, nn

from seqloom.nn.conv import Convolution
from seqloom.nn.reader import WholeReader
from seqloom.sequence import Packed

KERNEL = 3
LEVELS = 6
"""Residual blocks of a stack, each reading twice as far apart as the one before: together 253 steps."""


class TemporalConvolutions(WholeReader):
    """Residual blocks of two dilated convolutions each.

        rows = relu(rows + dropout(relu(conv(dropout(relu(conv(rows)))))))

    Source: Bai, Kolter & Koltun, "An empirical evaluation of generic convolutional and recurrent networks for sequence
    modeling", 2018. Deviation: weights are not normalised.

    Args:
        input_size: `F`.
        hidden_size: filters of each convolution, `H`.
        layers: stacks of six blocks, with 1, 2, 4, ... 32 steps between those a convolution reads.
        bidirectional: whether windows are centred at their step; else they end there.
        dropout: share of each convolution's outputs that is not seen in training.
    """

    def __init__(
        self, input_size: int, hidden_size: int, layers: int = 1, *, bidirectional: bool = False, dropout: float = 0.0
    ) -> None:
        super().__init__(input_size, hidden_size, bidirectional=bidirectional)
        self.enter = nn.Linear(input_size, hidden_size)
        self.blocks = nn.ModuleList(
            nn.ModuleList(
                Convolution(hidden_size, hidden_size, KERNEL, dilation=2**level, causal=not bidirectional)
                for _ in range(2)
            )
            for _ in range(layers)
            for level in range(LEVELS)
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, rows: Packed) -> Tensor:
        """The output of every row, [N, H]."""
        rows = rows.with_values(self.enter(rows.values))
        for block in self.blocks:
            inner = rows
            for convolution in block:  # type: ignore[attr-defined]  # a list of modules
                inner = convolution(inner)
                inner = inner.with_values(self.dropout(torch.relu(inner.values)))
            rows = rows.with_values(torch.relu(rows.values + inner.values))
        return rows.values
