"""The trial of running text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.evaluate.trial import LOG_LOSS, Measured
from seqloom.prepare import Examples, covered_rows
from seqloom.score import language_metrics
from seqloom.sequence import Array, LanguagePrediction

BLOCK = 256
"""Neighbouring tokens that are taken to depend on each other: a topic, a speaker, a name."""
ENOUGH_BLOCKS = 8


@dataclass(frozen=True)
class LanguageTrial:
    """Tokens of running text, each to be predicted from those before it.

    Args:
        examples: what was read.
        prediction: what the model found of each token.
    """

    examples: Examples
    prediction: LanguagePrediction

    @property
    def block(self) -> int:
        """256 tokens, fewer where the text has not enough for eight such blocks."""
        return max(1, min(BLOCK, len(self.prediction.came) // ENOUGH_BLOCKS))

    def model(self) -> Measured:
        """Metrics of the model, and minus the logarithm of each token's probability."""
        return self._measured(self.prediction.log_probabilities, self.prediction.best == self.prediction.came)

    def alternative(self, answers: Array) -> Measured:
        """The same for logarithms of probabilities, [N]."""
        return self._measured(np.asarray(answers, dtype=np.float64), None)

    def _measured(self, logarithms: NDArray[np.float64], hits: NDArray[np.bool_] | None) -> Measured:
        metrics = language_metrics(logarithms, characters_of(self.examples), hits)
        return Measured(metrics=metrics, errors={LOG_LOSS: -logarithms})


def characters_of(examples: Examples) -> int:
    """Characters of the text whose tokens are predicted: of all its rows, a row that is cut in proportion.

    The first token of a text is not predicted and not counted.
    """
    prepared = examples.prepared
    tokens = covered_rows(examples) + 1  # those that came
    if prepared.starts is None or prepared.characters is None:
        return len(tokens)
    counts = np.diff(prepared.starts)
    row = np.searchsorted(prepared.starts, tokens, side="right") - 1
    share = prepared.characters / np.maximum(counts, 1)
    return round(float(share[row].sum()))
