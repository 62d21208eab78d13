"""Learned vectors for categories."""

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import cast

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from seqloom.nn.normal import draw_normal

NONE: Mapping[int, int] = MappingProxyType({})
SPREAD = 0.1


def embedding_width(entries: int) -> int:
    """Width of the vector of a category with that many entries: `1.6 entries^0.56`, at least 1 and at most 50.

    Source: the rule of fastai's tabular models, which caps at 600; recurrent inputs are kept narrower here.

    Example:
        >>> [embedding_width(entries) for entries in (2, 7, 100, 10_000)]
        [2, 5, 21, 50]
    """
    return max(1, min(50, round(1.6 * math.pow(entries, 0.56))))


def lookup(entries: int, width: int) -> nn.Embedding:
    """A table of random vectors, as torch draws them; see `draw_normal`."""
    vectors = torch.empty(entries, width)
    draw_normal(vectors)
    return nn.Embedding(entries, width, _weight=vectors)


class Embedding(nn.Module):
    """One learned vector per entry of each categorical column, side by side.

    Args:
        entries: how many entries each column has, `E` numbers; may be empty.
        widths: width of the vectors of some columns, by their place; those of all others follow `embedding_width`.
            Such columns have many entries, most of them rare: their vectors begin near zero, with a deviation of 0.1
            instead of 1, so that what few examples teach of a word is not lost beside what it began with.
    """

    def __init__(self, entries: Sequence[int], widths: Mapping[int, int] = NONE) -> None:
        super().__init__()
        wide = [widths.get(place, embedding_width(count)) for place, count in enumerate(entries)]
        self.tables = nn.ModuleList(lookup(count, width) for count, width in zip(entries, wide, strict=True))
        for place in widths:
            with torch.no_grad():
                self._weight(place).mul_(SPREAD)
        self.output_size = sum(wide)

    def begin_from(self, column: int, places: Int[Tensor, "found"], vectors: Float[Tensor, "found W"]) -> None:
        """Set the vectors of some entries of a column; the others stay random, as far from zero as these.

        Args:
            column: place of the column.
            places: the entries.
            vectors: theirs.
        """
        weight = self._weight(column)
        with torch.no_grad():
            weight.mul_(float(vectors.std() / weight.std()))
            weight[places] = vectors

    def _weight(self, column: int) -> Tensor:
        return cast("nn.Embedding", self.tables[column]).weight

    def forward(self, codes: Int[Tensor, "*rows E"]) -> Float[Tensor, "*rows W"]:
        """Look up every column's code.

        Args:
            codes: integers from 0, one column per table, any number of leading axes.

        Returns:
            The vectors joined along the last axis, of width `output_size`; of width 0 without columns.
        """
        if not self.tables:
            return torch.zeros(*codes.shape[:-1], 0, device=codes.device)
        return torch.cat([table(codes[..., column]) for column, table in enumerate(self.tables)], dim=-1)
