"""A model and examples small enough to train in a blink, for every test of the room."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from pydantic import BaseModel
from torch import Tensor, nn

from seqloom.nn import LSTMState
from seqloom.sequence import Batch, Packed


class SmallSettings(BaseModel):
    """What the small model is built from."""

    hidden_size: int = 6
    dropout: float = 0.0
    bidirectional: bool = False


class Series:
    """Sequences of rows, each with a target per row or one target of its own."""

    def __init__(self, rows: Sequence[NDArray[np.float32]], targets: Sequence[NDArray[np.float32]]) -> None:
        self.rows, self.targets = rows, targets
        self.segment = 1
        self.carried = False
        none = np.zeros(0, dtype=bool)
        self.prepared = SimpleNamespace(known=none, known_codes=none, target_offsets=None)
        self.lengths = np.array([len(sequence) for sequence in rows], dtype=np.int64)

    def __len__(self) -> int:
        return len(self.rows)

    def batch(self, indices: NDArray[np.int64]) -> Batch:
        """The chosen sequences, packed longest first."""
        order = np.argsort(-self.lengths[indices], kind="stable")
        chosen = indices[order]
        lengths = self.lengths[chosen]
        sizes = torch.from_numpy((lengths[:, None] > np.arange(lengths.max())).sum(axis=0))
        none, size = torch.zeros(len(chosen), 0), len(chosen)
        per_step = self.targets[0].ndim == 2
        return Batch(
            numbers=Packed(_packed([self.rows[i] for i in chosen]), sizes),
            codes=torch.zeros(int(sizes.sum()), 0, dtype=torch.int64),
            static_numbers=none,
            static_codes=none.long(),
            future_numbers=torch.zeros(size, 0, 0),
            future_codes=torch.zeros(size, 0, 0, dtype=torch.int64),
            target=_packed([self.targets[i] for i in chosen])
            if per_step
            else torch.from_numpy(np.stack([self.targets[i] for i in chosen])),
            order=torch.from_numpy(order),
        )


def _packed(sequences: list[NDArray[np.float32]]) -> Tensor:
    steps = range(max(len(sequence) for sequence in sequences))
    rows = [sequence[step] for step in steps for sequence in sequences if step < len(sequence)]
    return torch.from_numpy(np.stack(rows))


class SmallModel(nn.Module):
    """An LSTM with a linear head and squared error, a prediction per row."""

    def __init__(self, settings: SmallSettings, features: int = 2) -> None:
        super().__init__()
        self.settings = settings
        self.recurrent = nn.LSTM(features, settings.hidden_size)
        self.dropout = nn.Dropout(settings.dropout)
        self.head = nn.Linear(settings.hidden_size, 1)

    def forward(self, batch: Batch, state: LSTMState | None = None) -> tuple[Tensor, LSTMState]:
        """Predictions [N, 1] and the state after the batch."""
        rows, last = self.recurrent(batch.numbers.to_torch(), state)
        return self.head(self.dropout(rows.data)), LSTMState(*last)

    def loss(self, batch: Batch, state: LSTMState | None = None) -> tuple[Tensor, LSTMState]:
        """Mean squared error over the known targets."""
        predicted, state = self(batch, state)
        known = ~torch.isnan(batch.target)
        return (predicted[known] - batch.target[known]).square().mean(), state

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """Squared error, summed."""
        known = ~torch.isnan(batch.target)
        predicted = self(batch)[0].detach()
        return float((predicted[known] - batch.target[known]).square().sum()), int(known.sum())


class LinearModel(nn.Module):
    """Ordinary linear regression of each row's target on its features."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.settings = SmallSettings()
        self.head = nn.Linear(features, 1)
        nn.init.zeros_(self.head.weight)

    def loss(self, batch: Batch, state: LSTMState | None = None) -> tuple[Tensor, Any]:
        """Mean squared error."""
        return (self.head(batch.numbers.values) - batch.target).square().mean(), state or ()

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """Squared error, summed."""
        return float(self.loss(batch)[0].detach()) * len(batch.target), len(batch.target)


def make_series(count: int, *, seed: int = 0, longest: int = 12, equal: bool = False) -> Series:
    """Random walks in two features; the target is the mean of the first feature so far."""
    generator = np.random.default_rng(seed)
    lengths = np.full(count, longest) if equal else generator.integers(3, longest + 1, size=count)
    rows = [generator.normal(size=(length, 2)).astype(np.float32) for length in lengths]
    targets = [
        (np.cumsum(sequence[:, :1], axis=0) / np.arange(1, len(sequence) + 1)[:, None]).astype(np.float32)
        for sequence in rows
    ]
    return Series(rows, targets)


def make_model(seed: int = 0, **settings: float) -> SmallModel:
    """The small model with weights drawn from a seed; the caller's random state is left alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return SmallModel(SmallSettings(**settings))


@pytest.fixture
def series() -> Callable[..., Series]:
    """Makes examples: `series(count, seed=0, longest=12, equal=False)`."""
    return make_series


@pytest.fixture
def small_model() -> Callable[..., SmallModel]:
    """Makes the small model: `small_model(seed=0, hidden_size=6, dropout=0.0)`."""
    return make_model


@pytest.fixture
def linear_model() -> Callable[[int], LinearModel]:
    """Makes the linear model: `linear_model(features)`."""
    return LinearModel


@pytest.fixture
def from_arrays() -> type[Series]:
    """Examples from arrays: `from_arrays(rows, targets)`."""
    return Series
