"""How many times faster: ratios of medians, and how they spread from round to round."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import geometric_mean

import numpy as np

from benchmarks.speed.record import Figure, Measurement


@dataclass(frozen=True)
class Ratio:
    """What another needs for what we need once.

    Args:
        value: ratio of the medians of all calls.
        low: a quarter of the rounds are below, as ratios of the medians of a round.
        high: a quarter of the rounds are above.
        who: against whom.
    """

    value: float
    low: float
    high: float
    who: str


def ratio(ours: Figure, theirs: Figure) -> Ratio | None:
    """The ratio of two figures; None: one of them was not measured.

    Example:
        >>> ratio(Figure.of("us", [[1.0], [2.0]]), Figure.of("them", [[3.0], [6.0]]))
        Ratio(value=3.0, low=3.0, high=3.0, who='them')
    """
    if not ours.value or not theirs.value:
        return None
    count, of = len(ours.rounds), len(theirs.rounds)
    places = [min(count - 1, -(-number * count // of)) for number in range(of)]  # rounds at about the same time
    pairs = zip(theirs.rounds, (ours.rounds[place] for place in places), strict=True)
    low, high = np.quantile([other / mine for other, mine in pairs], [0.25, 0.75])
    return Ratio(theirs.value / ours.value, float(low), float(high), theirs.who)


def against(measurement: Measurement, others: Iterable[str], us: str = "seqloom") -> Ratio | None:
    """The ratio to the fastest of others; None: none of them was measured, or we were not."""
    mine = measurement.figure(us)
    found = [found for who in others if (found := ratio(mine, measurement.figure(who))) is not None]
    return min(found, key=lambda each: each.value) if found else None


def mean(ratios: Iterable[Ratio]) -> float:
    """The geometric mean of ratios."""
    return geometric_mean([each.value for each in ratios])
