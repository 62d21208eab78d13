"""How likely a model found each token of a part."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import LanguagePrediction

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class LanguageOutcome:
    """How likely a model found each token of a part.

    Args:
        prediction: of each token, [N].
        read: how many tokens the model had read before it, those of its window or its text, [N].
        line: which line of the data each token stands in, [N].
        place: which token of the data each is, [N].
        text: the text of the data from one token up to another.
    """

    prediction: LanguagePrediction
    read: Ints
    line: Ints
    place: Ints
    text: Callable[[int, int], str]

    @property
    def surprise(self) -> Floats:
        """Minus the logarithm of the probability of each token, in nats, [N]."""
        return -self.prediction.log_probabilities

    def by_token(self) -> tuple[Ints, Ints, Floats]:
        """The codes that came, how often each did, and the surprise of each, summed."""
        codes, own = np.unique(self.prediction.came, return_inverse=True)
        return codes, np.bincount(own).astype(np.int64), np.bincount(own, self.surprise).astype(np.float64)

    def hardest(self, count: int) -> list[int]:
        """The most surprising tokens, the most surprising first; no two of them stand in one line."""
        chosen: list[int] = []
        lines: set[int] = set()
        for token in np.argsort(-self.surprise, kind="stable").tolist():
            if len(chosen) == count:
                break
            if int(self.line[token]) not in lines:
                lines.add(int(self.line[token]))
                chosen.append(token)
        return chosen

    def hardest_lines(self, count: int, least: int) -> list[tuple[float, str]]:
        """The lines of highest mean surprise among those of at least so many tokens, and the lines themselves."""
        own = np.unique(self.line, return_inverse=True)[1]
        tokens = np.bincount(own)
        mean = np.bincount(own, self.surprise) / tokens
        mean[tokens < least] = -np.inf
        found = []
        for line in np.argsort(-mean, kind="stable")[:count].tolist():
            if np.isfinite(mean[line]):
                places = self.place[own == line]
                found.append((float(mean[line]), self.text(int(places[0]), int(places[-1]) + 1)))
        return found
