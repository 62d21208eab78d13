"""How far numbers lie from their mean, while they go by."""

import math
from collections.abc import Iterable


class Spread:
    """The variance of the numbers that were seen, none of which is kept (Welford, Technometrics 4, 1962).

    Example:
        >>> spread = Spread()
        >>> spread.see([1, None, 3.0, float("nan")])
        >>> spread.square
        1.0
    """

    def __init__(self) -> None:
        self._count, self._mean, self._squares = 0, 0.0, 0.0

    def see(self, values: Iterable[object]) -> None:
        """More of them; what is no finite number is passed over."""
        for value in values:
            if isinstance(value, int | float) and math.isfinite(value):
                self._count += 1
                before = value - self._mean
                self._mean += before / self._count
                self._squares += before * (value - self._mean)

    @property
    def square(self) -> float:
        """Their variance; 1 where they do not vary."""
        return (self._squares / self._count if self._count else 0.0) or 1.0
