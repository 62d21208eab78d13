"""Convolution over time that stays inside each sequence."""

from collections.abc import Sequence

import torch
from jaxtyping import Int
from torch import Tensor, nn
from torch.nn import functional

from seqloom.errors import SettingsError
from seqloom.sequence import Packed


class Convolution(nn.Module):
    """A one-dimensional convolution over packed rows, with zeros beyond a sequence's ends.

    Sequences are laid one after the other on a single line with a gap of `kernel - 1` zeros between them, which no
    window spans; one convolution runs along the line and the rows are read back. Nothing is padded to the longest.

    Args:
        input_size: features of a row.
        output_size: features of a result.
        kernel: steps a window spans.
        causal: whether windows end at their step; else they are centred (an even kernel looks one further ahead).

    Raises:
        SettingsError: the kernel spans no step.
    """

    def __init__(self, input_size: int, output_size: int, kernel: int, *, causal: bool = False) -> None:
        super().__init__()
        if kernel < 1:
            raise SettingsError(
                "kernel", expected="a number of steps of at least 1", came=repr(kernel), fix="correct it"
            )
        taps = nn.Conv1d(input_size, output_size, kernel)
        self.weight, self.bias = taps.weight, taps.bias
        self.kernel = kernel
        self.before = kernel - 1 if causal else (kernel - 1) // 2

    def forward(self, rows: Packed) -> Packed:
        """Convolve every sequence.

        Args:
            rows: the steps, packed, [N, F].

        Returns:
            As many rows, [N, output_size].
        """
        gap = self.kernel - 1
        places = _places(rows, gap).to(rows.values.device)
        length = rows.values.shape[0] + gap * (rows.batch_size + 1)
        line = rows.values.new_zeros(length, rows.values.shape[1]).index_copy(0, places, rows.values)
        results = functional.conv1d(line.t().unsqueeze(0), self.weight, self.bias)[0].t()  # [length - gap, output_size]
        return rows.with_values(results[places - self.before])


class ConvolutionStack(nn.Module):
    """Convolutions, each followed by batch normalisation over all rows and relu.

    Source: the fully convolutional branch of Karim et al., "LSTM fully convolutional networks for time series
    classification", IEEE Access 6 (2018), with 128, 256 and 128 filters over 8, 5 and 3 steps.

    Args:
        input_size: features of a row.
        filters: features of each convolution's result.
        kernels: steps each convolution spans, as many as `filters`.
        causal: whether no result looks ahead.
    """

    def __init__(
        self,
        input_size: int,
        filters: Sequence[int] = (128, 256, 128),
        kernels: Sequence[int] = (8, 5, 3),
        *,
        causal: bool = False,
    ) -> None:
        super().__init__()
        widths = [input_size, *filters]
        self.convolutions = nn.ModuleList(
            Convolution(width, filters[i], kernels[i], causal=causal) for i, width in enumerate(widths[:-1])
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) for width in filters)
        self.output_size = widths[-1]

    def forward(self, rows: Packed) -> Packed:
        """Results of the last convolution, [N, output_size]."""
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            rows = convolution(rows)
            rows = rows.with_values(torch.relu(norm(rows.values)))
        return rows


def _places(rows: Packed, gap: int) -> Int[Tensor, "N"]:
    """Where each row lies on a line of whole sequences with `gap` places before each of them.

    Example:
        >>> _places(Packed(torch.zeros(3, 1), torch.tensor([2, 1])), 2).tolist()
        [2, 6, 3]
    """
    lengths = rows.lengths
    starts = torch.cumsum(lengths + gap, 0) - lengths  # [B]
    steps = torch.repeat_interleave(torch.arange(rows.steps), rows.sizes)  # [N]
    return starts[rows.sequence_rows] + steps
