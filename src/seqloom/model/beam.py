"""Beam search: the most probable sequence of symbols for each source, several beginnings of it at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, Self

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor


class Writer(Protocol):
    """What goes on from several beginnings at once, those of a source beside each other."""

    def step(self, symbols: Int[Tensor, "R"]) -> tuple[Self, Float[Tensor, "R K"]]:
        """Read the last symbol of each beginning; log-probabilities of the next one."""

    def take(self, rows: Int[Tensor, "R"], sources: Sequence[int]) -> Self:
        """Some of the beginnings, as many of one source as of another.

        Args:
            rows: which ones, in their new order.
            sources: which of the sources at hand are left, in order.
        """


class Written(NamedTuple):
    """The best sequence of a source.

    Args:
        symbols: without the mark.
        score: the sum of their log-probabilities and that of the mark.
        normalised: the same divided by the share of their length.
    """

    symbols: tuple[int, ...]
    score: float
    normalised: float


def length_share(length: float, alpha: float) -> float:
    """What a sum of log-probabilities is divided by: `((5 + length) / 6)^alpha`.

    Source: Wu et al., "Google's neural machine translation system" (2016), equation 14.

    Args:
        length: symbols, the mark included.
        alpha: 0 for no normalisation; the more, the better long sequences do.

    Example:
        >>> length_share(7, 1.0)
        2.0
    """
    return float(((5 + length) / 6) ** alpha)


def beam_search(
    writer: Writer, limits: Sequence[int], *, mark: int, beam: int, alpha: float = 1.0
) -> tuple[Written, ...]:
    """The best sequence of symbols for each source; all beginnings of all sources take a step together.

    A source is done when as many of its sequences have ended as the beam is wide, or when no beginning can become
    better than the best of them. At its limit every beginning is ended.

    Args:
        writer: stands before the first symbol, a row for each source.
        limits: symbols of a sequence at most, one number for each source.
        mark: the symbol before the first and after the last.
        beam: beginnings of a source that are kept; 1: the most probable symbol is taken each time.
        alpha: see `length_share`.
    """
    search = _Search.of(limits, mark, beam, alpha)
    while len(search.open):
        writer, further = writer.step(search.last)
        search, rows, sources = search.advance(further)
        writer = writer.take(rows, sources)
    return tuple(search.best[source] for source in range(len(limits)))


@dataclass(frozen=True)
class _Search:
    """Where a search stands: `S` sources are open, each with `W` beginnings, best first.

    Args:
        mark: begins and ends all.
        beam: beginnings kept.
        alpha: of the length's share.
        open: the sources that are not done, [S].
        limits: symbols at most, of these, [S].
        ended: how many sequences have ended, [S].
        scores: sums of log-probabilities, -inf where there is no beginning, [S, W].
        written: the symbols of each beginning, the mark first, [S, W, t].
        best: what was found, by source.
    """

    mark: int
    beam: int
    alpha: float
    open: Int[Tensor, "S"]
    limits: Int[Tensor, "S"]
    ended: Int[Tensor, "S"]
    scores: Float[Tensor, "S W"]
    written: Int[Tensor, "S W T"]
    best: dict[int, Written]

    @classmethod
    def of(cls, limits: Sequence[int], mark: int, beam: int, alpha: float) -> Self:
        """Nothing written yet."""
        count = len(limits)
        none = torch.zeros(count, dtype=torch.int64)
        start = torch.full((count, 1, 1), mark)
        return cls(mark, beam, alpha, torch.arange(count), torch.tensor(limits), none, torch.zeros(count, 1), start, {})

    @property
    def last(self) -> Int[Tensor, "R"]:
        """The last symbol of each beginning."""
        return self.written[:, :, -1].flatten()

    def advance(self, further: Float[Tensor, "R K"]) -> tuple[Self, Int[Tensor, "R"], list[int]]:
        """Choose among all that one more symbol can make; also which rows and which sources go on."""
        sources, width = self.scores.shape
        steps, symbols = self.written.shape[2], further.shape[1]
        total = self.scores.unsqueeze(2) + further.view(sources, width, symbols)  # [S, W, K]
        last = self.limits < steps
        total[last, :, : self.mark], total[last, :, self.mark + 1 :] = -torch.inf, -torch.inf
        scores, places = total.flatten(1).topk(min(2 * self.beam, width * symbols), dim=1)  # [S, 2 W]
        parents, chosen = places // symbols, places % symbols
        ends = (chosen == self.mark) & scores.isfinite()
        self._keep_best(ends, scores, parents, steps)
        ended = self.ended + ends[:, : self.beam].sum(dim=1)
        scores, kept = scores.masked_fill(ends, -torch.inf).topk(min(self.beam, scores.shape[1]), dim=1)
        going = (~self._done(scores[:, 0], ended)).nonzero().flatten()
        parents, chosen, scores = parents.gather(1, kept)[going], chosen.gather(1, kept)[going], scores[going]
        before = self.written[going].gather(1, parents.unsqueeze(2).expand(-1, -1, steps))
        written = torch.cat([before, chosen.unsqueeze(2)], dim=2)
        search = type(self)(
            self.mark,
            self.beam,
            self.alpha,
            self.open[going],
            self.limits[going],
            ended[going],
            scores,
            written,
            self.best,
        )
        return search, (going.unsqueeze(1) * width + parents).flatten(), going.tolist()

    def _keep_best(
        self, ends: Bool[Tensor, "S C"], scores: Float[Tensor, "S C"], parents: Int[Tensor, "S C"], length: int
    ) -> None:
        """Remember sequences that have ended, where they are the best so far."""
        share = length_share(length, self.alpha)
        for place, rank in ends[:, : self.beam].nonzero().tolist():
            source, score = int(self.open[place]), float(scores[place, rank])
            if source not in self.best or score / share > self.best[source].normalised:
                symbols = self.written[place, int(parents[place, rank]), 1:]
                self.best[source] = Written(tuple(symbols.tolist()), score, score / share)

    def _done(self, highest: Float[Tensor, "S"], ended: Int[Tensor, "S"]) -> Bool[Tensor, "S"]:
        """Whether enough has ended, or no beginning can become better than the best."""
        best = [self.best[source].normalised if source in self.best else -torch.inf for source in self.open.tolist()]
        longest = torch.tensor([length_share(limit + 1, self.alpha) for limit in self.limits.tolist()])
        return (ended >= self.beam) | (highest / longest <= torch.tensor(best)) | highest.isneginf()
