"""The numbers a case is about, the same for every peer: weights in torch's order, inputs, lengths. Needs NumPy only."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.speed.case import Case

Floats = NDArray[np.float32]
GATES = {"LSTM": 4, "GRU": 3, "Elman": 1}
SPREAD = 0.48
"""Of the logarithm of lengths; with 64 sequences their mean is then 37 % of the longest."""
SHOWN = 64
"""Outputs that are compared."""


class LayerWeights(NamedTuple):
    """The weights of one layer in one direction, gates below each other as in torch.

    Args:
        input: [G H, F].
        recurrent: [G H, H].
        input_bias: [G H].
        recurrent_bias: [G H].
    """

    input: Floats
    recurrent: Floats
    input_bias: Floats
    recurrent_bias: Floats


def weights_of(case: Case) -> list[LayerWeights]:
    """Weights of each layer and direction, uniform in ±1/√H."""
    generator, rows = np.random.default_rng(1), GATES[case.cell] * case.hidden
    bound = 1 / np.sqrt(case.hidden)

    def drawn(*shape: int) -> Floats:
        return generator.uniform(-bound, bound, shape).astype(np.float32)

    return [
        LayerWeights(drawn(rows, width), drawn(rows, case.hidden), drawn(rows), drawn(rows))
        for width in _widths(case)
        for _ in range(case.directions)
    ]


def lengths_of(case: Case) -> NDArray[np.int64]:
    """Steps of each sequence, longest first: equal, or log-normal with `case.steps` as the largest."""
    if not case.varied:
        return np.full(case.batch, case.steps)
    drawn = np.sort(np.exp(SPREAD * np.random.default_rng(2).standard_normal(case.batch)))[::-1]
    return np.maximum(1, np.round(drawn / drawn[0] * case.steps)).astype(np.int64)


def steps_of(case: Case) -> Floats:
    """Inputs, [T, B, F]; zero where a sequence has ended."""
    drawn = np.random.default_rng(3).standard_normal((case.steps, case.batch, case.features), dtype=np.float32)
    drawn *= (np.arange(case.steps)[:, None] < lengths_of(case))[:, :, None]
    return drawn


def alive(case: Case) -> NDArray[np.int64]:
    """Sequences that go on at each step, [T]."""
    return (lengths_of(case) > np.arange(case.steps)[:, None]).sum(axis=1)


def packed(case: Case, padded: NDArray[Any]) -> NDArray[Any]:
    """The rows of [T, B, ...] that are steps of a sequence, [N, ...]."""
    return np.concatenate([rows[:count] for rows, count in zip(padded, alive(case), strict=True)])


def operations(case: Case) -> float:
    """Multiplications and additions in the products of one pass forward."""
    return _products(case) * sum(width + case.hidden for width in _widths(case))


def operations_back(case: Case) -> float:
    """Those of the pass back: gradients of weights and hidden vectors, and of inputs but for the first layer's."""
    of_inputs = sum(_widths(case)[1:])
    return operations(case) + _products(case) * (case.layers * case.hidden + of_inputs)


def _products(case: Case) -> float:
    """Multiplications and additions for one number that all gates of all rows read."""
    return 2 * float(lengths_of(case).sum()) * case.directions * GATES.get(case.cell, 0) * case.hidden


def _widths(case: Case) -> list[int]:
    """What each layer reads at a step."""
    return [case.features] + [case.directions * case.hidden] * (case.layers - 1)


def shown(rows: NDArray[Any]) -> list[float]:
    """Some of the outputs and the root of their mean square, to be compared between peers."""
    flat = np.asarray(rows, dtype=np.float64).reshape(-1)
    some = flat[np.linspace(0, len(flat) - 1, min(SHOWN, len(flat))).astype(np.int64)]
    return [float(np.sqrt(np.mean(flat**2))), *some.tolist()]


def readings_of(case: Case, count: int) -> Floats:
    """Readings that arrive, [count, F]."""
    return np.random.default_rng(4).standard_normal((count, case.features), dtype=np.float32)


def turns_of(case: Case, at_once: int) -> list[NDArray[np.int64]]:
    """The streams that have a reading at each turn, in an order without order, until each has had one."""
    order = np.random.default_rng(5).permutation(case.streams)
    return [order[first : first + at_once] for first in range(0, case.streams - at_once + 1, at_once)]
