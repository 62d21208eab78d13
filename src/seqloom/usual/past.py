"""How surprising a step is beside the past of its own stream, in three views, from a state of constant size.

Of each signal three distances are looked at: how far the value lies from what was expected of it, how far from the
mean so far, and how far the level of the last steps lies from that mean. Each is compared with what it was before: a
histogram on a logarithmic scale, which forgets slowly, gives the share of the past that was at least as far. The
surprise of a view is minus the logarithm of that share; those of the views are added up as in Fisher's method to
combine tests.

Sources: the rank of a distance among those of the past as in conformal anomaly detection, Laxhammar & Falkman,
"Sequential conformal anomaly detection in trajectories" (2011); Fisher, "Statistical methods for research workers"
(1932). Deviations: views of one step depend on each other, so that the sum follows no known distribution and a
threshold has to be measured.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import compiled

Floats = NDArray[np.float32]
VIEWS = ("error", "value", "level")
"""What is looked at: the distance from what was expected, the value's from the mean, the level's from the mean."""
BINS = 64
LOWEST, HIGHEST = -2.0, 2.5
"""Decimal logarithms of the distances at the ends of the histogram, in scaled units."""
CLOSEST = 1e-9
"""Added to distances, so that their logarithms are finite."""
HEAD = 3
"""Numbers of a signal before its histograms: what the past weighs, the mean, the level."""


@dataclass(frozen=True)
class Past:
    """Streams compared with themselves.

    Args:
        signals: how many there are, `C`.
        span: steps whose mean is the level.
        forget: steps after which what was seen weighs a third.
    """

    signals: int
    span: int
    forget: int

    @property
    def width(self) -> int:
        """Numbers of the state of one stream."""
        return self.signals * (HEAD + len(VIEWS) * BINS)

    def surprise(
        self, values: Floats, expected: Floats, owner: NDArray[np.int64], before: Floats
    ) -> tuple[Floats, Floats]:
        """The surprise of each step, and the states after the last ones.

        A step is compared before it becomes part of the past. Weights are shares of `forget` steps: no number of a
        state grows with its stream. The histograms are read and written between two places by weight, so that nothing
        jumps where a distance changes a little.

        Args:
            values: steps in the order of time, those of several streams mixed, [N, C]; NaN: nothing is known, and
                nothing changes.
            expected: what was expected of each, [N, C]; NaN: nothing was.
            owner: the stream of each step, [N].
            before: the state of each stream, zeros at its beginning, [B, width].

        Returns:
            The sum over the views, not negative, [N, C], and the states, [B, width].
        """
        after = before.copy()
        states = after.reshape(len(before), self.signals, -1)
        return _follow(values, expected, owner, states, self.span, self.forget), after


@compiled
def _follow(
    values: Floats, expected: Floats, owner: NDArray[np.int64], states: Floats, span: int, forget: int
) -> Floats:
    """Change the states step by step; the surprise of each step."""
    found = np.zeros_like(values)
    distances = np.empty(len(VIEWS))
    one = 1 / forget  # what a step weighs
    fade = 1 - one
    for row in range(values.shape[0]):
        for place in range(values.shape[1]):
            state, value = states[owner[row], place], float(values[row, place])
            if np.isnan(value):
                continue
            seen = state[0]
            weight = fade * seen + one
            state[2] += max(one / weight, 1 / span) * (value - state[2])
            distances[0] = abs(value - expected[row, place])
            distances[1] = abs(value - state[1]) if seen else np.nan
            distances[2] = abs(state[2] - state[1]) if seen else np.nan
            surprise = 0.0
            for view in range(len(VIEWS)):
                surprise += _compare(state[HEAD + view * BINS : HEAD + (view + 1) * BINS], distances[view], one)
            found[row, place] = surprise
            state[0] = weight
            state[1] += (value - state[1]) * one / weight
    return found


@compiled
def _compare(histogram: Floats, distance: float, one: float) -> float:
    """Minus the logarithm of the share of the past that was at least as far; the distance then becomes part of it."""
    if np.isnan(distance):
        return 0.0
    bins = histogram.shape[0]
    place = (np.log10(distance + CLOSEST) - LOWEST) / (HIGHEST - LOWEST) * (bins - 1)
    place = min(max(place, 0.0), bins - 1.000001)
    low = int(place)
    part = place - low
    farther, total = 0.0, 0.0
    for number in range(bins):
        total += histogram[number]
        if number > low:
            farther += histogram[number]
    share = (1 - part) * (farther + histogram[low]) + part * farther
    for number in range(bins):
        histogram[number] *= 1 - one
    histogram[low] += one * (1 - part)
    histogram[low + 1] += one * part
    return float(-np.log((share + one) / (total + one)))
