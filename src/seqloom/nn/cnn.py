"""A convolutional network over time."""

import torch
from torch import Tensor, nn

from seqloom.nn.conv import Convolution
from seqloom.nn.reader import WholeReader
from seqloom.sequence import Packed

KERNELS = (8, 5, 3)
"""Steps that the convolutions of a block read."""


class ConvolutionalReader(WholeReader):
    """Blocks of three convolutions over 8, 5 and 3 steps, each followed by batch normalisation and relu.

    Source: the fully convolutional network of Wang, Yan & Oates, "Time series classification from scratch with deep
    neural networks: a strong baseline", IJCNN 2017; all convolutions have `H` filters here.

    Args:
        input_size: `F`.
        hidden_size: filters of each convolution, `H`.
        layers: blocks.
        bidirectional: whether windows are centred at their step; else they end there.
        dropout: share of a block's outputs the next one does not see in training.
    """

    def __init__(
        self, input_size: int, hidden_size: int, layers: int = 1, *, bidirectional: bool = False, dropout: float = 0.0
    ) -> None:
        super().__init__(input_size, hidden_size, bidirectional=bidirectional)
        widths = [input_size] + [hidden_size] * (layers * len(KERNELS) - 1)
        self.convolutions = nn.ModuleList(
            Convolution(width, hidden_size, KERNELS[place % len(KERNELS)], causal=not bidirectional)
            for place, width in enumerate(widths)
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(hidden_size) for _ in widths)
        self.dropout = nn.Dropout(dropout)

    def forward(self, rows: Packed) -> Tensor:
        """The output of every row, [N, H]."""
        for place, (convolution, norm) in enumerate(zip(self.convolutions, self.norms, strict=True)):
            if place and place % len(KERNELS) == 0:
                rows = rows.with_values(self.dropout(rows.values))
            rows = convolution(rows)
            rows = rows.with_values(torch.relu(_normalised(norm, rows.values)))
        return rows.values


def _normalised(norm: nn.Module, values: Tensor) -> Tensor:
    """Rows in the scale of their batch; a single row has none of its own and takes the one that was learned."""
    if len(values) > 1 or not norm.training:
        scaled: Tensor = norm(values)
        return scaled
    norm.eval()
    scaled = norm(values)
    norm.train()
    return scaled
