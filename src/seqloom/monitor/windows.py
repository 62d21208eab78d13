"""The latest values of a signal in windows, each compared with what such a window usually looks like."""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from seqloom.monitor.apart import Apart
from seqloom.monitor.reference import Channel, Floats
from seqloom.monitor.student import beyond
from seqloom.monitor.usual import STRETCHES, Usual

BLOCK = 15
"""Values after which all windows are looked at."""
BLOCKS = (4, 12, 24, 96)
"""Of the windows: 60, 180, 360 and 1440 values."""
LONGEST = BLOCKS[-1]
RECENT = 24
"""Blocks that say how a signal is now."""
CALM = 10_000 * 180
"""Values of a signal that nothing happens to, in which there is one false alarm at most: 10,000 windows of 180."""
SKEWED = 0.75
"""Most of a squared distance that is put down to values with a longer tail on that side (Edgeworth's first term)."""


@dataclass(frozen=True)
class Finding:
    """How far a window is from what is usual.

    Args:
        channel: in which number of the values.
        mean: of it in the window.
        excess: its distance, in units of what happens by chance once in a very long time; an alarm from 1 on.
        values: in the window, with those that are missing.
    """

    channel: int
    mean: float
    excess: float
    values: int


@dataclass(frozen=True, slots=True)
class _Block:
    counts: list[float]
    sums: list[float]


class Windows:
    """Windows of one signal over its latest values, of all streams in the order they came.

    The mean of a channel in a window is compared with that of the reference. How far it may be off follows from how
    many independent values the window is worth: neighbours in a stream depend on each other as they did in the
    reference, and several streams are worth one, as they might move together, until enough windows have shown how much
    less their common mean varies than that of one.

    Args:
        channels: what is compared, K of them.
        tests: channels of all signals, by whose number what is allowed by chance is divided.
    """

    def __init__(self, channels: Sequence[Channel], tests: int) -> None:
        self._watched = [
            (place, channel, channel.usual, limit)
            for place, channel in enumerate(channels)
            if channel.usual is not None and (limit := limit_of(channel.usual, tests)) is not None
        ]
        self._channels = len(channels)
        self._apart = {scale: Apart(len(channels)) for scale in BLOCKS}
        self._blocks: deque[_Block] = deque(maxlen=LONGEST)
        self._passed = 0
        self._latest: dict[int, list[Finding]] = {}
        self._last: dict[int, int] = {}

    def __len__(self) -> int:
        """Values in the longest window."""
        return BLOCK * len(self._blocks)

    def add(self, rows: Floats, streams: Sequence[int]) -> None:
        """The next block.

        Args:
            rows: of each of `BLOCK` values its channels, NaN where it has none, [BLOCK, K].
            streams: number of the stream of each.
        """
        known = ~np.isnan(rows)
        self._blocks.append(_Block(known.sum(axis=0).tolist(), np.where(known, rows, 0.0).sum(axis=0).tolist()))
        self._passed += 1
        self._last.update(dict.fromkeys(streams, self._passed))
        if self._passed % LONGEST == 0:
            self._last = {one: block for one, block in self._last.items() if block > self._passed - LONGEST}
        if len(self._last) > 1:  # one stream says nothing of how several move
            for scale in BLOCKS:
                if self._passed % scale == 0:
                    self._apart[scale].add(*self._window(scale), self._streams(scale))

    def forget(self) -> None:
        """All but the recent blocks."""
        self._blocks = deque(list(self._blocks)[-RECENT:], maxlen=LONGEST)
        self._latest = {}

    def findings(self, longest: int = BLOCK * LONGEST) -> list[Finding]:
        """Of each channel that is watched the window that is farthest from what is usual.

        The longest window, which changes slowly, is looked at after every eighth block.

        Args:
            longest: values of the longest window that is looked at.
        """
        worst: dict[int, Finding] = {}
        for scale in BLOCKS:
            if len(self._blocks) < scale or scale * BLOCK > longest:
                break
            if scale not in self._latest or self._passed % max(1, scale // RECENT * 2) == 0:
                self._latest[scale] = self._found(scale)
            for found in self._latest[scale]:
                if found.channel not in worst or found.excess > worst[found.channel].excess:
                    worst[found.channel] = found
        return list(worst.values())

    def mean(self, channel: int) -> float | None:
        """Of a channel in the recent blocks."""
        counts, sums = self._window(RECENT)
        return sums[channel] / counts[channel] if counts[channel] else None

    def worth(self) -> float:
        """Independent values that the longest window there is counts for, at most of all channels."""
        counts, _ = self._window(LONGEST)
        streams = self._streams(LONGEST)
        each = [self._worth(usual, place, LONGEST, counts, streams) for place, _, usual, _ in self._watched]
        return max(each, default=0.0) if self._blocks else 0.0

    def _found(self, scale: int) -> list[Finding]:
        """Of each channel that is watched how far the window of so many blocks is from what is usual."""
        counts, sums = self._window(scale)
        streams, enough = self._streams(scale), max(counts) / 2
        found = []
        for place, channel, usual, limit in self._watched:
            if counts[place] and counts[place] >= enough:
                mean = sums[place] / counts[place]
                distance = _distance(channel, usual, mean, self._worth(usual, place, scale, counts, streams))
                found.append(Finding(place, mean, distance / limit, scale * BLOCK))
        return found

    def _window(self, scale: int) -> tuple[list[float], list[float]]:
        """Counts and sums of the channels in the latest blocks."""
        blocks = list(islice(reversed(self._blocks), scale))
        if not blocks:
            return [0.0] * self._channels, [0.0] * self._channels
        counts, sums = ([sum(column) for column in zip(*rows, strict=True)] for rows in _columns(blocks))
        return counts, sums

    def _streams(self, scale: int) -> int:
        """How many streams the latest blocks have."""
        first = self._passed - scale
        return max(1, sum(block > first for block in self._last.values()))

    def _worth(self, usual: Usual, place: int, scale: int, counts: Sequence[float], streams: int) -> float:
        """How many independent values of a channel a window is worth."""
        one = usual.independent(counts[place] / streams)
        found = one * self._apart[scale].streams(place, usual, one, streams)
        return 1 / (1 / found + usual.inflation / usual.count)  # the reference is a sample, too


def _columns(blocks: Sequence[_Block]) -> tuple[list[list[float]], list[list[float]]]:
    return [block.counts for block in blocks], [block.sums for block in blocks]


def limit_of(usual: Usual | None, tests: int) -> float | None:
    """How far a mean may be off by chance, in its deviations; None: nobody can tell.

    By Bonferroni, so that `tests` channels with all their windows together have one false alarm at most in `CALM`
    values; by Student's distribution, as the deviation is known from so many independent stretches only.
    """
    if usual is None or usual.stretches < STRETCHES:
        return None
    chance = BLOCK / CALM / len(BLOCKS) / tests
    return beyond(chance / 2, usual.stretches)


def _distance(channel: Channel, usual: Usual, mean: float, worth: float) -> float:
    """Of a mean from the usual one, in deviations of a normal distribution; 0 on the side that does not matter."""
    off = mean - usual.mean
    if channel.side and off * channel.side < 0:
        return 0.0
    if not channel.share:
        distance = abs(off) / usual.deviation * math.sqrt(worth)
        skewed = math.copysign(usual.skew, off * usual.skew) * distance / (3 * math.sqrt(worth))
        return distance * math.sqrt(1 - min(max(skewed, 0.0), SKEWED))
    return math.sqrt(2 * worth * _divergence(mean, usual.mean))


def _divergence(share: float, usual: float) -> float:
    """Of Kullback and Leibler, between shares: by Chernoff's bound its root is never a larger deviation than it is."""
    parts = ((share, usual), (1 - share, 1 - usual))
    return max(0.0, sum(one * math.log(one / other) for one, other in parts if one > 0))
