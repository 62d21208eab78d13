"""What the values of a signal are compared with: each becomes a few bounded numbers whose means tell a change."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from seqloom.monitor.usual import STRETCHES, Usual

Floats = NDArray[np.float64]
Value = float | str | None
Side = Literal[-1, 0, 1]
"""Which change matters: downwards, any, upwards."""
MISSING = "missing"
"""The channel of values that are not there."""


@dataclass(frozen=True)
class Channel:
    """One number that is made of each value.

    Args:
        name: what a change of its mean says: `level`, `spread`, `missing`, `share of LABEL`.
        usual: how it behaves; None: it is not watched.
        share: whether it is 0 or 1.
        side: which change matters.
    """

    name: str
    usual: Usual | None
    share: bool = False
    side: Side = 0


class Reference(ABC):
    """What a signal is like as long as nothing changes."""

    kind: str

    @property
    @abstractmethod
    def channels(self) -> tuple[Channel, ...]:
        """The numbers that are made of each value, K of them."""

    @abstractmethod
    def rows(self, values: Sequence[Value]) -> Floats:
        """These numbers, [n, K]; NaN where a value has none."""

    @abstractmethod
    def to_json(self) -> dict[str, Any]:
        """The same as plain data; `reference_of` reads it."""

    @abstractmethod
    def slowed(self, other: Usual) -> "Reference":
        """The same, if it settles no faster than another signal, from which it follows."""

    @property
    def watched(self) -> bool:
        """Whether there is anything to be compared."""
        return any(channel.usual is not None for channel in self.channels)

    @property
    def telling(self) -> bool:
        """Whether the first of the numbers was seen in enough independent stretches to tell a drift of it."""
        usual = self.channels[0].usual
        return usual is not None and usual.stretches >= STRETCHES
