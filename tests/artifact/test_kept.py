"""Artifacts of this and of earlier versions: they load, and answer what they always did.

    python tests/artifact/test_kept.py     makes those that are not there, with their answers beside them

Made with seqloom 0.1.0 and torch 2.13. Once a version is released its artifacts are not made again: a model on
somebody's disk is not either.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import seqloom
from seqloom.artifact import load, save

FOLDER = Path(__file__).parent / "golden"
SMALL = {"epochs": 2, "hidden_size": 4, "threads": 1, "batch_size": 8, "learning_rate": 0.01, "seed": 3}


def sites(*, ahead: int = 0) -> dict[str, Any]:
    """Two daily series with a plan known ahead, a category, a gap, and a size of their own; by arithmetic alone.

    Args:
        ahead: days at the end of which the load is not known.
    """
    day, site = np.tile(np.arange(60), 2), np.repeat([0, 1], 60)
    warmth = np.cos(day / 5 + site).round(3)
    warmth[17] = np.nan
    load = 100 + 20 * site + 10 * np.sin(day * 2 * np.pi / 7) + 3 * (day % 2) + day % 5
    return {
        "site": np.where(site == 0, "north", "south"),
        "day": np.datetime64("2024-01-01") + day,
        "plan": day % 2,
        "sky": np.array(["clear", "cloudy", "Regen"])[day * (site + 1) % 3],
        "size": np.where(site == 0, 3.5, 8.0),
        "warmth": warmth,
        "load": np.where(day < 60 - ahead, load, np.nan).round(3),
    }


def movements(target: str) -> dict[str, Any]:
    """Twenty-four sequences of 6 to 10 steps, with their kind or their pace; by arithmetic alone."""
    lengths = 6 + np.arange(24) % 5
    key = np.repeat(np.arange(24), lengths)
    step = np.concatenate([np.arange(length) for length in lengths])
    pace = np.array([0.3, 0.9, 1.5])[key % 3] + 0.01 * key
    kinds = {"kind": np.array(["slow", "brisk", "fast"])[key % 3], "pace": pace.round(3)}
    return {"id": key, "x": np.sin(step * pace).round(3), "y": np.cos(key - step).round(3), target: kinds[target]}


@dataclass(frozen=True)
class Kept:
    """One artifact.

    Args:
        make: an estimator that is not fitted.
        table: what it learned from.
        columns: how the table is read.
        asked: what it is asked about.
    """

    make: Callable[[], Any]
    table: Callable[[], Mapping[str, Any]]
    columns: Mapping[str, Any]
    asked: Callable[[], Mapping[str, Any]]


KEPT = {
    "forecast": Kept(
        lambda: seqloom.Forecaster(horizon=3, lookback=14, settings={**SMALL, "missing": "impute"}),
        sites,
        {"target": "load", "time": "day", "group": "site", "known": ("plan",), "static": ("size",)},
        lambda: sites(ahead=3),
    ),
    "classify": Kept(
        lambda: seqloom.SequenceClassifier(settings={**SMALL, "convolution": True, "filters": 2, "members": 2}),
        lambda: movements("kind"),
        {"target": "kind", "group": "id"},
        lambda: movements("kind"),
    ),
    "regress": Kept(
        lambda: seqloom.SequenceRegressor(
            cell="gru", layers=2, pooling="mean", settings={**SMALL, "scaling": "robust"}
        ),
        lambda: movements("pace"),
        {"target": "pace", "group": "id"},
        lambda: movements("pace"),
    ),
}


def numbers(columns: Mapping[str, Any]) -> dict[str, list[float]]:
    """The columns of a prediction that hold fractions."""
    return {name: values.tolist() for name, values in columns.items() if values.dtype.kind == "f"}


@pytest.mark.parametrize("task", KEPT)
def test_a_kept_artifact_is_small(task):
    """It travels with the repository."""
    assert (FOLDER / f"{task}.loom").stat().st_size < 64_000


@pytest.mark.parametrize("task", KEPT)
def test_a_kept_artifact_loads(task):
    """Verified, rebuilt, and tried on its own golden examples."""
    assert load(FOLDER / f"{task}.loom").task == task


@pytest.mark.parametrize("task", KEPT)
def test_a_kept_artifact_answers_as_ever(task):
    """From a table in memory to numbers in its units: reading, preparation and model mean what they meant."""
    answers = numbers(seqloom.load(FOLDER / f"{task}.loom").answer(KEPT[task].asked()).to_columns())
    expected = json.loads((FOLDER / f"{task}.json").read_text())
    assert answers.keys() == expected.keys()
    for name, values in expected.items():
        # single precision keeps 7 digits; two layers of at most 14 steps leave 5 on another processor
        np.testing.assert_allclose(answers[name], values, rtol=1e-4, atol=1e-5, err_msg=name)


def main() -> None:
    """Make the artifacts that are not there."""
    for task, kept in KEPT.items():
        place = FOLDER / f"{task}.loom"
        if not place.exists():
            model = kept.make().fit(kept.table(), **kept.columns)
            answers = numbers(model.answer(kept.asked()).to_columns())
            (FOLDER / f"{task}.json").write_text(json.dumps(answers, indent=1) + "\n")
            save(replace(model.bundle_, report=None), place)


if __name__ == "__main__":
    main()
