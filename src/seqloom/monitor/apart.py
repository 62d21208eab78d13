"""How far streams move apart: whether several say more than one."""

from collections.abc import Sequence

import numpy as np

from seqloom.monitor.usual import Usual

SEEN = 20
"""Windows from which it is told how far streams move together."""
SPANS = 8
"""Stretches of each stream that these windows have to last."""


class Apart:
    """How far streams move apart, from the windows that have passed.

    Args:
        channels: how many.
    """

    def __init__(self, channels: int) -> None:
        self._count = 0
        self._values = self._streams = 0.0
        self._mean, self._squares = np.zeros(channels), np.zeros(channels)

    def add(self, counts: Sequence[float], sums: Sequence[float], streams: int) -> None:
        """One more window, which shares no values with the one before.

        Args:
            counts: values of each channel.
            sums: of each channel.
            streams: how many there are.
        """
        means = np.array(sums) / np.maximum(counts, 1)
        self._count += 1
        self._values += max(counts)
        self._streams += streams
        off = means - self._mean
        self._mean += off / self._count
        self._squares += off * (means - self._mean)

    def streams(self, place: int, usual: Usual, one: float, streams: int) -> float:
        """How many independent streams so many count for, at least 1.

        Args:
            place: of the channel.
            usual: how it behaves.
            one: independent values of one stream in a window.
            streams: in a window.
        """
        if streams == 1 or self._count < SEEN:
            return 1.0
        each = self._values / (self._streams / self._count)
        if each < SPANS * usual.stretch:
            return 1.0
        variance = self._squares[place] / (self._count - 1)
        found = usual.deviation**2 / one / max(float(variance), 1e-12)
        return float(np.clip(found / (1 + 3 * (2 / self._count) ** 0.5), 1.0, streams))
