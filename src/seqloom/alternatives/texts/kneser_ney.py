"""N-grams with modified Kneser-Ney smoothing, all orders interpolated.

Source: Chen & Goodman, "An empirical study of smoothing techniques for language modeling", Computer Speech and Language
13 (1999), section 3. Deviations: where a text has too few rare n-grams to estimate the discounts from, they are 0.5, 1
and 1.5; n-grams at the beginning of a text are counted like all others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.texts.ngrams import NONE, Grams, Ints, count_grams
from seqloom.prepare import Examples
from seqloom.sequence import Array

Floats = NDArray[np.float64]

FEW_TOKENS = 500
OF_FEW, OF_MANY = 7, 5
"""How long n-grams are of few different tokens, such as characters, and of many, such as words."""
USUAL = (0.5, 1.0, 1.5)
RARE = 3


@dataclass(frozen=True)
class Level:
    """The smoothed n-grams of one order.

    Args:
        grams: the n-grams that occur.
        share: what is left of each one's relative frequency once it is discounted, [G].
        lower: how much the order below counts after each context of n - 1 tokens; 1 where nothing followed it.
    """

    grams: Grams
    share: Floats
    lower: Floats


@dataclass(frozen=True)
class KneserNey:
    """The probability of a token after the tokens before it, from their counts and those of their endings.

    Args:
        levels: of orders 1, 2, ...
        tokens: how many different tokens there are, the unknown one included.
    """

    levels: tuple[Level, ...]
    tokens: int
    name: ClassVar[str] = "kneser_ney"
    title: ClassVar[str] = "n-grams with Kneser-Ney smoothing"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:  # noqa: ARG003 - nothing is drawn
        """Count the n-grams of the training part."""
        prepared = training.prepared
        if prepared.text is None:
            return Skipped("there is no text")
        tokens = prepared.code_sizes[prepared.text]
        codes = prepared.codes[:, prepared.text]
        texts = [codes[start : stop + 1] for start, stop in zip(training.start, training.stop, strict=True)]
        return cls.of(texts, order_for(tokens), tokens)

    @classmethod
    def of(cls, texts: Sequence[Array], order: int, tokens: int) -> Self:
        """Count the n-grams of some texts up to an order."""
        grams = count_grams(texts, order, tokens)
        above, contexts = [*grams[1:], None], [1, *map(len, grams[:-1])]
        levels = (_smoothed(*of_order) for of_order in zip(grams, above, contexts, strict=True))
        return cls(tuple(levels), tokens)

    def predict(self, examples: Examples) -> Floats:
        """The logarithm of the probability of the token that follows each row, given those before it, [N]."""
        prepared = examples.prepared
        codes = prepared.codes[:, prepared.text or 0]
        parts = [
            self.log_probabilities(codes[begin : stop + 1])[start - begin + 1 :]
            for begin, start, stop in zip(
                np.maximum(prepared.offsets[examples.sequence], examples.start - len(self.levels)),
                examples.start,
                examples.stop,
                strict=True,
            )
        ]
        return np.concatenate(parts)

    def log_probabilities(self, text: Array) -> Floats:
        """The logarithm of the probability of each token of a text, given those before it, [N]."""
        text = np.asarray(text, dtype=np.int64)
        probability = np.full(len(text), 1 / self.tokens)
        context = np.zeros(len(text), dtype=np.int64)  # the place of the tokens before each one; of none of them: 0
        for level in self.levels:
            place = level.grams.find(context, text)
            own = np.where(place >= 0, level.share[place], 0.0)
            probability = np.where(context >= 0, own + level.lower[context] * probability, probability)
            context = np.concatenate([[NONE], place[:-1]])
        found: Floats = np.log(probability)
        return found


def order_for(tokens: int) -> int:
    """How long n-grams are, by the number of different tokens."""
    return OF_FEW if tokens <= FEW_TOKENS else OF_MANY


def _smoothed(grams: Grams, longer: Grams | None, contexts: int) -> Level:
    """The discounted shares of one order.

    Orders below the highest count in how many different contexts an n-gram occurs, not how often.

    Args:
        grams: of the order.
        longer: of the order above; None: this is the highest.
        contexts: n-grams of the order below.
    """
    counts = grams.counts if longer is None else np.bincount(longer.suffix, minlength=len(grams))
    kinds = np.minimum(counts, RARE)
    discount = np.array([0.0, *_discounts(counts)])
    total = np.bincount(grams.prefix, weights=counts, minlength=contexts)
    taken = np.bincount(grams.prefix, weights=discount[kinds], minlength=contexts)
    seen = total > 0
    lower = np.where(seen, taken / np.where(seen, total, 1.0), 1.0)
    share = np.maximum(counts - discount[kinds], 0.0) / np.where(seen, total, 1.0)[grams.prefix]
    return Level(grams, share, lower)


def _discounts(counts: Ints) -> tuple[float, float, float]:
    """What is taken from n-grams that occur once, twice, and more often."""
    one, two, three, four = (int((counts == times).sum()) for times in (1, 2, 3, 4))
    if not (one and two and three and four):
        return USUAL
    ratio = one / (one + 2 * two)
    found = (1 - 2 * ratio * two / one, 2 - 3 * ratio * three / two, 3 - 4 * ratio * four / three)
    usable = all(0 < own <= times for own, times in zip(found, (1, 2, 3), strict=True))
    return found if usable else USUAL
