"""The recurrences once more in NumPy, as short as their equations: what the compiled ones are compared with.

Everything is computed in double precision, one step of all sequences after the other, with nothing clever in it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.kernels.layer import Floats, Places, Weights

State = tuple[Floats, ...]
"""Hidden vectors, and memory cells where a cell has them, [B, H] each."""

Step = Callable[[Weights, Floats, State, Floats], State]
"""From weights, inputs, the state before a step, and hidden vectors as the weights read them, to the state after."""

Function = Callable[[Any], Any]


def sigmoid(x: Any) -> Any:
    """The logistic function."""
    return 1 / (1 + np.exp(-x))


def relu(x: Any) -> Any:
    """The positive part."""
    return np.maximum(x, 0)


def elu(x: Any) -> Any:
    """The positive part, and eˣ - 1 below zero."""
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


def elman(activate: Function) -> Step:
    """A step of an Elman network."""

    def step(weights: Weights, x: Floats, state: State, read: Floats) -> State:
        W, U, b, c = weights
        return (activate(x @ W.T + b + read @ U.T + c),)

    return step


def lstm(activate: Function) -> Step:
    """A step of an LSTM."""

    def step(weights: Weights, x: Floats, state: State, read: Floats) -> State:
        W, U, b, c = weights
        i, f, g, o = np.split(x @ W.T + b + read @ U.T + c, 4, axis=1)
        cell = sigmoid(f) * state[1] + sigmoid(i) * activate(g)
        return sigmoid(o) * activate(cell), cell

    return step


def gru(weights: Weights, x: Floats, state: State, read: Floats) -> State:
    """A step of a GRU, reset after the product."""
    W, U, b, c = weights
    from_input, from_hidden = np.split(x @ W.T + b, 3, axis=1), np.split(read @ U.T + c, 3, axis=1)
    r, z = (sigmoid(from_input[gate] + from_hidden[gate]) for gate in (0, 1))
    n = np.tanh(from_input[2] + r * from_hidden[2])
    return ((1 - z) * n + z * state[0],)


def run(
    step: Step,
    weights: Weights,
    x: Floats,
    state: State,
    sizes: Places,
    *,
    reverse: bool = False,
    kept: Floats | None = None,
) -> tuple[State, NDArray[np.float64]]:
    """Run a cell over all steps of all sequences.

    Args:
        step: of the cell.
        weights: of the layer.
        x: packed inputs, [N, F].
        state: before the first step, [B, H] each.
        sizes: sequences alive at each step, [T].
        reverse: whether sequences are read from their ends.
        kept: factors on hidden vectors where the weights read them, [B, H].

    Returns:
        The state after each sequence's own last step, and the hidden vectors after each row's step, [N, H].
    """
    weights, x = Weights(*(np.asarray(weight, np.float64) for weight in weights)), np.asarray(x, np.float64)
    now = tuple(np.array(part, np.float64) for part in state)
    factors = np.ones_like(now[0]) if kept is None else np.asarray(kept, np.float64)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    outputs = np.empty((len(x), now[0].shape[1]))
    for t in reversed(range(len(sizes))) if reverse else range(len(sizes)):
        alive, rows = sizes[t], slice(offsets[t], offsets[t + 1])
        before = tuple(part[:alive] for part in now)
        after = step(weights, x[rows], before, before[0] * factors[:alive])
        for part, new in zip(now, after, strict=True):
            part[:alive] = new
        outputs[rows] = after[0]
    return now, outputs
