"""Signals of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any

import numpy as np

from seqloom.monitor.reference import MISSING, Channel, Floats, Reference, Side, Value
from seqloom.monitor.shares import share_of
from seqloom.monitor.usual import Usual

LEVELS = (0.005, 0.01, 0.025, *(n / 20 for n in range(1, 20)), 0.975, 0.99, 0.995)
"""Of the quantiles that are kept of numbers."""
NORMAL = NormalDist()
WIDEST = NORMAL.inv_cdf(LEVELS[-1])
"""The largest score."""
DISTANCES = np.linspace(0.0, WIDEST, 65)
FAR = np.array([NORMAL.inv_cdf(max(2 * NORMAL.cdf(distance) - 1, LEVELS[0])) for distance in DISTANCES])
"""How far a score is from the middle, as the quantile of a normal distribution at its place among such distances."""


@dataclass(frozen=True)
class Numbers(Reference):
    """A signal of numbers.

    A number becomes the quantile of a normal distribution at its place among those of the reference: however skewed
    they were, means of such scores are nearly normal, and no single one counts for more than 2.6 deviations. The mean
    of the scores tells a change of level; the mean of their distances from the middle, made normal in the same way, one
    of spread.

    Args:
        edges: values at `scores`, increasing.
        scores: what they become.
        level: of the scores.
        spread: of their distances from the middle.
        missing: of 1 where there is no value, else 0.
        mean: of the numbers themselves, to be shown.
        deviation: of the numbers themselves.
        side: which change of level matters; 0: any, and that of spread, too.
    """

    edges: tuple[float, ...]
    scores: tuple[float, ...]
    level: Usual | None
    spread: Usual | None
    missing: Usual | None
    mean: float | None
    deviation: float | None
    side: Side = 0
    kind = "numbers"

    @classmethod
    def of(cls, sequences: Sequence[Floats], *, side: Side = 0, gaps: bool = True) -> "Numbers":
        """The reference that values of sequences are.

        Args:
            sequences: values in order, NaN where one is missing.
            side: which change matters.
            gaps: whether missing values are watched.
        """
        known = [own[~np.isnan(own)] for own in sequences]
        values = np.concatenate(known) if known else np.empty(0)
        absent = share_of([np.isnan(own) for own in sequences]) if gaps else None
        if not len(values):
            return cls((), (), None, None, absent, None, None, side)
        edges, scores = _edges(values)
        found = [np.interp(own, edges, scores) for own in known]
        level = Usual.of(found)
        return cls(
            edges=tuple(edges.tolist()),
            scores=tuple(scores.tolist()),
            level=level,
            spread=None if side else _spread(found, level),
            missing=absent,
            mean=float(values.mean()),
            deviation=float(values.std()),
            side=side,
        )

    @property
    def channels(self) -> tuple[Channel, ...]:
        """See `Reference.channels`."""
        return (
            Channel("level", self.level, side=self.side),
            Channel("spread", self.spread),
            Channel(MISSING, self.missing, share=True),
        )

    def rows(self, values: Sequence[Value]) -> Floats:
        """See `Reference.rows`."""
        numbers = np.array([value if isinstance(value, int | float) else np.nan for value in values], np.float64)
        absent = np.isnan(numbers)
        if self.edges:
            scores = np.interp(numbers, self.edges, self.scores)
            scores[absent] = np.nan
        else:
            scores = np.full(len(numbers), np.nan)
        return np.stack([scores, _far(scores), absent.astype(np.float64)], axis=1)

    def slowed(self, other: Usual) -> "Numbers":
        """See `Reference.slowed`."""
        level, spread = (None if own is None else own.slowed(other) for own in (self.level, self.spread))
        return replace(self, level=level, spread=spread)

    def to_json(self) -> dict[str, Any]:
        """See `Reference.to_json`."""
        return {
            "kind": self.kind,
            "edges": list(self.edges),
            "scores": list(self.scores),
            **{
                name: None if (own := getattr(self, name)) is None else own.to_json()
                for name in ("level", "spread", "missing")
            },
            "mean": self.mean,
            "deviation": self.deviation,
            "side": self.side,
        }


def _edges(values: Floats) -> tuple[Floats, Floats]:
    """Distinct quantiles and their scores; where several levels have one value, that of the middle of these."""
    edges, first, count = np.unique(np.quantile(values, LEVELS), return_index=True, return_counts=True)
    levels = np.array(LEVELS)
    scores = np.array([NORMAL.inv_cdf(level) for level in (levels[first] + levels[first + count - 1]) / 2])
    return edges, scores


def _spread(scores: Sequence[Floats], level: Usual | None) -> Usual | None:
    """Of distances from the middle: while the level is far out for a while, all of them are large."""
    found = Usual.of([_far(own) for own in scores])
    if found is None or level is None:
        return None
    return replace(found, inflation=max(found.inflation, level.inflation), stretch=max(found.stretch, level.stretch))


def _far(scores: Floats) -> Floats:
    """How far scores are from the middle; NaN stays."""
    found: Floats = np.interp(np.abs(scores), DISTANCES, FAR)
    return found
