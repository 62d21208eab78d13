"""How often each class is right, of the latest truths that were told."""

from collections import Counter, deque
from typing import Any

LATEST = 10_000
"""Truths that are counted."""
MOST = 50
"""Classes that are told of: those that came true, or were answered, most often."""


class Confusion:
    """What was answered beside what was true.

    Args:
        latest: truths that are counted.
    """

    def __init__(self, latest: int = LATEST) -> None:
        self._pairs: deque[tuple[str, str]] = deque()
        self._latest = latest
        self._said, self._true, self._right = Counter[str](), Counter[str](), Counter[str]()

    def add(self, said: str, true: str) -> None:
        """One more answer of which the truth is known.

        Args:
            said: the class that was answered.
            true: the one that it was.
        """
        self._pairs.append((said, true))
        self._count(said, true, 1)
        if len(self._pairs) > self._latest:
            self._count(*self._pairs.popleft(), -1)

    def to_json(self) -> list[dict[str, Any]]:
        """Of each class how often it was true, answered, and both; precision and recall, None where there are none.

        Example:
            >>> classes = Confusion()
            >>> classes.add("on", "on")
            >>> classes.add("on", "off")
            >>> classes.to_json()[1]
            {'label': 'on', 'true': 1, 'answered': 2, 'right': 1, 'precision': 0.5, 'recall': 1.0}
        """
        weight = self._said + self._true  # without those that are forgotten
        known = sorted(sorted(weight, key=lambda label: (-weight[label], label))[:MOST])
        return [
            {
                "label": label,
                "true": self._true[label],
                "answered": self._said[label],
                "right": self._right[label],
                "precision": _share(self._right[label], self._said[label]),
                "recall": _share(self._right[label], self._true[label]),
            }
            for label in known
        ]

    def _count(self, said: str, true: str, by: int) -> None:
        self._said[said] += by
        self._true[true] += by
        if said == true:
            self._right[true] += by


def _share(some: int, all_of_them: int) -> float | None:
    return some / all_of_them if all_of_them else None
