"""A model whose answers are exact: what is lost, doubled, swapped or mixed up between streams changes a number."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

import seqloom
from seqloom.artifact import Golden, save
from seqloom.live import Reading

LARGEST = 8
"""Readings are whole numbers from 0 up to this, less one: sums stay below 2^24, where float32 is exact."""


def make(path: Path) -> Path:
    """Save an accumulator, and its twin: an Elman network of two units that add, as an artifact like any other.

        total' = total + x              weighted' = weighted + total'

    The second sum counts early readings more often than late ones, so that their order shows.
    """
    rng = np.random.default_rng(0)
    series = [rng.integers(0, LARGEST, 6).astype(float) for _ in range(20)]
    model = seqloom.SequenceRegressor(
        cell="rnn",
        hidden_size=2,
        epochs=1,
        settings={"activation": "relu", "scaling": "none", "group": "id", "test_size": 0.2},
    )
    rows = [
        {"id": f"s{place}", "x": value, "total": total, "weighted": weighted}
        for place, own in enumerate(series)
        for value, total, weighted in zip(own, np.cumsum(own), np.cumsum(np.cumsum(own)), strict=True)
    ]
    table = {name: [row[name] for row in rows] for name in rows[0]}
    model.fit(table, target=["total", "weighted"])
    bundle = model.bundle_
    with torch.no_grad():
        exact(bundle.model)
    found = replace(bundle, golden=Golden.record(bundle.model, bundle.pipeline, bundle.golden.dataset))
    save(replace(found, settings={**found.settings, "twin": True}), twin(path))
    return save(found, path)


def twin(path: Path | str) -> Path:
    """Where the second accumulator stands, which adds as the first one does and has another digest."""
    return Path(path).with_name("twin.loom")


def exact(network: torch.nn.Module) -> None:
    """Weights that add, and a head that shows both sums."""
    for name, weight in network.named_parameters():
        weight.zero_()
        if name.endswith("weight_ih_l0"):
            weight.fill_(1.0)
        elif name.endswith("weight_hh_l0"):
            weight.copy_(torch.tensor([[1.0, 0.0], [1.0, 1.0]]))
        elif "heads" in name and name.endswith("weight"):
            weight.copy_(torch.eye(2))


def reading(value: int) -> Reading:
    """A reading of this value."""
    return Reading({"x": float(value)})


def sums(values: Sequence[int]) -> tuple[float, float]:
    """What the model must say after these values."""
    total = np.cumsum(values)
    return float(total[-1]), float(total.sum())
