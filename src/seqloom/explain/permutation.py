"""Permutation: features dealt out among sequences, and steps among places, to see whether it matters."""

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from seqloom.explain.figures_steps import features_figure
from seqloom.explain.inputs import Inputs, inputs_of
from seqloom.explain.question import Floats, Question, at_rest
from seqloom.report import Axis, FigureData, Line, Panel
from seqloom.sequence import Batch, Packed

REPEATS = 3
"""How often each feature is dealt out anew."""


@dataclass(frozen=True)
class FeaturePermutation:
    """What becomes of answers when a feature comes from another sequence.

    Args:
        names: of the features.
        moved: how far the number moves on average, in standard deviations of the number, [F].
        changed: share of the answers that are no longer the same, [F].
        spread: standard deviation of `changed` over the repeats, [F].
    """

    names: tuple[str, ...]
    moved: Floats
    changed: Floats
    spread: Floats

    def figure(self, what: str) -> FigureData:
        """How far the number moves without each feature's own values."""
        return features_figure(self.names, {"share of answers that change": self.changed}, what)


@dataclass(frozen=True)
class OrderPermutation:
    """What becomes of answers when the steps within windows are mixed.

    Args:
        widths: steps of a window, increasing; the last one is the whole sequence.
        changed: share of the answers that are no longer the same, by width.
        moved: how far the number moves on average, in standard deviations of the number, by width.
    """

    widths: tuple[int, ...]
    changed: Floats
    moved: Floats

    @property
    def sentence(self) -> str:
        """What it says about the order of steps."""
        whole = 100 * self.changed[-1]
        if whole < 5:  # noqa: PLR2004 - per cent
            return f"With all steps in a random order only {whole:.0f} % of the answers change: order hardly matters."
        near = 100 * self.changed[0]
        return (
            f"With neighbouring steps swapped (windows of {self.widths[0]}) {near:.0f} % of the answers change, with "
            f"all steps in a random order {whole:.0f} %."
        )

    def figure(self) -> FigureData:
        """The share of the answers that change, by how far steps were moved."""
        x = np.array(self.widths, dtype=np.float64)
        return FigureData(
            name="order",
            title="Does the order of steps matter?",
            caption="Steps were put in a random order within windows of so many steps, whole steps with all their"
            " features. A low line means that a bag of steps would do; one that rises early, that detail does."
            f" {self.sentence}",
            panels=(
                Panel(
                    marks=(Line(name="answers that change", x=x, y=100 * self.changed, dots=True),),
                    x=Axis(label="steps of a window", log=True, whole=True),
                    y=Axis(label="answers that change, %", limits=(-3.0, 103.0)),
                ),
            ),
        )


def permute_features(
    question: Question, generator: np.random.Generator, *, repeats: int = REPEATS
) -> FeaturePermutation:
    """Each feature taken, step by step, from another sequence that is at least as long.

    Source: Breiman, "Random forests", Machine Learning 45 (2001), for tables.

    Args:
        question: what is followed.
        generator: deals.
        repeats: how often.
    """
    inputs = inputs_of(question.examples)
    found = np.zeros((repeats, 2, len(inputs.names)))
    scale = _scale(question)
    with at_rest(question.model):
        for repeat in range(repeats):
            rows = _dealt(question.batch.numbers, generator)
            for feature in range(len(inputs.names)):
                batch = _with_feature_from(question.batch, inputs, feature, rows)
                found[repeat, :, feature] = _outcome(question, batch, scale)
    mean = found.mean(axis=0)
    return FeaturePermutation(inputs.names, mean[0], mean[1], found[:, 1].std(axis=0))


def permute_order(question: Question, generator: np.random.Generator) -> OrderPermutation:
    """The steps within windows of 2, 4, 8, … steps in a random order, whole steps with all their features."""
    packing = question.batch.numbers
    widths = [2**power for power in range(1, 12) if 2**power < packing.steps] + [max(2, packing.steps)]
    scale, found = _scale(question), []
    with at_rest(question.model):
        for width in widths:
            rows = _mixed(packing, width, generator)
            numbers = packing.with_values(packing.values[rows])
            found.append(
                _outcome(question, replace(question.batch, numbers=numbers, codes=question.batch.codes[rows]), scale)
            )
    moved, changed = np.array(found).T
    return OrderPermutation(tuple(widths), changed, moved)


def _scale(question: Question) -> float:
    return float(question.values.std()) if len(question.chosen) > 1 else 1.0


def _outcome(question: Question, batch: Batch, scale: float) -> tuple[float, float]:
    """How far numbers move in units of a scale, and which share of answers changes."""
    moved = float(question.effect(batch).abs().mean()) / (scale or 1.0)
    return moved, 1 - float(question.kept(batch).float().mean())


def _dealt(packing: Packed, generator: np.random.Generator) -> Tensor:
    """For each packed row one of the same step of another sequence, the same one as long as it lasts."""
    donors = generator.permutation(packing.batch_size)
    starts, sequence, steps = packing.starts, packing.sequence_rows, packing.row_steps
    donor = torch.from_numpy(donors)[sequence]
    alive = packing.sizes[steps]
    return starts[steps] + donor % alive


def _with_feature_from(batch: Batch, inputs: Inputs, feature: int, rows: Tensor) -> Batch:
    """The batch with one feature of each row taken from another row."""
    if feature < inputs.numbers:
        own = torch.from_numpy(inputs.columns == feature).to(batch.numbers.values.device)
        values = batch.numbers.values
        return replace(batch, numbers=batch.numbers.with_values(torch.where(own, values[rows], values)))
    codes = batch.codes.clone()
    place = slice(feature - inputs.numbers, None, inputs.codes)
    codes[:, place] = batch.codes[rows, place]
    return replace(batch, codes=codes)


def _mixed(packing: Packed, width: int, generator: np.random.Generator) -> Tensor:
    """For each packed row another of its sequence, at most `width - 1` steps away."""
    keys = generator.random(len(packing.row_steps))
    sequence, steps = packing.sequence_rows.numpy(), packing.row_steps.numpy()
    order = np.lexsort((keys, steps // width, sequence))  # mixed within windows
    straight = np.lexsort((steps, sequence))
    rows = np.empty(len(order), dtype=np.int64)
    rows[straight] = order
    return torch.from_numpy(rows)
