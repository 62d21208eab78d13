"""What the tests of the engine share: the table of its cells, and random layers of any size and any lengths."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from seqloom.kernels import (
    GRU,
    LRU,
    MINGRU,
    MINLSTM,
    RESET_GRU,
    SLSTM,
    Elu,
    Kernel,
    Pass,
    Relu,
    Sigmoid,
    Tanh,
    Weights,
    elman,
    lstm,
    norm_lstm,
    peephole_lstm,
    reference,
    run,
)
from seqloom.kernels.reference import Step


@dataclass(frozen=True)
class Recurrence:
    """A cell: compiled, in NumPy, how many gates it has, how many of them read the hidden vector, and so on.

    Args:
        kernel: compiled.
        step: in NumPy.
        gates: how many it has.
        recurrent: how many of them read the hidden vector.
        parts: of its state.
        unit: rows of weights of units.
        multiple: its hidden size is one of this number.
    """

    kernel: Kernel
    step: Step
    gates: int
    recurrent: int
    parts: int = 1
    unit: int = 0
    multiple: int = 1


CELLS = {
    "lstm-tanh": Recurrence(lstm(Tanh()), reference.lstm(np.tanh), 4, 4, parts=2),
    "lstm-relu": Recurrence(lstm(Relu()), reference.lstm(reference.relu), 4, 4, parts=2),
    "peephole-lstm": Recurrence(peephole_lstm(Tanh()), reference.peephole_lstm(np.tanh), 4, 4, parts=2, unit=3),
    "norm-lstm": Recurrence(norm_lstm(Tanh()), reference.norm_lstm(np.tanh), 4, 4, parts=2, unit=10),
    "slstm": Recurrence(SLSTM, reference.slstm, 4, 4, parts=4),
    "gru": Recurrence(GRU, reference.gru, 3, 3),
    "reset-gru": Recurrence(RESET_GRU, reference.reset_gru, 3, 3),
    "elman-tanh": Recurrence(elman(Tanh()), reference.elman(np.tanh), 1, 1),
    "elman-relu": Recurrence(elman(Relu()), reference.elman(reference.relu), 1, 1),
    "elman-elu": Recurrence(elman(Elu()), reference.elman(reference.elu), 1, 1),
    "elman-sigmoid": Recurrence(elman(Sigmoid()), reference.elman(reference.sigmoid), 1, 1),
    "mingru": Recurrence(MINGRU, reference.mingru, 2, 0),
    "minlstm": Recurrence(MINLSTM, reference.minlstm, 3, 0),
    "lru": Recurrence(LRU, reference.lru, 1, 0, unit=2, multiple=2),
}


def sizes_of(lengths: tuple[int, ...]) -> np.ndarray:
    """Sequences alive at each step, from lengths that never increase."""
    return np.array([sum(length > t for length in lengths) for t in range(max(lengths, default=0))], np.int64)


@dataclass(frozen=True)
class Layer:
    """A cell with weights, inputs, an initial state, and factors on what its weights read."""

    recurrence: Recurrence
    weights: Weights
    x: np.ndarray
    state: tuple[np.ndarray, ...]
    sizes: np.ndarray
    kept: np.ndarray

    def run(self, **options) -> Pass:
        """Run it compiled."""
        return run(self.recurrence.kernel, self.weights, self.x, self.state, self.sizes, **options)

    def reference(self, **options) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
        """Run it in NumPy."""
        return reference.run(self.recurrence.step, self.weights, self.x, self.state, self.sizes, **options)


@pytest.fixture
def numbers() -> np.random.Generator:
    """A source of randomness that starts the same in every test."""
    return np.random.default_rng(7)


@pytest.fixture(scope="session")
def cells() -> dict[str, Recurrence]:
    """All cells, by name."""
    return CELLS


@pytest.fixture(params=CELLS)
def recurrence(request) -> Recurrence:
    """Each of the cells."""
    return CELLS[request.param]


@pytest.fixture
def alive() -> Callable[[tuple[int, ...]], np.ndarray]:
    """Sequences alive at each step, from their lengths."""
    return sizes_of


@pytest.fixture
def draw(numbers) -> Callable[..., Layer]:
    """Draws a layer: weights so large that a state neither dies out nor explodes, and a state that is not zero."""

    def drawn(
        recurrence: Recurrence, features: int, hidden: int, lengths: tuple[int, ...], dtype: type = np.float32
    ) -> Layer:
        hidden = -(-hidden // recurrence.multiple) * recurrence.multiple
        (rows, recurrent), batch = (recurrence.gates * hidden, recurrence.recurrent * hidden), len(lengths)

        start = (0, 0, 5, 0)[: recurrence.parts]  # an sLSTM divides by its third part, which is never negative

        def uniform(*shape: int) -> np.ndarray:
            bound = 1 / np.sqrt(shape[-1] if len(shape) > 1 else hidden)
            return numbers.uniform(-bound, bound, shape).astype(dtype)

        def normal(*shape: int) -> np.ndarray:
            return numbers.standard_normal(shape).astype(dtype)

        return Layer(
            recurrence,
            Weights(
                uniform(rows, features),
                uniform(recurrent, hidden),
                uniform(rows),
                uniform(recurrent),
                numbers.uniform(-0.7, 0.7, (recurrence.unit, hidden)).astype(dtype),
            ),
            normal(sum(lengths), features),
            tuple(moved + normal(batch, hidden) for moved in start),
            sizes_of(lengths),
            (numbers.integers(0, 2, (batch, hidden)) * 2).astype(dtype),
        )

    return drawn
