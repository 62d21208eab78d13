"""What turns one sequence of symbols into another in the fewest steps."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np

from seqloom.sequence import alignment


class Edits(NamedTuple):
    """How often each kind of step is needed.

    Attributes:
        substitutions: symbols that stand for others.
        deletions: symbols of the truth that are left out.
        insertions: symbols that are not in the truth.
        symbols: symbols of the truth.
    """

    substitutions: int
    deletions: int
    insertions: int
    symbols: int

    @property
    def distance(self) -> int:
        """All steps together: the distance of Levenshtein."""
        return self.substitutions + self.deletions + self.insertions


def edits(said: Sequence[Hashable], truth: Sequence[Hashable]) -> Edits:
    """The fewest steps between what was said and the truth.

    Of several ways with as few steps the one with the most substitutions counts. Source: Levenshtein, "Binary codes
    capable of correcting deletions, insertions, and reversals", Soviet Physics Doklady 10 (1966).

    Args:
        said: the symbols of the answer: the characters of a text, a list of words.
        truth: the symbols of the truth.

    Example:
        >>> edits("sitting", "kitten")
        Edits(substitutions=2, deletions=0, insertions=1, symbols=6)
        >>> edits(["two", "one"], ["one"]).distance
        1
    """
    pairs = aligned(said, truth)
    substitutions = sum(one is not None and other is not None and one != other for one, other in pairs)
    deletions = sum(one is None for one, _ in pairs)
    insertions = sum(other is None for _, other in pairs)
    return Edits(substitutions, deletions, insertions, len(truth))


def aligned(said: Sequence[Hashable], truth: Sequence[Hashable]) -> list[tuple[Hashable | None, Hashable | None]]:
    """Pairs of symbols of the answer and of the truth, in order; None on the left: left out, on the right: inserted.

    Example:
        >>> aligned("ab", "b")
        [('a', None), ('b', 'b')]
    """
    numbers = {symbol: number for number, symbol in enumerate(dict.fromkeys([*said, *truth]))}
    coded = [np.array([numbers[symbol] for symbol in symbols], dtype=np.int64) for symbols in (said, truth)]
    places = alignment(coded[0], coded[1])
    return [(said[i] if i >= 0 else None, truth[j] if j >= 0 else None) for i, j in places.tolist()]
