"""Counts of the n-grams of a text, of all orders at once, by sorting."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence import Array

Ints = NDArray[np.int64]
NONE = -1


@dataclass(frozen=True)
class Grams:
    """The n-grams of one order that occur in a text.

    An n-gram is known by its place among those of its order: that of its first n - 1 tokens in the order below, times
    the number of tokens, plus its last token, in increasing order. So keys stay small whatever the order is.

    Args:
        keys: increasing, [G].
        counts: how often each occurs, [G].
        suffix: the place, in the order below, of its last n - 1 tokens, [G].
        tokens: how many different tokens there are.
    """

    keys: Ints
    counts: Ints
    suffix: Ints
    tokens: int

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def prefix(self) -> Ints:
        """The place, in the order below, of the first n - 1 tokens of each, [G]."""
        found: Ints = self.keys // self.tokens
        return found

    def find(self, prefix: Ints, token: Ints) -> Ints:
        """The places of some n-grams, -1 where one does not occur.

        Args:
            prefix: places of their first n - 1 tokens, -1 where these do not occur, [N].
            token: their last tokens, [N].
        """
        wanted = prefix * self.tokens + token
        places = np.searchsorted(self.keys, wanted)
        found = (prefix >= 0) & (places < len(self.keys))
        found[found] = self.keys[places[found]] == wanted[found]
        return np.where(found, places, NONE)


def count_grams(texts: Sequence[Array], order: int, tokens: int) -> list[Grams]:
    """All n-grams of some texts up to an order; none reaches from one text into the next.

    Args:
        texts: codes of tokens, one array for each text.
        order: the longest.
        tokens: how many different tokens there are, `V`.

    Returns:
        The n-grams of orders 1, 2, ..., `order`.
    """
    text = np.concatenate(texts).astype(np.int64)
    since = np.concatenate([np.arange(len(own)) for own in texts])  # tokens before each one in its text
    place = np.zeros(len(text), dtype=np.int64)  # of the n-gram that ends at each token; the empty one has place 0
    found: list[Grams] = []
    for length in range(1, order + 1):
        there = np.flatnonzero(since >= length - 1)
        before = place[there - 1] if length > 1 else np.zeros(len(there), dtype=np.int64)
        keys, first, own, counts = np.unique(
            before * tokens + text[there], return_index=True, return_inverse=True, return_counts=True
        )
        found.append(Grams(keys, counts.astype(np.int64), place[there[first]], tokens))
        place = np.full(len(text), NONE, dtype=np.int64)
        place[there] = own
    return found
