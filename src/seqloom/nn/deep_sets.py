"""A feed-forward net that is blind to the order of the steps."""

from itertools import pairwise

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqloom.nn.attention import by_sequence
from seqloom.nn.pool import MeanPool
from seqloom.nn.reader import WholeReader
from seqloom.sequence import Packed


class DeepSets(WholeReader):
    """A net for each step, the mean of what it says of the steps so far, and a net for that mean.

    Whatever the order of the steps that were read, the output is the same.

    Source: Zaheer et al., "Deep sets", NeurIPS 2017, theorem 2, with a mean in the place of the sum, so that long
    sequences are no different from short ones.

    Args:
        input_size: `F`.
        hidden_size: width of both nets, `H`.
        layers: hidden layers of each net.
        bidirectional: whether the mean is that of the whole sequence at each of its steps.
        dropout: share of the mean that is not seen in training.
    """

    def __init__(
        self, input_size: int, hidden_size: int, layers: int = 1, *, bidirectional: bool = False, dropout: float = 0.0
    ) -> None:
        super().__init__(input_size, hidden_size, bidirectional=bidirectional)
        self.each = _net(input_size, hidden_size, layers)
        self.all = _net(hidden_size, hidden_size, layers)
        self.mean = MeanPool()
        self.dropout = nn.Dropout(dropout)

    def forward(self, rows: Packed) -> Tensor:
        """The output of every row, [N, H]."""
        said = rows.with_values(self.each(rows.values))
        if self.bidirectional:
            means = self.mean(said)[0][rows.sequence_rows.to(rows.values.device)]  # [B, H] -> [N, H]
        else:
            means = means_so_far(said)
        found: Tensor = self.all(self.dropout(means))
        return found


def means_so_far(rows: Packed) -> Float[Tensor, "N H"]:
    """The mean of each sequence's rows up to each of them.

    Example:
        >>> means_so_far(Packed(torch.tensor([[1.0], [5.0], [3.0]]), torch.tensor([2, 1]))).tolist()
        [[1.0], [5.0], [2.0]]
    """
    order = by_sequence(rows)
    lengths = rows.lengths.to(rows.values.device)
    sums = torch.cumsum(rows.values[order].double(), dim=0)  # of all sequences, one after the other
    before = torch.cat([sums.new_zeros(1, sums.shape[1]), sums])[torch.cumsum(lengths, 0) - lengths]  # [B, H]
    counts = rows.row_steps.to(rows.values.device)[order] + 1
    means = (sums - before.repeat_interleave(lengths, dim=0)) / counts[:, None]
    return torch.empty_like(rows.values).index_copy(0, order, means.to(rows.values.dtype))


def _net(inputs: int, width: int, layers: int) -> nn.Sequential:
    """Linear layers, each followed by relu."""
    sizes = pairwise([inputs] + [width] * layers)
    return nn.Sequential(*(part for pair in sizes for part in (nn.Linear(*pair), nn.ReLU())))
