"""Gradient flow: how much of a change of a state, so many steps back, reaches the answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from seqloom.explain.question import Floats, Question
from seqloom.explain.trace import LayerTrace
from seqloom.explain.watched import watch
from seqloom.report import SERIES, Axis, FigureData, Line, Panel

VANISHED, EXPLODED = 1e-3, 1e3
"""Share of the gradient at the last step that is left so far back that one speaks of vanishing, or of exploding."""

FEW = 0.1
"""Share of the sequences below which steps so far back are left out."""


@dataclass(frozen=True)
class GradientFlow:
    """The norm of the derivative of a number by the states, by steps back from where the reading ends.

    Args:
        what: the number.
        names: of the layers and, where a state has several parts, of these.
        norms: mean over the sequences, for each name; the first entry is the last step that was read, [T] each.
    """

    what: str
    names: tuple[str, ...]
    norms: tuple[Floats, ...]

    @property
    def left(self) -> Floats:
        """What is left of the gradient at the first step, as a share of the last there is, for each name."""
        return np.array([_ratio(own) for own in self.norms])

    @property
    def per_step(self) -> Floats:
        """By which factor it changes with each step back, for each name: the slope of a line through its logarithms."""
        return np.array([_factor(own) for own in self.norms])

    def verdict(self) -> str:
        """Whether the gradient vanishes, explodes or arrives, in a sentence.

        An LSTM is judged by its memory cell, which is what carries the gradient.
        """
        if not np.isfinite(self.left).any():
            return "No gradient reaches the states: the answer does not hang on the recurrence."
        place = int(np.nanargmax(self.left))
        left, factor, back = float(self.left[place]), float(self.per_step[place]), len(self.norms[place]) - 1
        told = f"{back} steps back {_share(left)}, a factor of {factor:.3g} per step"
        if left > EXPLODED:
            return f"The gradient explodes: {told}. Clip it: clip_norm=1 keeps the weights from being thrown about."
        if left < VANISHED:
            return f"The gradient vanishes: {told}. What lies so far back can hardly be learned."
        return f"The gradient arrives: {told}."

    def figure(self) -> FigureData:
        """The norms by steps back, on a logarithmic axis."""
        longest = max(map(len, self.norms))
        marks = tuple(
            Line(
                name=name,
                ink=SERIES[place % len(SERIES)],
                x=-np.arange(len(own), dtype=np.float64)[::-1],
                y=np.where(own > 0, own, np.nan)[::-1],
                dashed=place >= len(SERIES),
                dots=len(own) == 1,
            )
            for place, (name, own) in enumerate(zip(self.names, self.norms, strict=True))
        )
        return FigureData(
            name="gradient-flow",
            title="How far back the gradient reaches",
            caption=f"How strongly {self.what} changes with the state after each step, mean norm over the sequences;"
            " 0 is"
            " the last step that was read, and the vertical axis is logarithmic. A straight fall to the left is a"
            " gradient"
            " that vanishes: what happened there can hardly be learned; a rise is one that explodes. Where steps are"
            f" pooled, each reaches the answer by itself, too. {self.verdict()}",
            panels=(
                Panel(
                    marks=marks,
                    x=Axis(
                        label="step, counted from the last one that was read", limits=(-1.02 * longest, 0.02 * longest)
                    ),
                    y=Axis(label="norm of the derivative", log=any((own > 0).any() for own in self.norms)),
                    shape="wide",
                ),
            ),
        )


def gradient_flow(question: Question) -> GradientFlow:
    """The derivative of a model's own answer by each state of its first network.

    Sources: Hochreiter, "The vanishing gradient problem during learning recurrent neural nets" (1998); Bengio, Simard &
    Frasconi, "Learning long-term dependencies with gradient descent is difficult" (1994).
    """
    watched, values = watch(question)
    return flow_of(values.sum(), watched.traces[0], question.what)


def flow_of(number: Tensor, traces: Sequence[LayerTrace], what: str) -> GradientFlow:
    """The derivative of any number, such as a loss, by each state on its way.

    Args:
        number: a scalar made of the states in the traces.
        traces: layers run step by step.
        what: the number in words.
    """
    names: list[str] = []
    norms: list[Floats] = []
    for one in traces:
        for part in one.after[0]._fields:
            states = [getattr(after, part) for after in one.after]
            gradients = torch.autograd.grad(number, states, retain_graph=True, allow_unused=True)
            if all(gradient is None for gradient in gradients):
                continue
            names.append(one.name if len(one.after[0]) == 1 else f"{one.name}, {part}")
            norms.append(_by_steps_back(gradients, [len(state) for state in states], reverse=one.reverse))
    return GradientFlow(what, tuple(names), tuple(norms))


def _by_steps_back(gradients: Sequence[Tensor | None], sizes: list[int], *, reverse: bool) -> Floats:
    """Mean norm over the sequences, by steps back from the last one that each read."""
    steps, count = len(sizes), sizes[0]
    lengths = (np.array(sizes)[None] > np.arange(count)[:, None]).sum(axis=1)
    total, seen = np.zeros(steps), np.zeros(steps)
    for t, gradient in enumerate(gradients):
        norms = np.zeros(sizes[t]) if gradient is None else gradient.norm(dim=1).double().cpu().numpy()
        back = np.full(sizes[t], t) if reverse else lengths[: sizes[t]] - 1 - t
        np.add.at(total, back, norms)
        np.add.at(seen, back, 1)
    enough = seen >= FEW * count
    return total[enough] / seen[enough]


def _ratio(norms: Floats) -> float:
    """What is left at the first step, of the last one that the number hangs on."""
    reached = np.flatnonzero(norms > 0)
    return float(norms[-1] / norms[reached[0]]) if len(reached) else float("nan")


def _factor(norms: Floats) -> float:
    known = norms > 0
    if known.sum() < 2:  # noqa: PLR2004 - two points make a line
        return float("nan")
    return float(np.exp(np.polyfit(np.flatnonzero(known), np.log(norms[known]), 1)[0]))


def _share(value: float) -> str:
    if value > 1.5:  # noqa: PLR2004 - as people write it
        return f"it is {value:.3g} times as large"
    return f"{100 * value:.3g} % of it is left" if value >= 1e-4 else f"a share of {value:.1e} is left"  # noqa: PLR2004 - as people write it
