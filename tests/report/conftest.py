"""Outcomes and a whole report to show."""

from collections.abc import Callable

import numpy as np
import pytest

from seqloom.report import (
    ClassOutcome,
    FailureOutcome,
    ForecastOutcome,
    Report,
    TagOutcome,
    ValueOutcome,
    data_section,
    forecast_sections,
    scores_section,
    settings_section,
    training_section,
)
from seqloom.sequence import (
    ClassPrediction,
    ForecastPrediction,
    TagPrediction,
    ValuePrediction,
)


@pytest.fixture(scope="session")
def make_forecast() -> Callable[..., ForecastOutcome]:
    """Forecasts of a rising line, made over windows that start at every step, off by a little."""

    def make(
        *,
        windows: int = 30,
        horizon: int = 4,
        targets: tuple[str, ...] = ("load",),
        keys: tuple[str, ...] = ("a",),
        levels: tuple[float, ...] = (0.05, 0.5, 0.95),
    ) -> ForecastOutcome:
        count, channels = windows * len(keys), len(targets)
        steps = np.tile(np.arange(windows), len(keys))[:, None] + 10 + np.arange(horizon)  # [B, P]
        truth = np.repeat(steps[:, :, None], channels, axis=2).astype(np.float64)
        values = truth + np.random.default_rng(0).normal(size=truth.shape)
        np.linspace(-2, 2, len(levels)) if levels else np.empty(0)
        start = np.datetime64("2024-01-01", "us")
        back = np.tile(np.arange(windows), len(keys))[:, None] + 2 + np.arange(8)  # [B, T]
        return ForecastOutcome(
            prediction=ForecastPrediction(
                values=values,
                quantiles=values[..., None] + np.linspace(-2, 2, len(levels))
                if levels
                else np.empty((*values.shape, 0)),
                levels=levels,
                targets=targets,
                keys=np.repeat(np.array(keys), windows),
                times=start + steps.astype("timedelta64[D]"),
            ),
            truth=truth,
            history=np.repeat(back[:, :, None], channels, axis=2).astype(np.float64).reshape(count, 8, channels),
            history_times=start + back.astype("timedelta64[D]"),
        )

    return make


@pytest.fixture(scope="session")
def make_classes() -> Callable[..., ClassOutcome]:
    """Sequences of 12 steps with two features, given their true class but for the first `mistakes`."""

    def make(*, classes: tuple[str, ...] = ("a", "b", "c"), each: int = 8, mistakes: int = 2) -> ClassOutcome:
        truth = np.tile(np.arange(len(classes)), each)
        labels = truth.copy()
        labels[:mistakes] = (labels[:mistakes] + 1) % len(classes)
        probabilities = np.full((len(truth), len(classes)), 0.3 / (len(classes) - 1))
        probabilities[np.arange(len(truth)), labels] = 0.7
        probabilities[0] *= 0.5 / 0.7
        probabilities[0, labels[0]] += 1 - probabilities[0].sum()
        keys = np.array([f"s{row}" for row in range(len(truth))])
        prediction = ClassPrediction(np.array(classes)[labels], probabilities, classes, keys)
        series = np.random.default_rng(0).normal(size=(len(truth), 12, 2))
        return ClassOutcome(prediction, truth.astype(np.int64), lambda row: series[row], ("x", "y"))

    return make


@pytest.fixture(scope="session")
def make_values() -> Callable[..., ValueOutcome]:
    """Ten sequences of 3 to 12 steps with a value each, or one at each step; the errors grow with the row."""

    def make(*, per_step: bool = False) -> ValueOutcome:
        lengths = np.arange(3, 13)
        keys = np.array([f"s{row}" for row in range(10)])
        seen = np.concatenate([np.arange(1, length + 1) for length in lengths]) if per_step else lengths
        keys = np.repeat(keys, lengths) if per_step else keys
        truth = np.linspace(0.0, 20.0, len(keys))[:, None]
        values = truth - np.linspace(0.1, 3.0, len(keys))[:, None]
        prediction = ValuePrediction(values, ("life",), keys, seen if per_step else None)
        return ValueOutcome(prediction, truth, seen, lambda row: np.ones((int(seen[row]), 1)), ("x",))

    return make


@pytest.fixture(scope="session")
def report(make_forecast: Callable[..., ForecastOutcome]) -> Report:
    """A small report with every kind of part."""
    scores = {"test": {"model": {"mse": 1.0, "r2": 0.9}, "naive": {"mse": 2.0, "r2": 0.5}}}
    return Report(
        title="load of energy.csv",
        task="forecast",
        verdict="The model beats the naive forecast by 50 % ± 5 %: recurrence earned its keep.",
        earned="yes",
        sections=(
            scores_section(scores, model="model"),
            *forecast_sections(make_forecast()),
            data_section({"source": "energy.csv"}, columns=[{"column": "load", "missing": 0}]),
            settings_section({"horizon": (4, "given")}),
            training_section([2.0, 1.0, 0.5], [2.0, 1.5, 1.6], best_epoch=2),
        ),
        created="1 March 2024",
        version="0.1.0",
    )


@pytest.fixture
def tags() -> TagOutcome:
    """Three sentences of words; one step has no label, and one a label nobody learned."""
    labels = np.array(["VERB", "NOUN", "NOUN", "NOUN", "NOUN", "VERB", "VERB"])
    probabilities = np.where(np.array([["NOUN", "VERB"]]) == labels[:, None], 0.75, 0.25)
    prediction = TagPrediction(
        labels=labels,
        probabilities=probabilities,
        classes=("NOUN", "VERB"),
        keys=np.array(list("aaabbbc")),
        steps=np.array([1, 2, 3, 1, 2, 3, 1]),
        words=np.array([f"w{row}" for row in range(7)], dtype=object),
    )
    new = np.array([True, True, False, False, False, True, False])
    return TagOutcome(prediction, np.array([0, 0, -1, 1, 1, -2, 1]), new)


@pytest.fixture
def failures() -> FailureOutcome:
    """Three sequences of 8, 6 and 4 steps: one warned of two steps before its end, one not at all, one that goes on."""
    stated = np.array([0.1, 0.7, 0.2, 0.2, 0.3, 0.6, 0.8, 0.9, 0.1, 0.1, 0.1, 0.7, 0.7, 0.5, 0.0, 0.1, 0.2, 0.1])
    truth = np.array([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0])
    prediction = TagPrediction(
        labels=np.where(stated >= 0.6, "yes", "no"),
        probabilities=np.stack([1 - stated, stated], axis=1),
        classes=("no", "yes"),
        keys=np.array(list("a" * 8 + "b" * 6 + "c" * 4)),
        steps=np.array([*range(1, 9), *range(1, 7), *range(1, 5)]),
    )
    return FailureOutcome(TagOutcome(prediction, truth), 3, 0.6)
