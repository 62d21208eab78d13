"""What a network says of the next event: distributions, read from the numbers of its last layer."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from seqloom.loss import GapLogits
from seqloom.sequence import EventShape

COMPONENTS = 3
"""Log-normals in the mixture of a gap."""
LEAST_SPREAD, MOST_SPREAD = 0.05, 20.0
"""Bounds of standard deviations in scaled units: clocks that tick make densities that only grow."""


class EventAnswer(NamedTuple):
    """Distributions of the next event after each of `N` rows.

    Args:
        types: logarithms of the types' probabilities, [N, K].
        gap: of the time until it; None without a clock.
        means: of the number attributes, [N, n].
        deviations: of the number attributes, [N, n].
        categories: logarithms of the probabilities of each category attribute's labels, [N, labels].
    """

    types: Tensor
    gap: GapLogits | None
    means: Tensor
    deviations: Tensor
    categories: tuple[Tensor, ...]

    def outputs(self, temperature: Tensor) -> dict[str, Tensor]:
        """The same as plain numbers by name, as `EventTargets.prediction` reads them."""
        named = {"probabilities": torch.softmax(self.types / temperature, dim=1)}
        if self.gap is not None:
            named |= {"zero": self.gap.zero.exp(), "weights": self.gap.weights.exp()}
            named |= {"centers": self.gap.centers, "spreads": self.gap.spreads}
        if self.means.shape[1]:
            named |= {"numbers": self.means, "deviations": self.deviations}
        return named | {f"category_{place}": each.exp() for place, each in enumerate(self.categories)}


def answer_width(shape: EventShape) -> int:
    """How many numbers a network answers with."""
    gap = 1 + 3 * COMPONENTS if shape.gap else 0
    return shape.types + gap + 2 * len(shape.numbers) + sum(shape.labels)


def read_answer(raw: Tensor, shape: EventShape) -> EventAnswer:
    """The distributions that a network's numbers stand for.

    Args:
        raw: [N, `answer_width(shape)`].
        shape: what is predicted.
    """
    numbers = len(shape.numbers)
    sizes = [shape.types, answer_width(shape) - shape.types - 2 * numbers - sum(shape.labels), numbers, numbers]
    types, gap, means, deviations, *categories = torch.split(raw, [*sizes, *shape.labels], dim=1)
    return EventAnswer(
        functional.log_softmax(types, dim=1),
        _gap(gap) if shape.gap else None,
        means,
        _spread(deviations),
        tuple(functional.log_softmax(each, dim=1) for each in categories),
    )


def averaged(answers: Sequence[EventAnswer]) -> EventAnswer:
    """The mixture of the answers of several networks, in equal shares; of number attributes its mean and variance."""
    if len(answers) == 1:
        return answers[0]
    means = torch.stack([answer.means for answer in answers])
    squares = torch.stack([answer.deviations**2 + answer.means**2 for answer in answers]).mean(dim=0)
    mean = means.mean(dim=0)
    gaps = [answer.gap for answer in answers if answer.gap is not None]
    return EventAnswer(
        _mixed([answer.types for answer in answers]),
        _mixed_gaps(gaps) if gaps else None,
        mean,
        (squares - mean**2).clamp(min=LEAST_SPREAD**2).sqrt(),
        tuple(_mixed(each) for each in zip(*(answer.categories for answer in answers), strict=True)),
    )


def _gap(raw: Tensor) -> GapLogits:
    zero, weights, centers, spreads = torch.split(raw, [1, COMPONENTS, COMPONENTS, COMPONENTS], dim=1)
    spaced = torch.linspace(-1, 1, COMPONENTS)  # components that begin alike would stay alike
    return GapLogits(
        functional.logsigmoid(zero.squeeze(1)),
        functional.logsigmoid(-zero.squeeze(1)),
        functional.log_softmax(weights, dim=1),
        centers + spaced,
        _spread(spreads),
    )


def _spread(raw: Tensor) -> Tensor:
    return (functional.softplus(raw + math.log(math.e - 1)) + LEAST_SPREAD).clamp(max=MOST_SPREAD)  # about 1 at 0


def _mixed(logs: Sequence[Tensor]) -> Tensor:
    """Logarithms of the mean of probabilities."""
    return torch.stack(list(logs)).logsumexp(dim=0) - math.log(len(logs))


def _mixed_gaps(gaps: Sequence[GapLogits]) -> GapLogits:
    """Components of all networks side by side, each as probable as its network says that there is a gap at all."""
    positive = _mixed([gap.positive for gap in gaps])
    shares = [gap.weights + (gap.positive - positive).unsqueeze(1) - math.log(len(gaps)) for gap in gaps]
    return GapLogits(
        _mixed([gap.zero for gap in gaps]),
        positive,
        torch.cat(shares, dim=1),
        torch.cat([gap.centers for gap in gaps], dim=1),
        torch.cat([gap.spreads for gap in gaps], dim=1),
    )
