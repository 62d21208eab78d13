"""From the outputs of all steps to one vector per sequence."""

from abc import ABC, abstractmethod

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from seqloom.errors import SettingsError
from seqloom.sequence import Packed

Pooled = tuple[Float[Tensor, "B H"], Float[Tensor, "N"] | None]
Sums = tuple[Float[Tensor, "B _"], ...]
"""What a pooling knows of the steps so far, row `b` of every tensor of sequence `b`."""


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

    @abstractmethod
    def begin(self, count: int, size: int) -> Sums:
        """What is known before the first step of `count` sequences of `size` features."""

    @abstractmethod
    def add(self, sums: Sums, rows: Packed) -> Sums:
        """What is known after further steps: so a sequence can be pooled piece by piece.

        Args:
            sums: after the steps before.
            rows: outputs of the next steps, at least one of every sequence, [N, H].
        """

    @abstractmethod
    def result(self, sums: Sums) -> Float[Tensor, "B H"]:
        """The vector of all steps that were added."""


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

    def begin(self, count: int, size: int) -> Sums:
        """Zeros, see `Pool`."""
        return (torch.zeros(count, size),)

    def add(self, sums: Sums, rows: Packed) -> Sums:
        """The last output alone, see `Pool`.

        Raises:
            SettingsError: half of the features are read backwards: they change with every further step.
        """
        del sums  # nothing but the last step counts
        if self.bidirectional:
            fix = "pool whole sequences, or read forward only"
            raise SettingsError("pooling", expected="one direction, piece by piece", came="both", fix=fix)
        return (rows.values[rows.last_rows],)

    def result(self, sums: Sums) -> Float[Tensor, "B H"]:
        """That output, see `Pool`."""
        return sums[0]


class MeanPool(Pool):
    """The mean over each sequence's own steps."""

    def forward(self, rows: Packed) -> Pooled:
        """Sums of rows over numbers of rows, see `Pool`."""
        lengths = rows.lengths.to(rows.values).unsqueeze(1)
        return _sums(rows.values, _owners(rows), rows.batch_size) / lengths, None

    def begin(self, count: int, size: int) -> Sums:
        """No steps and a sum of zero, see `Pool`."""
        return torch.zeros(count, 1), torch.zeros(count, size)

    def add(self, sums: Sums, rows: Packed) -> Sums:
        """Steps and their sum, see `Pool`."""
        steps, total = sums
        more = _sums(rows.values, _owners(rows), rows.batch_size)
        return steps + rows.lengths.to(total).unsqueeze(1), total + more

    def result(self, sums: Sums) -> Float[Tensor, "B H"]:
        """Sum over steps, see `Pool`."""
        steps, total = sums
        return total / steps


class MaxPool(Pool):
    """The largest value of each feature over each sequence's own steps."""

    def forward(self, rows: Packed) -> Pooled:
        """Feature by feature, see `Pool`."""
        return _maxima(rows.values, _owners(rows), rows.batch_size), None

    def begin(self, count: int, size: int) -> Sums:
        """Less than any value, see `Pool`."""
        return (torch.full((count, size), -torch.inf),)

    def add(self, sums: Sums, rows: Packed) -> Sums:
        """The largest so far, see `Pool`."""
        return (torch.maximum(sums[0], _maxima(rows.values, _owners(rows), rows.batch_size)),)

    def result(self, sums: Sums) -> Float[Tensor, "B H"]:
        """The largest, see `Pool`."""
        return sums[0]


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

    def begin(self, count: int, size: int) -> Sums:
        """No score yet, no weight, and a weighted sum of zero, see `Pool`."""
        return torch.full((count, 1), -torch.inf), torch.zeros(count, 1), torch.zeros(count, size)

    def add(self, sums: Sums, rows: Packed) -> Sums:
        """The largest score, and weight and weighted sum relative to its exponential, see `Pool`."""
        largest, weight, total = sums
        owners, count = _owners(rows), rows.batch_size
        scores = self.score(rows.values)  # [N, 1]
        top = torch.maximum(largest, _maxima(scores, owners, count))
        powers, before = torch.exp(scores - top[owners]), torch.exp(largest - top)
        return (
            top,
            weight * before + _sums(powers, owners, count),
            total * before + _sums(powers * rows.values, owners, count),
        )

    def result(self, sums: Sums) -> Float[Tensor, "B H"]:
        """Weighted sum over weight, see `Pool`."""
        _, weight, total = sums
        return total / weight


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


def running(pool: Pool, sums: Sums, rows: Packed) -> tuple[Sums, Float[Tensor, "N H"]]:
    """What a pooling knows step by step.

    Args:
        pool: the pooling.
        sums: what it knows of the steps before.
        rows: outputs of the next steps, at least one of every sequence, [N, H].

    Returns:
        What it knows after the last step of each sequence, and the vector of all steps up to each row.
    """
    results = []
    for values in torch.split(rows.values, rows.sizes.tolist()):
        count = len(values)
        own = pool.add(tuple(part[:count] for part in sums), Packed(values, torch.tensor([count])))
        results.append(pool.result(own))
        sums = tuple(torch.cat([part, rest[count:]]) for part, rest in zip(own, sums, strict=True))
    return sums, torch.cat(results)


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
