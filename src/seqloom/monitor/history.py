"""How a signal went, in as many points as a picture needs."""

from typing import Any

POINTS = 120


class History:
    """Means of a signal over time; when there are too many, neighbours are put together.

    Args:
        points: how many there are at most.
    """

    def __init__(self, points: int = POINTS) -> None:
        self._points, self._each = points, 1
        self._at: list[int] = []
        self._places: list[int] = []
        self._sums: list[float] = []
        self._counts: list[int] = []
        self._filled = 0

    def add(self, at: int, place: int, total: float, count: int) -> None:
        """Values of one block.

        Args:
            at: when the last of them was made, microseconds since 1970.
            place: how many values there were up to it.
            total: their sum.
            count: how many; 0: none had a value.
        """
        if not self._filled:
            self._at.append(at)
            self._places.append(place)
            self._sums.append(0.0)
            self._counts.append(0)
        self._at[-1], self._places[-1] = at, place
        self._sums[-1] += total
        self._counts[-1] += count
        self._filled = (self._filled + 1) % self._each
        if len(self._at) > self._points and not self._filled:
            self._halve()

    def to_json(self) -> dict[str, Any]:
        """Times, microseconds since 1970, values up to then, and means; None where there was no value."""
        means = [total / count if count else None for total, count in zip(self._sums, self._counts, strict=True)]
        return {"at": list(self._at), "place": list(self._places), "mean": means}

    def _halve(self) -> None:
        pairs = range(0, len(self._at), 2)
        last = len(self._at)
        self._sums = [sum(self._sums[place : place + 2]) for place in pairs]
        self._counts = [sum(self._counts[place : place + 2]) for place in pairs]
        self._at = [self._at[min(place + 1, last - 1)] for place in pairs]
        self._places = [self._places[min(place + 1, last - 1)] for place in pairs]
        self._filled = self._each if last % 2 else 0
        self._each *= 2
