"""Small prepared data sets to judge on."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from seqloom.evaluate import (
    ClassOutcome,
    ForecastOutcome,
    Report,
    ValueOutcome,
    data_section,
    forecast_sections,
    scores_section,
    settings_section,
    training_section,
)
from seqloom.prepare import Examples, Pipeline, PrepareSettings, Split, windows
from seqloom.sequence import (
    Array,
    ClassPrediction,
    Column,
    ForecastPrediction,
    PreparedDataset,
    Schema,
    SequenceDataset,
    ValuePrediction,
)

Maker = Callable[..., Examples]


def prepared_of(
    numbers: Sequence[Array], targets: Array, *, times: Array | None = None, keys: Sequence[str] = (), **more: Array
) -> PreparedDataset:
    """Sequences with these step features, each [n, F]."""
    count, width = len(numbers), numbers[0].shape[1]
    offsets = np.concatenate([[0], np.cumsum([len(rows) for rows in numbers])])
    fields = {
        "codes": np.zeros((offsets[-1], 0), np.int32),
        "code_sizes": (),
        "static_numbers": np.zeros((count, 0), np.float32),
        "static_codes": np.zeros((count, 0), np.int32),
    } | more
    steps = fields["codes"].shape[1]
    return PreparedDataset(
        offsets=offsets,
        numbers=np.concatenate(numbers).astype(np.float32),
        number_names=tuple(f"x{place}" for place in range(width)),
        known=np.zeros(width, np.bool_),
        code_names=tuple(f"c{place}" for place in range(steps)),
        known_codes=np.zeros(steps, np.bool_),
        targets=targets,
        target_names=tuple(f"y{place}" for place in range(targets.shape[1] if targets.ndim > 1 else 1)),
        times=times,
        keys=np.array(keys if len(keys) else [f"s{place}" for place in range(count)]),
        **fields,
    )


@pytest.fixture
def make_windows() -> Maker:
    """Windows over series of targets, each [n] or [n, C]; all of them in one part."""

    def make(
        *series: Array, lookback: int, horizon: int, times: Array | None = None, keys: Sequence[str] = (), **more: bool
    ) -> Examples:
        columns = [np.asarray(rows, np.float32).reshape(len(rows), -1) for rows in series]
        empty = [np.zeros((len(rows), 0)) for rows in columns]
        prepared = prepared_of(empty, np.concatenate(columns), times=times, keys=keys)
        begin, end = prepared.offsets[:-1], prepared.offsets[1:]
        return windows(
            prepared,
            Split(np.stack([begin, end, end, end], axis=1)),
            "train",
            lookback=lookback,
            horizon=horizon,
            independent=more.get("independent", False),
        )

    return make


@pytest.fixture
def make_sequences() -> Maker:
    """Whole sequences with step features, each [n, F], and targets: classes [S], values [S, C] or [steps, C]."""

    def make(*numbers: Array, targets: Array, **more: Array) -> Examples:
        prepared = prepared_of(numbers, np.asarray(targets), **more)
        return Examples(prepared, np.arange(len(numbers)), prepared.offsets[:-1], prepared.offsets[1:])

    return make


@pytest.fixture
def make_pipeline() -> Callable[..., Pipeline]:
    """A pipeline fitted on one series, so that scaled values times its spread plus its mean are its units."""

    def make(values: Array, *, per_step: bool = True) -> Pipeline:
        columns = np.asarray(values, np.float64).reshape(len(values), -1)
        names = [f"y{place}" for place in range(columns.shape[1])]
        role = [Column(name=name, kind="number", role="target") for name in names]
        schema = Schema(columns=tuple(role), per_step_target=per_step)
        table = {name: columns[:, place] for place, name in enumerate(names)}
        count = 1 if per_step else len(columns)
        offsets = np.linspace(0, len(columns), count + 1).astype(np.int64)
        ends = np.stack([offsets[:-1], offsets[1:], offsets[1:], offsets[1:]], axis=1)
        dataset = SequenceDataset(
            schema, offsets, table if per_step else {}, {} if per_step else table, np.arange(count).astype(str)
        )
        return Pipeline.fit(dataset, Split(ends), PrepareSettings(), task="values", history=per_step)

    return make


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
