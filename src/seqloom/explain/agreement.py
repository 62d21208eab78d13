"""Whether different ways to explain an answer say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import spearmanr

from seqloom.explain.attribution import Attribution
from seqloom.explain.question import Floats
from seqloom.report import Axis, Cells, FigureData, Panel

FEWEST = 4
"""Steps from which on ranks are compared."""


@dataclass(frozen=True)
class Agreement:
    """Rank correlation of how much steps matter by two methods, mean over the sequences.

    Args:
        methods: their names.
        correlations: [M, M]; NaN: no sequence was long enough to tell.
        sequences: how many were long enough.
    """

    methods: tuple[str, ...]
    correlations: Floats
    sequences: int

    @property
    def sentence(self) -> str:
        """How far they agree, in words."""
        pairs = self.correlations[np.triu_indices(len(self.methods), 1)]
        if not len(pairs) or not np.isfinite(pairs).any():
            return "There is nothing to compare: sequences are too short or there is only one method."
        mean = float(np.nanmean(pairs))
        told = "agree" if mean > 0.6 else "agree in part" if mean > 0.3 else "do not agree: trust none of them alone"  # noqa: PLR2004 - as people read correlations
        return f"The methods {told}: the mean rank correlation of two of them is {mean:.2f}."

    def figure(self) -> FigureData:
        """The correlation of each pair of methods."""
        y, x = (places.ravel().astype(np.float64) for places in np.indices(self.correlations.shape))
        flat = self.correlations.ravel()
        text = tuple("-" if np.isnan(value) else f"{value:.2f}" for value in flat)
        cells = Cells(name="rank correlation", x=x, y=y, share=np.clip(np.nan_to_num(flat), 0, 1), text=text)
        axis = Axis(kind="label", labels=self.methods)
        return FigureData(
            name="agreement",
            title="Do the methods agree?",
            caption="Rank correlation of how much the steps of a sequence matter by two methods, mean over"
            f" {self.sequences} sequences: 1, the same order; 0, nothing in common. {self.sentence}",
            panels=(Panel(marks=(cells,), x=axis, y=axis, shape="square"),),
        )


def agreement(attributions: Sequence[Attribution]) -> Agreement:
    """Compare methods by the ranks they give to the steps of each sequence, whichever way these moved the number."""
    count = len(attributions)
    found = np.full((count, count), np.nan)
    several = 0
    for one in range(count):
        for other in range(one, count):
            each = correlations(attributions[one], attributions[other])
            several = max(several, len(each))
            found[one, other] = found[other, one] = each.mean() if len(each) else np.nan
    return Agreement(tuple(own.method for own in attributions), found, several)


def correlations(one: Attribution, other: Attribution) -> Floats:
    """Spearman's rank correlation of how much steps matter, for each sequence where it can be told."""
    found = []
    for mine, theirs in zip(one.steps, other.steps, strict=True):
        if len(mine) >= FEWEST and np.ptp(np.abs(mine)) > 0 and np.ptp(np.abs(theirs)) > 0:
            found.append(float(spearmanr(np.abs(mine), np.abs(theirs)).statistic))
    return np.array(found)
