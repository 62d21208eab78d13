"""One small bundle for each task, its network drawn but not trained."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from seqloom.artifact import Bundle, Golden
from seqloom.model import ModelSettings, build, model_class, sizes_of
from seqloom.prepare import Pipeline, PrepareSettings, SplitSettings, split
from seqloom.sequence import Column, Schema, SequenceDataset

STEPS = 30
SEQUENCES = 12
SETTINGS = {
    "forecast": ModelSettings(hidden_size=8, lookback=12, horizon=3, channels="joint"),
    "classify": ModelSettings(hidden_size=4, bidirectional=True, pooling="attention"),
    "regress": ModelSettings(hidden_size=4, cell="gru", layers=2, pooling="mean"),
    "events": ModelSettings(hidden_size=4, lookback=8, stride=8, members=2),
}


def dataset_for(task: str) -> SequenceDataset:
    """Sequences with a number, a category, a static and a target, and with a clock where they are forecast."""
    generator = np.random.default_rng(0)
    rows = SEQUENCES * STEPS
    statics = {"size": generator.normal(50, 20, SEQUENCES)}
    steps = {"speed": generator.normal(3, 2, rows), "weather": generator.integers(0, 3, rows).astype(np.int32)}
    categories = {"weather": ("dry", "wet", "Schnee, größer")}
    columns = [
        Column(name="speed", kind="number", role="past"),
        Column(name="weather", kind="category", role="known" if task == "forecast" else "past"),
        Column(name="size", kind="number", role="static"),
    ]
    if task == "forecast":
        steps["load"] = 1000 + 100 * np.sin(np.arange(rows) / 4) + generator.normal(0, 5, rows)
        columns.append(Column(name="load", kind="number", role="target"))
    elif task == "events":
        steps["load"] = generator.integers(0, 3, rows).astype(np.int32)
        categories["load"] = ("low", "middle", "high")
        columns.append(Column(name="load", kind="category", role="target"))
    elif task == "classify":
        statics["load"] = (np.arange(SEQUENCES) % 3).astype(np.int32)
        categories["load"] = ("low", "middle", "high")
        columns.append(Column(name="load", kind="category", role="target"))
    else:
        statics["load"] = generator.normal(1000, 100, SEQUENCES)
        columns.append(Column(name="load", kind="number", role="target"))
    hours = np.arange(rows).astype("timedelta64[h]").astype("timedelta64[us]")
    return SequenceDataset(
        schema=Schema(
            columns=tuple(columns), time="date", group="site", per_step_target=task in ("forecast", "events")
        ),
        offsets=np.arange(SEQUENCES + 1, dtype=np.int64) * STEPS,
        steps=steps,
        statics=statics,
        keys=np.array([f"site {number}" for number in range(SEQUENCES)]),
        categories=categories,
        times=np.datetime64("2024-01-01T00:00:00", "us") + hours,
    )


def _preparing(task: str) -> PrepareSettings:
    """Of events all columns are predicted."""
    return PrepareSettings(attributes="speed,weather" if task == "events" else "")


def bundle_for(task: str) -> Bundle:
    """A bundle of a freshly drawn model."""
    dataset = dataset_for(task)
    model_type = model_class(task)
    parts = split(dataset, SplitSettings(), by_steps=model_type.by_steps, seed=0)
    pipeline = Pipeline.fit(dataset, parts, _preparing(task), task=model_type.target_kind)
    settings = SETTINGS[task]
    training = model_type.examples(pipeline.transform(dataset), parts, "train", settings)
    counts = (2,) * len(pipeline.classes)
    torch.manual_seed(0)
    model = build(task, settings, sizes_of(training, classes=pipeline.classes, class_counts=counts))
    return Bundle(
        model=model,
        pipeline=pipeline,
        schema=dataset.schema,
        golden=Golden.record(model, pipeline, dataset.take([0, 5, 11])),
        settings={"seed": 0, "training": {"learning_rate": 0.01}},
        fingerprint={"rows": STEPS * SEQUENCES, "columns": {"load": "sha256:00"}},
        metrics={"test": {"mse": np.float64(0.5)}},
        baselines={"naive": {"mse": float("nan")}},
        profile={"speed": {"mean": 3.0}},
        history=({"epoch": 1, "loss": 0.5}, {"epoch": 2, "loss": float("inf")}),
        report={"title": "Zürich"},
        report_html="<p>Zürich</p>",
    )


def bundle_of_texts() -> Bundle:
    """A bundle of a freshly drawn model that reads texts."""
    texts = tuple(f"word {number} of" for number in range(SEQUENCES))
    columns = (Column(name="note", kind="text", role="past"), Column(name="load", kind="category", role="target"))
    dataset = SequenceDataset(
        schema=Schema(columns=columns, layout="nested", per_step_target=False),
        offsets=np.arange(SEQUENCES + 1, dtype=np.int64),
        steps={"note": np.arange(SEQUENCES, dtype=np.int32)},
        statics={"load": (np.arange(SEQUENCES) % 2).astype(np.int32)},
        keys=np.arange(SEQUENCES).astype(str),
        categories={"note": texts, "load": ("low", "high")},
    )
    parts = split(dataset, SplitSettings(), by_steps=False, seed=0)
    pipeline = Pipeline.fit(dataset, parts, PrepareSettings(min_count=1), task="classes")
    settings = ModelSettings(hidden_size=4, bidirectional=True, pooling="max", embedding=5)
    training = model_class("classify").examples(pipeline.transform(dataset), parts, "train", settings)
    torch.manual_seed(0)
    model = build("classify", settings, sizes_of(training, classes=pipeline.classes, class_counts=(4, 4)))
    return Bundle(model, pipeline, dataset.schema, Golden.record(model, pipeline, dataset.take([0, 5, 11])))


@pytest.fixture(scope="session")
def texts() -> Bundle:
    """A bundle of a model that reads texts; nothing in it may be changed."""
    return bundle_of_texts()


@pytest.fixture(scope="session", params=SETTINGS)
def bundle(request) -> Bundle:
    """A bundle of each task; nothing in it may be changed."""
    return bundle_for(request.param)


@pytest.fixture(scope="session")
def forecast() -> Bundle:
    """A bundle of a forecast; nothing in it may be changed."""
    return bundle_for("forecast")


@pytest.fixture(scope="session")
def fresh() -> Callable[[str], Bundle]:
    """Makes a bundle that may be changed."""
    return bundle_for
