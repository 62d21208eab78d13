"""A small Transformer encoder."""

import math

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn import functional

from seqloom.nn.reader import WholeReader
from seqloom.sequence import Packed

HEAD = 16
"""Features of an attention head, at least."""
HEADS = 4
LONGEST_WAVE = 10_000.0


class TransformerReader(WholeReader):
    """Layers of self-attention and of a net for each row, each normalised first and added to what it read.

        rows = rows + attention(norm(rows)); rows = rows + feed_forward(norm(rows))

    Source: Vaswani et al., "Attention is all you need", NeurIPS 2017, with the sines and cosines of its section 3.5
    added to tell steps apart; normalised before instead of after, as Xiong et al., "On layer normalization in the
    Transformer architecture", ICML 2020. The net of each row is twice as wide as the rows, not four times.

    Sequences are laid side by side for the attention, and what fills up the shorter ones is never looked at.

    Args:
        input_size: `F`.
        hidden_size: `H`, of up to four heads of 16 features at least.
        layers: `L`.
        bidirectional: whether steps look at later ones, too.
        dropout: share of what attention and net add that is left out in training.
    """

    def __init__(
        self, input_size: int, hidden_size: int, layers: int = 1, *, bidirectional: bool = False, dropout: float = 0.0
    ) -> None:
        super().__init__(input_size, hidden_size, bidirectional=bidirectional)
        self.enter = nn.Linear(input_size, hidden_size)
        self.layers = nn.ModuleList(Layer(hidden_size, dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(hidden_size)

    def forward(self, rows: Packed) -> Tensor:
        """The output of every row, [N, H]."""
        places = (rows.sequence_rows * rows.steps + rows.row_steps).to(rows.values.device)
        entered = self.enter(rows.values) + waves(rows.row_steps.to(rows.values.device), self.hidden_size)
        table = entered.new_zeros(rows.batch_size * rows.steps, self.hidden_size)
        table = table.index_copy(0, places, entered).view(rows.batch_size, rows.steps, -1)  # [B, T, H]
        mask = self._mask(rows).to(table.device)
        for layer in self.layers:
            table = layer(table, mask)
        found: Tensor = self.norm(table.flatten(0, 1)[places])
        return found

    def _mask(self, rows: Packed) -> Tensor:
        """Which steps each step looks at, [1 or B, 1, 1 or T, T]; a sequence's own, and unless told, none later."""
        steps = torch.arange(rows.steps)
        if not self.bidirectional:
            return (steps <= steps[:, None])[None, None]  # what fills up lies later than every step of the sequence
        return (steps < rows.lengths[:, None])[:, None, None]


class Layer(nn.Module):
    """Self-attention, then a net for each row.

    Args:
        size: features of a row, `H`.
        dropout: share of what is added that is left out in training.
    """

    def __init__(self, size: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads_of(size)
        self.before_attention, self.before_net = nn.LayerNorm(size), nn.LayerNorm(size)
        self.ask, self.answer = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.net = nn.Sequential(nn.Linear(size, 2 * size), nn.GELU(), nn.Linear(2 * size, size))
        self.dropout = nn.Dropout(dropout)

    def forward(self, table: Float[Tensor, "B T H"], mask: Tensor) -> Float[Tensor, "B T H"]:
        """The rows after the layer; `mask` says which steps each looks at."""
        count, steps, size = table.shape
        asked = self.ask(self.before_attention(table)).view(count, steps, 3, self.heads, size // self.heads)
        query, key, value = asked.permute(2, 0, 3, 1, 4)  # [B, heads, T, H / heads] each
        read = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        table = table + self.dropout(self.answer(read.transpose(1, 2).flatten(2)))
        after: Tensor = table + self.dropout(self.net(self.before_net(table)))
        return after


def heads_of(size: int) -> int:
    """Heads of rows of so many features: at most 4, of at least 16 each, all of the same width.

    Example:
        >>> [heads_of(size) for size in (8, 32, 48, 64, 50)]
        [1, 2, 3, 4, 2]
    """
    return next(count for count in range(min(HEADS, max(1, size // HEAD)), 0, -1) if size % count == 0)


def waves(steps: Int[Tensor, "N"], size: int) -> Float[Tensor, "N H"]:
    """Sines and cosines of each step's number, of wave lengths from 2 π to 10,000 times as long.

    Example:
        >>> waves(torch.tensor([0, 1]), 2).tolist()[0]
        [0.0, 1.0]
    """
    half = -(-size // 2)
    rates = torch.exp(torch.arange(half, device=steps.device) * (-math.log(LONGEST_WAVE) / half))
    angles = steps[:, None] * rates
    return torch.stack([angles.sin(), angles.cos()], dim=2).flatten(1)[:, :size]
