"""A sanity check: an explanation that stays when the model's weights are mixed does not explain the model."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import torch

from seqloom.explain.agreement import correlations
from seqloom.explain.attribution import Attribution
from seqloom.explain.question import Floats, Question
from seqloom.model import SequenceModel
from seqloom.report import Axis, Bars, FigureData, Panel, Rule

PASSES = 0.5
"""Rank correlation with a model of mixed weights below which a method is taken to look at the weights."""


@dataclass(frozen=True)
class Sanity:
    """How much explanations of a model are like those of one with mixed weights.

    Args:
        methods: their names.
        correlations: rank correlation of how much steps matter, mean over the sequences, [M]; NaN: it cannot be told.
    """

    methods: tuple[str, ...]
    correlations: Floats

    @property
    def passed(self) -> tuple[bool, ...]:
        """Whether each method passes."""
        return tuple(bool(value < PASSES) for value in self.correlations)

    @property
    def sentence(self) -> str:
        """What it says, in words."""
        if not np.isfinite(self.correlations).any():
            return "The sanity check cannot be made: the sequences are too short to put their steps in an order."
        told = zip(self.methods, self.passed, self.correlations, strict=True)
        failed = [name for name, passed, value in told if not passed and np.isfinite(value)]
        if failed:
            return (
                f"The sanity check is failed by {', '.join(failed)}: with mixed weights it says much the same, so it"
                " shows the data or the "
                "shape of the network rather than what was learned."
            )
        return "The sanity check is passed: of the same model with mixed weights every method says something else."

    def figure(self) -> FigureData:
        """The correlation of each method's explanations of the model and of one with mixed weights."""
        bars = Bars(name="rank correlation", x=np.arange(len(self.methods)), y=self.correlations, width=0.6)
        return FigureData(
            name="sanity",
            title="Do explanations depend on the weights?",
            caption="Rank correlation between what a method says of the model and of the same model with its weights in"
            f" a random order. An explanation of what was learned has to change: bars near 0 are good, bars above"
            f" {PASSES:g} are not. {self.sentence}",
            panels=(
                Panel(
                    marks=(Rule(name="limit", along="across", at=PASSES), bars),
                    x=Axis(kind="label", labels=self.methods),
                    y=Axis(label="rank correlation", limits=(-0.3, 1.0)),
                ),
            ),
        )


def mixed(model: SequenceModel, generator: np.random.Generator) -> SequenceModel:
    """A copy of a model in which the numbers of every weight tensor are in a random order."""
    copy = deepcopy(model)
    with torch.no_grad():
        for weight in copy.parameters():
            order = torch.from_numpy(generator.permutation(weight.numel())).to(weight.device)
            weight.copy_(weight.flatten()[order].view_as(weight))
    return copy


def check_sanity(
    question: Question,
    methods: Sequence[Callable[[Question], Attribution]],
    generator: np.random.Generator,
    *,
    found: Sequence[Attribution] | None = None,
) -> Sanity:
    """Compare explanations of a model with those of one with mixed weights.

    Source: Adebayo et al., "Sanity checks for saliency maps" (NeurIPS 2018). Deviation: weights are mixed within each
    tensor instead of drawn anew, so that their sizes stay what they were.

    Args:
        question: what is followed.
        methods: ways to explain it.
        generator: mixes the weights.
        found: what the methods say of the model itself; None: they are asked.
    """
    own = [method(question) for method in methods] if found is None else list(found)
    other = question.with_model(mixed(question.model, generator))
    each = [correlations(mine, method(other)) for mine, method in zip(own, methods, strict=True)]
    means = np.array([values.mean() if len(values) else np.nan for values in each])
    return Sanity(tuple(one.method for one in own), means)
