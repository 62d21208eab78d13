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

    The rows are laid out sequence by sequence, the shorter ones filled up with zeros, one convolution runs along all of
    them, and the rows are read back. Batches are of similar lengths, so there is little to fill up.

    Args:
        input_size: features of a row.
        output_size: features of a result.
        kernel: steps a window reads.
        dilation: steps from one of them to the next.
        causal: whether windows end at their step; else they are centred (an even kernel looks further ahead).

    Raises:
        SettingsError: the kernel or the dilation spans no step.
    """

    def __init__(
        self, input_size: int, output_size: int, kernel: int, *, dilation: int = 1, causal: bool = False
    ) -> None:
        super().__init__()
        for name, steps in (("kernel", kernel), ("dilation", dilation)):
            if steps < 1:
                raise SettingsError(
                    name, expected="a number of steps of at least 1", came=repr(steps), fix="correct it"
                )
        taps = nn.Conv1d(input_size, output_size, kernel)
        self.weight, self.bias = taps.weight, taps.bias
        self.dilation = dilation
        self.before = (kernel - 1 if causal else (kernel - 1) // 2) * dilation
        self.after = (kernel - 1) * dilation - self.before

    def forward(self, rows: Packed) -> Packed:
        """Convolve every sequence.

        Args:
            rows: the steps, packed, [N, F].

        Returns:
            As many rows, [N, output_size].
        """
        span = self.before + rows.steps + self.after
        places = _places(rows, span).to(rows.values.device)
        table = rows.values.new_zeros(rows.batch_size * span, rows.values.shape[1])
        table = table.index_copy(0, places + self.before, rows.values).view(rows.batch_size, 1, span, -1)
        # [B, F, 1, span] with the features of a step side by side in memory: several times as fast as [B, F, span]
        images, weight = table.permute(0, 3, 1, 2), self.weight.unsqueeze(2)
        results = functional.conv2d(images, weight, self.bias, dilation=(1, self.dilation))  # [B, F', 1, T]
        results = results.permute(0, 2, 3, 1).flatten(0, 2)  # [B * T, F']
        return rows.with_values(results[_places(rows, rows.steps).to(results.device)])


class ConvolutionStack(nn.Module):
    """Convolutions, each followed by batch normalisation over all rows and relu.

    Source: the fully convolutional branch of Karim et al., "LSTM fully convolutional networks for time series
    classification", IEEE Access 6 (2018), with 128, 256 and 128 filters over 8, 5 and 3 steps. Here there are four
    convolutions of 9 steps, each twice as far apart as those of the one before (Yu & Koltun, "Multi-scale context
    aggregation by dilated convolutions", ICLR 2016), so that a result sees 121 steps instead of 14.

    Args:
        input_size: features of a row.
        filters: features of each convolution's result.
        kernel: steps each convolution reads.
        causal: whether no result looks ahead.
    """

    def __init__(
        self, input_size: int, filters: Sequence[int] = (32, 32, 32, 32), kernel: int = 9, *, causal: bool = False
    ) -> None:
        super().__init__()
        widths = [input_size, *filters]
        self.convolutions = nn.ModuleList(
            Convolution(width, filters[i], kernel, dilation=2**i, causal=causal) for i, width in enumerate(widths[:-1])
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) for width in filters)
        self.output_size = widths[-1]

    def forward(self, rows: Packed) -> Packed:
        """Results of the last convolution, [N, output_size]."""
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            rows = convolution(rows)
            rows = rows.with_values(torch.relu(norm(rows.values)))
        return rows


def _places(rows: Packed, span: int) -> Int[Tensor, "N"]:
    """Where each row lies in a table of whole sequences, one after the other, with `span` places for each.

    Example:
        >>> _places(Packed(torch.zeros(3, 1), torch.tensor([2, 1])), 5).tolist()
        [0, 5, 1]
    """
    return rows.sequence_rows * span + rows.row_steps
