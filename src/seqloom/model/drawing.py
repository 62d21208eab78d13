"""How the next token is drawn from its probabilities."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import SettingsError

Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Drawing:
    """How tokens are chosen, one after the other.

    Args:
        temperature: what logits are divided by: below 1 the probable becomes more probable, above 1 less.
        top_k: only the so many most probable tokens are drawn from; None: all.
        top_p: only the fewest most probable tokens whose probabilities reach this sum are drawn from (Holtzman et al.,
            "The curious case of neural text degeneration", ICLR 2020); None: all.
        beam: texts kept side by side in a search for the most probable one, without chance; 1: tokens are drawn.
        seed: the same one gives the same text.

    Raises:
        SettingsError: a number that cannot be, or chance asked for in a search without it.
    """

    temperature: float = 1.0
    top_k: int | None = None
    top_p: float | None = None
    beam: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        _check("temperature", 0 < self.temperature < np.inf, "a number above 0", f"{self.temperature:g}")
        _check("top_k", self.top_k is None or self.top_k >= 1, "at least 1", f"{self.top_k}")
        _check("top_p", self.top_p is None or 0 < self.top_p <= 1, "a share above 0, at most 1", f"{self.top_p}")
        _check("beam", self.beam >= 1, "at least 1", f"{self.beam}")
        _check("seed", self.seed >= 0, "a number of at least 0", f"{self.seed}")
        chance = self.temperature != 1 or self.top_k is not None or self.top_p is not None
        if self.beam > 1 and chance:
            came, fix = "a temperature, top_k or top_p", "leave them out, or leave beam out"
            raise SettingsError("beam", expected="a search without chance", came=came, fix=fix)

    def draw(self, logits: Floats, uniform: float) -> int:
        """The place of a token.

        Args:
            logits: of all tokens, -inf where one may not be drawn, [V].
            uniform: a random number from 0 to 1, below 1.

        Example:
            >>> logits = np.log([0.5, 0.3, 0.2])
            >>> [Drawing().draw(logits, uniform) for uniform in (0.1, 0.6, 0.9)], Drawing(top_k=1).draw(logits, 0.9)
            ([0, 1, 2], 0)
        """
        weights = np.exp((logits - logits.max()) / self.temperature)
        if self.top_k is None and self.top_p is None:
            return _place(weights, uniform)
        order = np.argsort(-weights, kind="stable")[: self.top_k]
        weights = weights[order]
        if self.top_p is not None:
            before = np.cumsum(weights) - weights
            weights = weights[before < self.top_p * weights.sum()]
        return int(order[_place(weights, uniform)])


def _place(weights: Floats, uniform: float) -> int:
    """Where a random number falls among weights laid end to end; never on one of zero."""
    ends = weights.cumsum()
    place = int(ends.searchsorted(uniform * ends[-1], side="right"))
    return min(place, int(np.flatnonzero(weights)[-1])) if place >= len(weights) else place


def _check(name: str, holds: bool, expected: str, came: str) -> None:  # noqa: FBT001 - the condition itself
    if not holds:
        raise SettingsError(name, expected=expected, came=came, fix="choose another number")
