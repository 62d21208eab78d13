"""Linear probes: what can be read off a state, and what could be read off the input alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from seqloom.explain.question import Floats
from seqloom.report import Axis, Bars, FigureData, Panel

HELD_OUT = 0.3
"""Share of the sequences that a probe is judged on."""
STRENGTH = 1.0
"""Inverse of the penalty of a probe of classes on standardised features; that of numbers is chosen."""


@dataclass(frozen=True)
class Probe:
    """How much of a fact a linear model finds.

    Args:
        fact: what is to be told.
        kind: `R²` of a number, or by how much `accuracy` is better than always naming the most frequent class, as a
            share of what there is to gain.
        state: from the state, on sequences it was not fitted on; 1: all of it, 0: nothing.
        input: from the input of the same step.
        steps: how many it was judged on.
    """

    fact: str
    kind: str
    state: float
    input: float
    steps: int


def probes_figure(probes: Sequence[Probe]) -> FigureData:
    """What can be read off states, beside what can be read off the input."""
    x = np.arange(len(probes), dtype=np.float64)
    marks = (
        Bars(name="from the state", x=x - 0.2, y=np.array([100 * one.state for one in probes]), width=0.4),
        Bars(
            name="from the input alone",
            ink="history",
            x=x + 0.2,
            y=np.array([100 * one.input for one in probes]),
            width=0.4,
        ),
    )
    return FigureData(
        name="probes",
        title="What the state knows",
        caption="How much of a fact a linear model finds, on sequences it was not fitted on: R² of numbers, of"
        " classes the"
        " share of what there is to gain over always naming the most frequent one. 0: nothing, 100: all. What blue"
        " has more than"
        " grey the network remembered or worked out; what it does not have may still be there in a form that is not"
        " linear.",
        panels=(
            Panel(
                marks=marks,
                x=Axis(kind="label", labels=tuple(one.fact for one in probes)),
                y=Axis(label="found, %", limits=(0.0, 102.0)),
                shape="wide",
            ),
        ),
    )


def probe(
    states: Floats,
    inputs: Floats,
    facts: Mapping[str, NDArray[np.float64] | NDArray[np.str_]],
    sequence: NDArray[np.int64],
    generator: np.random.Generator,
) -> tuple[Probe, ...]:
    """Fit a linear model of each fact on some sequences and judge it on others.

    Source: Alain & Bengio, "Understanding intermediate layers using linear classifier probes" (2016); that a probe has
    to be seen beside one of something simpler: Hewitt & Liang (EMNLP 2019).

    Args:
        states: [N, H].
        inputs: what was read at the same steps, [N, F].
        facts: numbers (NaN where not known) or classes by name, [N] each.
        sequence: which sequence each row belongs to, [N].
        generator: deals out the sequences.
    """
    owners = np.unique(sequence)
    held = generator.choice(owners, max(1, round(HELD_OUT * len(owners))), replace=False)
    tested = np.isin(sequence, held)
    found = []
    for name, values in facts.items():
        known = np.ones(len(values), dtype=np.bool_) if values.dtype.kind in "US" else np.isfinite(values)
        here, there = (_score(part, values, known & ~tested, known & tested) for part in (states, inputs))
        if here is not None and there is not None:
            kind = "accuracy" if values.dtype.kind in "US" else "R²"
            found.append(Probe(name, kind, here, there, int((known & tested).sum())))
    return tuple(found)


def _score(
    features: Floats, values: NDArray[np.generic], learned: NDArray[np.bool_], judged: NDArray[np.bool_]
) -> float | None:
    """How much of the fact is found; None: there is too little, or nothing to tell apart."""
    if learned.sum() < 10 or judged.sum() < 5 or len(np.unique(values[learned])) < 2:  # noqa: PLR2004 - too few to fit
        return None
    if not features.shape[1]:
        return 0.0
    if values.dtype.kind in "US":
        model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=200))
        model.fit(features[learned], values[learned])
        right = float((model.predict(features[judged]) == values[judged]).mean())
        names, counts = np.unique(values[learned], return_counts=True)
        usual = float((values[judged] == names[counts.argmax()]).mean())
        return max(0.0, (right - usual) / (1 - usual)) if usual < 1 else None
    numbers = values.astype(np.float64)
    if np.ptp(numbers[judged]) == 0:
        return None
    ridge = make_pipeline(StandardScaler(), RidgeCV(alphas=np.logspace(-2, 4, 7))).fit(
        features[learned], numbers[learned]
    )
    return max(0.0, float(ridge.score(features[judged], numbers[judged])))
