"""What the tests of the layers share: packed rows of any lengths, and the step of a cell on arrays."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn.utils.rnn import pack_sequence

from seqloom.nn import Cell, State, Weights, compiled, scan, steps
from seqloom.sequence import Packed

WAYS = {"compiled": compiled, "scan": scan, "torch": steps}


@pytest.fixture
def generator() -> torch.Generator:
    """A source of randomness that starts the same in every test."""
    return torch.Generator().manual_seed(7)


@pytest.fixture
def pack() -> Callable[[list[Tensor]], Packed]:
    """Packs sequences, longest first, with torch's own packing."""
    return lambda sequences: Packed.from_torch(pack_sequence(sequences))


@pytest.fixture
def draw(generator, pack) -> Callable[..., tuple[list[Tensor], Packed]]:
    """Draws sequences of given lengths in float64; returns them singly and packed."""

    def drawn(lengths: tuple[int, ...], features: int) -> tuple[list[Tensor], Packed]:
        sequences = [torch.randn(length, features, dtype=torch.float64, generator=generator) for length in lengths]
        return sequences, pack(sequences)

    return drawn


@dataclass(frozen=True)
class Trial:
    """Random weights, state and input of a cell as arrays, and the state its step gives."""

    weights: list[np.ndarray]
    state: list[np.ndarray]
    x: np.ndarray
    after: State


@pytest.fixture
def try_step() -> Callable[[Cell], Trial]:
    """Runs one step of a cell with two features, three hidden ones and four sequences in float64."""
    numbers = np.random.default_rng(5)

    def tried(cell: Cell) -> Trial:
        weights = [numbers.standard_normal(shape) for shape in cell.shapes(2, 3)]
        zeros = cell.initial_state(torch.zeros(4, cell.width(3), dtype=torch.float64))
        state = [numbers.uniform(1, 2, zeros[0].shape) for _ in zeros]
        x = numbers.standard_normal((4, 2))
        tensors = cell.prepare(Weights(*map(torch.from_numpy, weights)))
        before = type(zeros)(*map(torch.from_numpy, state))
        after, output = cell.step(tensors, before, cell.project(tensors, torch.from_numpy(x)))
        assert torch.equal(output, after.hidden)
        return Trial(weights, state, x, after)

    return tried


@pytest.fixture
def ways(monkeypatch):
    """The ways layers went, in order."""
    gone = []

    def watched(name, walk):
        def noted(*arguments, **options):
            gone.append(name)
            return walk(*arguments, **options)

        return noted

    for name, module in WAYS.items():
        monkeypatch.setattr(module, "walk", watched(name, module.walk))
    return gone
