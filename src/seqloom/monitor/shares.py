"""Signals of labels, and of hits and misses."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.monitor.reference import MISSING, Channel, Floats, Reference, Value
from seqloom.monitor.usual import Usual

MOST_LABELS = 12
"""Labels whose shares are watched one by one; the others together."""
OTHER = "other labels"
HALF = 0.5


@dataclass(frozen=True)
class Labels(Reference):
    """A signal of labels: each of the most frequent ones has a share.

    Args:
        labels: those that are watched one by one, the most frequent first.
        shares: of each, of all others together, and of missing ones; [len(labels) + 2].
    """

    labels: tuple[str, ...]
    shares: tuple[Usual | None, ...]
    kind = "labels"

    @classmethod
    def of(cls, sequences: Sequence[Sequence[str | None]], *, gaps: bool = True) -> "Labels":
        """The reference that labels of sequences are.

        Args:
            sequences: labels in order, None where one is missing.
            gaps: whether missing labels are watched.
        """
        counted = Counter(label for label in chain.from_iterable(sequences) if label is not None)
        labels = tuple(
            label for label, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_LABELS]
        )
        if not labels:
            return cls((), (None, None))
        numbered = [_numbers(own, labels) for own in sequences]
        shares = [share_of([own == place for own in numbered]) for place in range(len(labels) + 2)]
        return cls(labels, tuple(shares if gaps else [*shares[:-1], None]))

    @property
    def channels(self) -> tuple[Channel, ...]:
        """See `Reference.channels`."""
        names = [*(f"share of {label}" for label in self.labels), OTHER, MISSING]
        return tuple(Channel(name, usual, share=True) for name, usual in zip(names, self.shares, strict=True))

    def rows(self, values: Sequence[Value]) -> Floats:
        """See `Reference.rows`."""
        numbers = _numbers([None if value is None else str(value) for value in values], self.labels)
        found: Floats = (numbers[:, None] == np.arange(len(self.labels) + 2)).astype(np.float64)
        return found

    def slowed(self, other: Usual) -> "Labels":
        """See `Reference.slowed`."""
        return replace(self, shares=tuple(None if own is None else own.slowed(other) for own in self.shares))

    def to_json(self) -> dict[str, Any]:
        """See `Reference.to_json`."""
        return {"kind": self.kind, "labels": list(self.labels), "shares": [_plain(usual) for usual in self.shares]}


@dataclass(frozen=True)
class Hits(Reference):
    """A signal of hits and misses, such as right answers; fewer hits are a change, more are not.

    Args:
        share: of hits; None: too few to tell.
    """

    share: Usual | None
    kind = "hits"

    @classmethod
    def of(cls, sequences: Sequence[Floats]) -> "Hits":
        """The reference that hits (1) and misses (0) of sequences are, in order; NaN: not known."""
        return cls(share_of([own[~np.isnan(own)] > HALF for own in sequences]))

    @property
    def channels(self) -> tuple[Channel, ...]:
        """See `Reference.channels`."""
        return (Channel("level", self.share, share=True, side=-1),)

    def rows(self, values: Sequence[Value]) -> Floats:
        """See `Reference.rows`."""
        return np.array(
            [[np.nan if isinstance(value, str) or value is None else value] for value in values], np.float64
        )

    def slowed(self, other: Usual) -> "Hits":
        """See `Reference.slowed`."""
        return Hits(None if self.share is None else self.share.slowed(other))

    def to_json(self) -> dict[str, Any]:
        """See `Reference.to_json`."""
        return {"kind": self.kind, "share": _plain(self.share)}


def share_of(sequences: Sequence[NDArray[np.bool_]]) -> Usual | None:
    """How often something is so, never quite 0 or 1: what did not happen in `n` values may happen once in `2 n`."""
    count = sum(len(own) for own in sequences)
    happened = sum(int(own.sum()) for own in sequences)
    found = Usual.of([own.astype(np.float64) for own in sequences])
    stretch = 1 if found is None else found.stretch
    if count / stretch < 1:
        return None
    share = (happened + 0.5 * stretch) / (count + stretch)
    inflation, floor = (1.0, 0.0) if found is None else (found.inflation, found.floor)
    return Usual(share, (share * (1 - share)) ** 0.5, inflation, stretch, floor, count)


def _numbers(labels: Sequence[str | None], known: tuple[str, ...]) -> NDArray[np.int64]:
    """The place of each label; behind them that of all others, and that of none."""
    places = {label: place for place, label in enumerate(known)}
    return np.array([len(known) + 1 if one is None else places.get(one, len(known)) for one in labels], np.int64)


def _plain(usual: Usual | None) -> dict[str, float] | None:
    return None if usual is None else usual.to_json()
