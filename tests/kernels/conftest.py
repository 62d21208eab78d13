"""What the tests of the engine share: the table of its cells, and random layers of any size and any lengths."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from seqloom.kernels import GRU, Elu, Kernel, Pass, Relu, Sigmoid, Tanh, Weights, elman, lstm, reference, run
from seqloom.kernels.reference import Step


@dataclass(frozen=True)
class Recurrence:
    """A cell: compiled, in NumPy, how many gates it has, and how many parts its state."""

    kernel: Kernel
    step: Step
    gates: int
    parts: int = 1


CELLS = {
    "lstm-tanh": Recurrence(lstm(Tanh()), reference.lstm(np.tanh), gates=4, parts=2),
    "lstm-relu": Recurrence(lstm(Relu()), reference.lstm(reference.relu), gates=4, parts=2),
    "gru": Recurrence(GRU, reference.gru, gates=3),
    "elman-tanh": Recurrence(elman(Tanh()), reference.elman(np.tanh), gates=1),
    "elman-relu": Recurrence(elman(Relu()), reference.elman(reference.relu), gates=1),
    "elman-elu": Recurrence(elman(Elu()), reference.elman(reference.elu), gates=1),
    "elman-sigmoid": Recurrence(elman(Sigmoid()), reference.elman(reference.sigmoid), gates=1),
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

    @property
    def start(self) -> tuple[np.ndarray, np.ndarray | None]:
        """The state as the compiled code takes it."""
        return self.state[0], self.state[1] if len(self.state) > 1 else None

    def run(self, **options) -> Pass:
        """Run it compiled."""
        return run(self.recurrence.kernel, self.weights, self.x, self.start, self.sizes, **options)

    def reference(self, **options) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
        """Run it in NumPy."""
        return reference.run(self.recurrence.step, self.weights, self.x, self.state, self.sizes, **options)


def final_of(passed: Pass) -> tuple[np.ndarray, ...]:
    """The final state of a layer that has been run."""
    return (passed.rows.final, passed.memory) if passed.kernel.memory else (passed.rows.final,)


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
def final() -> Callable[[Pass], tuple[np.ndarray, ...]]:
    """The final state of a layer that has been run."""
    return final_of


@pytest.fixture
def draw(numbers) -> Callable[..., Layer]:
    """Draws a layer: weights so large that a state neither dies out nor explodes, and a state that is not zero."""

    def drawn(
        recurrence: Recurrence, features: int, hidden: int, lengths: tuple[int, ...], dtype: type = np.float32
    ) -> Layer:
        rows, batch = recurrence.gates * hidden, len(lengths)

        def uniform(*shape: int) -> np.ndarray:
            bound = 1 / np.sqrt(shape[-1] if len(shape) > 1 else hidden)
            return numbers.uniform(-bound, bound, shape).astype(dtype)

        def normal(*shape: int) -> np.ndarray:
            return numbers.standard_normal(shape).astype(dtype)

        return Layer(
            recurrence,
            Weights(uniform(rows, features), uniform(rows, hidden), uniform(rows), uniform(rows)),
            normal(sum(lengths), features),
            tuple(normal(batch, hidden) for _ in range(recurrence.parts)),
            sizes_of(lengths),
            (numbers.integers(0, 2, (batch, hidden)) * 2).astype(dtype),
        )

    return drawn
