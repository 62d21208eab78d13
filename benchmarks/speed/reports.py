"""What a judgement takes with its page: `seqloom evaluate MODEL DATA -o judged.html` but for the start of Python."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import numpy as np
import polars as pl
import torch

import seqloom
from benchmarks.speed.case import Case
from benchmarks.speed.process import REPOSITORY, Peers
from benchmarks.speed.record import Figure, Measurement
from benchmarks.speed.rounds import Effort
from benchmarks.tasks.etth1 import FILE
from seqloom.estimators import SequenceEstimator, judged_report
from seqloom.read import read

HORIZON, LOOKBACK = 24, 72
STEPS = 20
REPEATS = 3
FEWEST = 200
"""Windows or sequences that there must be to learn from."""
LEARNED = 500
"""Sequences to learn from: how well a model answers has no say in how long its judgement takes."""
SETTINGS: Mapping[str, object] = MappingProxyType({"group": "id", "time": "at", "members": 1, "against": "none"})


def measure(case: Case, taking_part: Sequence[str], peers: Peers, effort: Effort) -> Measurement:
    """Seconds from the data in memory to the page as text, alternatives and figures among them.

    Args:
        case: its `batch` says how many windows or sequences are judged.
        taking_part: names of `WORK`.
        peers: say how many threads.
        effort: how many times, at most three.
    """
    torch.set_num_threads(peers.cores.threads)
    folder = Path(os.environ.get("SEQLOOM_DATA") or REPOSITORY.parent / "shared" / "data")
    figures = []
    for who in taking_part:
        try:
            model, data = WORK[who](folder, max(FEWEST, case.batch))
        except FileNotFoundError as error:
            figures.append(Figure(who=who, reason=f"no file {Path(error.filename).name}"))
            continue
        figures.append(Figure.of(who, [[_judged(model, data)] for _ in range(min(REPEATS, effort.rounds))]))
    return Measurement(case=case.to_json(), name=f"{case.batch:,} windows or sequences", figures=tuple(figures))


def _judged(model: SequenceEstimator, data: pl.DataFrame) -> float:
    start = time.perf_counter()
    dataset = read(data, schema=model.schema_)
    judged_report(model.judged(dataset), dataset).to_html()
    return time.perf_counter() - start


def _forecast(folder: Path, count: int) -> tuple[SequenceEstimator, pl.DataFrame]:
    """Oil temperature, a day ahead, beside all other columns."""
    table = pl.read_csv((folder / FILE).read_bytes()).with_columns(pl.col("date").str.to_datetime())
    table = table.head(count + LOOKBACK + HORIZON - 1)
    settings = {"time": "date", "against": "none"}
    model = seqloom.Forecaster(horizon=HORIZON, lookback=LOOKBACK, hidden_size=64, epochs=1, settings=settings)
    return model.fit(table.head(2_000), target="OT"), table


def _classify(_: Path, count: int) -> tuple[SequenceEstimator, pl.DataFrame]:
    """Two classes, by the sum of a column."""
    return _of_sequences(seqloom.SequenceClassifier, "kind", count)


def _regress(_: Path, count: int) -> tuple[SequenceEstimator, pl.DataFrame]:
    """The mean of a column."""
    return _of_sequences(seqloom.SequenceRegressor, "mean", count)


def _tag(_: Path, count: int) -> tuple[SequenceEstimator, pl.DataFrame]:
    """The sign of a column, at every step."""
    return _of_sequences(seqloom.Tagger, "sign", count)


def _of_sequences(kind: type[SequenceEstimator], target: str, count: int) -> tuple[SequenceEstimator, pl.DataFrame]:
    values = np.random.default_rng(0).normal(size=(count, STEPS))
    columns = {
        "id": np.repeat(np.arange(count), STEPS),
        "at": np.tile(np.arange(STEPS, dtype=np.float64), count),
        "value": values.ravel(),
        target: {
            "kind": np.repeat(np.where(values.sum(axis=1) > 0, "a", "b"), STEPS),
            "mean": np.repeat(values.mean(axis=1), STEPS),
            "sign": np.where(values.ravel() > 0, "up", "down"),
        }[target],
    }
    table = pl.DataFrame(columns)
    model = kind(hidden_size=16, epochs=1, settings=SETTINGS)
    return model.fit(table.head(min(LEARNED, count) * STEPS), target=target), table


WORK: Mapping[str, Callable[[Path, int], tuple[SequenceEstimator, pl.DataFrame]]] = MappingProxyType(
    {"forecasts": _forecast, "classes": _classify, "values": _regress, "tags": _tag}
)
"""Given the folder of data sets and a number of windows or sequences: a model, and what it is to be judged on."""
