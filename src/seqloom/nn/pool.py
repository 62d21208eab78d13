"""From the outputs of all steps to one vector per sequence."""

from abc import ABC, abstractmethod

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from seqloom.errors import SettingsError
from seqloom.sequence import Packed

Pooled = tuple[Float[Tensor, "B H"], Float[Tensor, "N"] | None]


class Pool(nn.Module, ABC):
    """What makes one vector of a sequence's outputs."""

    @abstractmethod
    def forward(self, rows: Packed) -> Pooled:
        """Pool packed rows.

        Args:
            rows: outputs of every step, [N, H].

        Returns:
            One vector per sequence, [B, H], and the weight of each row where the pooling has weights.
        """


class LastPool(Pool):
    """The output after all of a sequence was read.

    Args:
        bidirectional: whether the second half of the features was read backwards: it is complete at the first step.
    """

    def __init__(self, *, bidirectional: bool = False) -> None:
        super().__init__()
        self.bidirectional = bidirectional

    def forward(self, rows: Packed) -> Pooled:
        """The forward half at each sequence's last row, the backward half at its first, see `Pool`."""
        last = rows.values[rows.last_rows.to(rows.values.device)]
        if not self.bidirectional:
            return last, None
        half = last.shape[1] // 2
        return torch.cat([last[:, :half], rows.values[: rows.batch_size, half:]], dim=1), None


class MeanPool(Pool):
    """The mean over each sequence's own steps."""

    def forward(self, rows: Packed) -> Pooled:
        """Sums of rows over numbers of rows, see `Pool`."""
        lengths = rows.lengths.to(rows.values).unsqueeze(1)
        return _sums(rows.values, _owners(rows), rows.batch_size) / lengths, None


class MaxPool(Pool):
    """The largest value of each feature over each sequence's own steps."""

    def forward(self, rows: Packed) -> Pooled:
        """Feature by feature, see `Pool`."""
        return _maxima(rows.values, _owners(rows), rows.batch_size), None


class AttentionPool(Pool):
    """A mean over a sequence's steps whose weights are learned.

        weight = softmax over the sequence's steps of v · tanh(W y + b)

    Source: Yang et al., "Hierarchical attention networks for document classification", NAACL 2016, after the additive
    score of Bahdanau, Cho & Bengio, ICLR 2015.

    Args:
        size: features of a row, `H`.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.score = nn.Sequential(nn.Linear(size, size), nn.Tanh(), nn.Linear(size, 1, bias=False))

    def forward(self, rows: Packed) -> Pooled:
        """Weighted mean and weights; the weights of a sequence sum to 1, see `Pool`."""
        owners, count = _owners(rows), rows.batch_size
        scores = self.score(rows.values)  # [N, 1]
        # Shifting a sequence's scores by their largest changes no weight and keeps the exponential finite.
        powers = torch.exp(scores - _maxima(scores.detach(), owners, count)[owners])
        weights = powers / _sums(powers, owners, count)[owners]  # [N, 1]
        return _sums(weights * rows.values, owners, count), weights.squeeze(1)


def build_pool(kind: str, size: int, *, bidirectional: bool = False) -> Pool:
    """The pooling of that name.

    Args:
        kind: `last`, `mean`, `max` or `attention`.
        size: features of a row, `H`.
        bidirectional: whether the second half of the features was read backwards.

    Raises:
        SettingsError: there is no such pooling.
    """
    if kind == "last":
        return LastPool(bidirectional=bidirectional)
    if kind == "mean":
        return MeanPool()
    if kind == "max":
        return MaxPool()
    if kind == "attention":
        return AttentionPool(size)
    raise SettingsError("pooling", expected="last, mean, max or attention", came=repr(kind), fix="choose one of them")


def _owners(rows: Packed) -> Int[Tensor, "N"]:
    """Which sequence each row belongs to, on the device of the rows."""
    return rows.sequence_rows.to(rows.values.device)


def _sums(values: Float[Tensor, "N H"], owners: Int[Tensor, "N"], count: int) -> Float[Tensor, "B H"]:
    """Sum of each sequence's rows."""
    return values.new_zeros(count, values.shape[1]).index_add(0, owners, values)


def _maxima(values: Float[Tensor, "N H"], owners: Int[Tensor, "N"], count: int) -> Float[Tensor, "B H"]:
    """Maximum of each sequence's rows, feature by feature."""
    empty = values.new_zeros(count, values.shape[1])
    return empty.scatter_reduce(0, owners.unsqueeze(1).expand_as(values), values, "amax", include_self=False)
