"""How much each step and each feature of a sequence moved an answer."""

from dataclasses import dataclass

import numpy as np

from seqloom.explain.figures_steps import features_figure, steps_figure
from seqloom.explain.question import Floats
from seqloom.report import FigureData


@dataclass(frozen=True)
class Attribution:
    """How much each step of some sequences moved a number of the answer, in units of that number.

    Args:
        method: how it was found.
        what: the number.
        steps: of each sequence, in the order asked for, [T_b] each; above zero: the step raised the number.
        features: the same by feature, [T_b, F] each; None: the method takes whole steps.
        names: of the features.
        gap: largest difference between the sum of a sequence and what it should be; None: the method promises no sum.
    """

    method: str
    what: str
    steps: tuple[Floats, ...]
    features: tuple[Floats, ...] | None = None
    names: tuple[str, ...] = ()
    gap: float | None = None

    @property
    def shares(self) -> tuple[Floats, ...]:
        """The share of each step in all that moved the number, whichever way, [T_b] each; they sum to 1."""
        return tuple(_share(np.abs(own)) for own in self.steps)

    def feature_shares(self) -> Floats:
        """The share of each feature in all that moved the number, mean over the sequences, [F]; they sum to 1."""
        if not self.features:
            return np.zeros(0)
        mean: Floats = np.mean([_share(np.abs(own).sum(axis=0)) for own in self.features], axis=0)
        return mean

    def from_the_end(self, most: int = 64) -> Floats:
        """The mean share of the last step, of the one before it, and so on, over the sequences that are so long.

        Args:
            most: steps at most; longer sequences are cut into as many stretches of the same length.
        """
        longest = max(len(own) for own in self.steps)
        width = -(-longest // most)
        total, count = (np.zeros(-(-longest // width)) for _ in range(2))
        for own in self.shares:
            places = np.arange(len(own))[::-1] // width
            total += np.bincount(places, own, minlength=len(total))
            count[: places[0] + 1] += 1
        return total / count

    @property
    def half(self) -> float:
        """How many of its last steps hold half of what moved the number, median over the sequences."""
        return float(np.median([np.searchsorted(np.cumsum(own[::-1]), 0.5) + 1 for own in self.shares]))

    def figure(self) -> FigureData:
        """How much steps mattered, by how far they are from the end."""
        return steps_figure({self.method: self.from_the_end()}, max(map(len, self.steps)), self.what, self.half)

    def feature_figure(self) -> FigureData:
        """How much features mattered."""
        return features_figure(self.names, {self.method: self.feature_shares()}, self.what)


def _share(values: Floats) -> Floats:
    total = values.sum()
    found: Floats = values / total if total > 0 else np.full(len(values), 1 / max(1, len(values)))
    return found
