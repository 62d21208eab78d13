"""Anomalies put into data of which nobody knows where its own are, so that detectors can be measured."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare import Examples, asked_rows

KINDS = ("spike", "shift", "flat", "noise", "shuffled")
"""One value far off; a level three standard deviations off; a value that stays; noise; values in another order."""
SPIKE, SHIFT, NOISE = 6.0, 3.0, 2.0
"""How far off, in standard deviations of the training part."""
LONGEST = 50
PARTS = 100
"""Asked steps of a sequence for each step of an anomaly's length, at least."""
APART = 8
"""Lengths of an anomaly from one to the next."""
LEAST = 40
"""Steps from one to the next, so that what lingers of one is over."""


@dataclass(frozen=True)
class Injected:
    """Examples with anomalies put into their asked steps.

    Args:
        examples: the same examples of altered data, marked.
        kinds: of each asked step the number of the kind of its anomaly, -1 for none, [N].
    """

    examples: Examples
    kinds: NDArray[np.int64]


def inject(examples: Examples, seed: int = 0) -> Injected:
    """Put anomalies of five kinds in turn into the asked steps, each into one column drawn at random.

    Args:
        examples: watched values; their data is not changed.
        seed: seed of places, columns and noise.
    """
    generator = np.random.default_rng(seed)
    prepared = examples.prepared
    targets = np.array(prepared.targets, dtype=np.float32)
    history = None if prepared.history is None else np.array(prepared.history, dtype=np.float32)
    kinds = np.full(len(targets), -1)
    _, rows, owner = asked_rows(examples)
    number = 0
    for own in np.split(rows, np.flatnonzero(np.diff(owner)) + 1):
        length = max(1, min(LONGEST, len(own) // PARTS))
        apart = max(LEAST, length * APART)
        for begin in range(int(own[0]) + apart // 2, int(own[-1]) + 1 - length, apart):
            first = begin + int(generator.integers(apart // 4 + 1))
            kind = number % len(KINDS)
            place = np.arange(first, min(first + (1 if KINDS[kind] == "spike" else length), int(own[-1]) + 1))
            column = int(generator.integers(targets.shape[1]))
            values = _altered(KINDS[kind], (targets if history is None else history)[place, column], generator)
            for matrix in (targets, *([] if history is None else [history])):
                matrix[place, column] = values
            kinds[place] = kind
            number += 1
    marks = (kinds >= 0).astype(np.float32)
    altered = replace(prepared, targets=targets, history=history, marks=marks)
    return Injected(replace(examples, prepared=altered), kinds[rows])


def _altered(kind: str, values: NDArray[np.float32], generator: np.random.Generator) -> NDArray[np.float64]:
    """Values as an anomaly makes them."""
    sign = generator.choice((-1.0, 1.0))
    found: NDArray[np.float64]
    match kind:
        case "spike":
            found = values + sign * SPIKE
        case "shift":
            found = values + sign * SHIFT
        case "flat":
            found = np.full(len(values), float(values[0]))
        case "noise":
            found = values + generator.normal(scale=NOISE, size=len(values))
        case _:
            found = generator.permutation(values).astype(np.float64)
    return found
