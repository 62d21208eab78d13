"""The recurrences once more in NumPy, as short as their equations: what the compiled ones are compared with.

Everything is computed in double precision, one step of all sequences after the other, with nothing clever in it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.kernels.kernel import State
from seqloom.kernels.layer import NORM_EPSILON, Floats, Places, Weights

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


def normalised(x: Floats, gain: Floats, bias: Floats) -> Floats:
    """Numbers brought to a mean of zero and a variance of one, then scaled and moved, unit by unit."""
    centred = x - x.mean(axis=-1, keepdims=True)
    value: Floats = gain * centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + NORM_EPSILON) + bias
    return value


def elman(activate: Function) -> Step:
    """A step of an Elman network."""

    def step(weights: Weights, x: Floats, state: State, read: Floats) -> State:
        W, U, b, c, _ = weights
        return (activate(x @ W.T + b + read @ U.T + c),)

    return step


def lstm(activate: Function) -> Step:
    """A step of an LSTM."""

    def step(weights: Weights, x: Floats, state: State, read: Floats) -> State:
        W, U, b, c, _ = weights
        i, f, g, o = np.split(x @ W.T + b + read @ U.T + c, 4, axis=1)
        cell = sigmoid(f) * state[1] + sigmoid(i) * activate(g)
        return sigmoid(o) * activate(cell), cell

    return step


def peephole_lstm(activate: Function) -> Step:
    """A step of an LSTM whose gates see its memory cells."""

    def step(weights: Weights, x: Floats, state: State, read: Floats) -> State:
        W, U, b, c, (to_i, to_f, to_o) = weights
        i, f, g, o = np.split(x @ W.T + b + read @ U.T + c, 4, axis=1)
        cell = sigmoid(f + to_f * state[1]) * state[1] + sigmoid(i + to_i * state[1]) * activate(g)
        return sigmoid(o + to_o * cell) * activate(cell), cell

    return step


def norm_lstm(activate: Function) -> Step:
    """A step of an LSTM with layer norm, of each gate's sums and of what is shown of the memory cells."""

    def step(weights: Weights, x: Floats, state: State, read: Floats) -> State:
        W, U, b, c, unit = weights
        gain, bias = unit[:5], unit[5:]
        sums = np.split(x @ W.T + b + read @ U.T + c, 4, axis=1)
        i, f, g, o = (normalised(sums[gate], gain[gate], bias[gate]) for gate in range(4))
        cell = sigmoid(f) * state[1] + sigmoid(i) * activate(g)
        return sigmoid(o) * activate(normalised(cell, gain[4], bias[4])), cell

    return step


def slstm(weights: Weights, x: Floats, state: State, read: Floats) -> State:
    """A step of an sLSTM; its state is hidden vector, memory cells, normaliser and stabiliser."""
    W, U, b, c, _ = weights
    i, f, z, o = np.split(x @ W.T + b + read @ U.T + c, 4, axis=1)
    _, cell, norm, stabiliser = state
    decay = np.log(sigmoid(f)) + stabiliser
    after = np.maximum(decay, i)
    keep, write = np.exp(decay - after), np.exp(i - after)
    cell, norm = keep * cell + write * np.tanh(z), keep * norm + write
    return sigmoid(o) * cell / norm, cell, norm, after


def gru(weights: Weights, x: Floats, state: State, read: Floats) -> State:
    """A step of a GRU, reset after the product."""
    W, U, b, c, _ = weights
    from_input, from_hidden = np.split(x @ W.T + b, 3, axis=1), np.split(read @ U.T + c, 3, axis=1)
    r, z = (sigmoid(from_input[gate] + from_hidden[gate]) for gate in (0, 1))
    n = np.tanh(from_input[2] + r * from_hidden[2])
    return ((1 - z) * n + z * state[0],)


def reset_gru(weights: Weights, x: Floats, state: State, read: Floats) -> State:
    """A step of a GRU, reset before the product."""
    W, U, b, c, _ = weights
    from_input, (of_r, of_z, of_n) = np.split(x @ W.T + b + c, 3, axis=1), np.split(U, 3)
    r, z = sigmoid(from_input[0] + read @ of_r.T), sigmoid(from_input[1] + read @ of_z.T)
    n = np.tanh(from_input[2] + (r * read) @ of_n.T)
    return ((1 - z) * n + z * state[0],)


def mingru(weights: Weights, x: Floats, state: State, read: Floats) -> State:
    """A step of a minGRU."""
    W, _, b, *_ = weights
    z, n = np.split(x @ W.T + b, 2, axis=1)
    return (state[0] + sigmoid(z) * (n - state[0]),)


def minlstm(weights: Weights, x: Floats, state: State, read: Floats) -> State:
    """A step of a minLSTM."""
    W, _, b, *_ = weights
    f, i, n = np.split(x @ W.T + b, 3, axis=1)
    f, i = sigmoid(f), sigmoid(i)
    return ((f * state[0] + i * n) / (f + i),)


def lru(weights: Weights, x: Floats, state: State, read: Floats) -> State:
    """A step of a linear recurrence in which two neighbouring units turn and shrink together."""
    W, _, b, _, (own, other) = weights
    pairs = state[0].reshape(len(x), -1, 2)
    return (own * state[0] + other * pairs[:, :, ::-1].reshape(state[0].shape) + x @ W.T + b,)


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
