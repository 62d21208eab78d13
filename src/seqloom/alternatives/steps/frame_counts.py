"""Frames by counting: how often each entry is on, and how often it is after having been on or off."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.prepare import Examples, covered_rows

Matrix = NDArray[np.float64]
IMAGINED = 0.5
"""Times each entry is imagined to have been on, and off, before counting (Krichevsky & Trofimov 1981)."""
_STATES = 3


@dataclass(frozen=True)
class Marginal:
    """Answers the share of the training frames in which each entry is on.

    Args:
        logits: of the share of each entry, [K].
    """

    logits: Matrix
    name: ClassVar[str] = "marginal"
    title: ClassVar[str] = "the share of each entry"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:  # noqa: ARG003 - nothing is drawn
        """Count."""
        frames = training.prepared.targets[covered_rows(training)]
        return cls(_logit(frames.sum(axis=0, dtype=np.float64), len(frames)))

    def predict(self, examples: Examples) -> Matrix:
        """The same logits for each frame, [N, K]."""
        return np.tile(self.logits, (len(covered_rows(examples)), 1))


@dataclass(frozen=True)
class EntryMarkov:
    """Answers how often each entry is on after it was off, after it was on, and at the start of a sequence.

    Args:
        logits: of these shares, [3, K].
    """

    logits: Matrix
    name: ClassVar[str] = "markov"
    title: ClassVar[str] = "a Markov chain of each entry"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:  # noqa: ARG003 - nothing is drawn
        """Count by what was before."""
        frames, before = training.prepared.targets[covered_rows(training)], _states(training)
        counts = [before == state for state in range(_STATES)]
        shares = [_logit((frames * was).sum(axis=0, dtype=np.float64), was.sum(axis=0)) for was in counts]
        return cls(np.stack(shares))

    def predict(self, examples: Examples) -> Matrix:
        """The logits that belong to what was before, [N, K]."""
        logits: Matrix = np.take_along_axis(self.logits, _states(examples), axis=0)
        return logits


def _states(examples: Examples) -> NDArray[np.int8]:
    """Of each entry: 0 after it was off, 1 after it was on, 2 at the start of a sequence, [N, K]."""
    inputs = examples.prepared.numbers[covered_rows(examples)]
    states: NDArray[np.int8] = inputs[:, :-1].astype(np.int8)
    states[inputs[:, -1] > 0] = _STATES - 1
    return states


def _logit(on: Matrix, of: NDArray[np.int64] | int) -> Matrix:
    """The logit of a share, as if half a case more of each kind had been seen."""
    logits: Matrix = np.log(on + IMAGINED) - np.log(of - on + IMAGINED)
    return logits
