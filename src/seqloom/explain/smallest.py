"""The smallest part of a sequence that keeps the answer."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqloom.explain.attribution import Attribution
from seqloom.explain.neutral import neutral_of
from seqloom.explain.occlusion import PLACES, occlude, width_for
from seqloom.explain.question import Floats, Question, at_rest
from seqloom.report import Axis, Bars, FigureData, Panel


@dataclass(frozen=True)
class Smallest:
    """A part of each sequence that keeps the answer while all other steps are neutral.

    Args:
        steps: whether each step is in it, bool, [T_b] each, in the order asked for.
        width: steps that were kept or taken away together.
        empty: whether the answer is kept without any step, [B].
    """

    steps: tuple[NDArray[np.bool_], ...]
    width: int
    empty: NDArray[np.bool_]

    @property
    def shares(self) -> Floats:
        """The share of its steps that each sequence needs, [B]."""
        return np.array([own.mean() for own in self.steps])

    @property
    def sentence(self) -> str:
        """How little is needed, in words."""
        free, needing = int(self.empty.sum()), self.shares[~self.empty]
        if not len(needing):
            return "All answers are the same without any step: neutral sequences are answered alike."
        half = 100 * float(np.median(needing))
        alike = f"{free} of {len(self.empty)} answers are the same without any step; half of the others"
        half_of = alike if free else "Half of the answers"
        return f"{half_of} are kept by {half:.2g} % of their steps or fewer, the rest being neutral."

    def figure(self) -> FigureData:
        """How many answers need how much of their sequence."""
        shares = 100 * self.shares
        counts, edges = np.histogram(shares, bins=20, range=(0, 100))
        bars = Bars(name="answers", x=(edges[:-1] + edges[1:]) / 2, y=100 * counts / len(shares), width=5.0)
        return FigureData(
            name="smallest",
            title="The smallest part that keeps the answer",
            caption="How much of its steps each sequence needs so that the answer stays the same while all others are"
            f" neutral; no window of {self.width} step{'s' if self.width > 1 else ''} of it can be left out. Bars at"
            " the left: the answer hangs on a"
            f" few steps. {self.sentence}",
            panels=(Panel(marks=(bars,), x=Axis(label="steps needed, %"), y=Axis(label="share of the answers, %")),),
        )


def smallest(question: Question, ranking: Attribution | None = None, *, places: int = PLACES) -> Smallest:
    """Windows added, the one with the largest effect first, until the answer is kept; then needless ones left out.

    No single window of what is found can be left out, though another part might be smaller. In the spirit of
    sufficient input subsets (Carter et al., "What made you do this?", AISTATS 2019).

    Args:
        question: what is to be kept.
        ranking: how much each step matters; None: found by occlusion.
        places: windows of the longest sequence at most.
    """
    width = width_for(question, places)
    ranking = occlude(question, width=width) if ranking is None else ranking
    packing, neutral = question.batch.numbers, neutral_of(question)
    windows = (packing.lengths[packing.sequence_rows] - 1 - packing.row_steps) // width
    weight = _weights(question, ranking, windows)
    ranks = torch.argsort(torch.argsort(weight, dim=1, descending=True), dim=1)  # [B, W]
    count = weight.shape[1]

    def kept(inside: Tensor) -> Tensor:
        """Whether the answers stay the same with only these windows, [B, W]."""
        away = ~inside[packing.sequence_rows, windows]
        return question.kept(neutral.without_rows(question.batch, away)).cpu()

    with at_rest(question.model):
        needed = torch.full((len(weight),), count)
        for size in reversed(range(count)):
            needed = torch.where(kept(ranks < size) & (needed == size + 1), size, needed)
        inside = ranks < needed.unsqueeze(1)
        for rank in reversed(range(count)):
            without = inside & (ranks != rank)
            inside = torch.where(kept(without).unsqueeze(1), without, inside)
        empty = kept(torch.zeros_like(inside))
    chosen = question.apart(inside[packing.sequence_rows, windows])
    return Smallest(tuple(own.astype(np.bool_) for own in chosen), width, question.each(empty).astype(np.bool_))


def _weights(question: Question, ranking: Attribution, windows: Tensor) -> Tensor:
    """How much each window of each sequence of the batch matters, [B, W]; windows that it does not have come last."""
    packing = question.batch.numbers
    found = torch.full((packing.batch_size, int(windows.max()) + 1), -torch.inf)
    for place, asked in enumerate(question.batch.order.tolist()):
        steps = torch.from_numpy(ranking.steps[asked]).float()
        own = windows[packing.sequence_rows == place]
        sums = torch.zeros(int(own.max()) + 1).index_add(0, own, steps)
        found[place, : len(sums)] = sums
    return found
