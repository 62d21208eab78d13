"""`seqloom doctor`: what this machine has, and how fast it is at a recurrent layer."""

import importlib.metadata
import json
import os
import platform
import time
from typing import Any

import click
import torch

from seqloom.nn import LSTM
from seqloom.sequence import Packed
from seqloom.version import __version__

PACKAGES = ("torch", "numpy", "polars", "scikit-learn", "statsmodels", "safetensors")
BATCH, STEPS, FEATURES, HIDDEN = 32, 100, 8, 64


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(*, as_json: bool) -> None:
    """Show versions, threads, devices and a short speed check."""
    facts = examine()
    if as_json:
        click.echo(json.dumps(facts))
        return
    for name, value in facts.items():
        click.echo(f"{name:<24}{value}")


def examine() -> dict[str, Any]:
    """Versions, threads, devices and the speed of one training step."""
    versions = {name: importlib.metadata.version(name) for name in PACKAGES}
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else "none (runs on the processor)"
    milliseconds = 1000 * training_step()
    work = 3 * 2 * BATCH * STEPS * 4 * HIDDEN * (FEATURES + HIDDEN)  # forward and twice that backward, multiply and add
    return {
        "seqloom": __version__,
        "python": platform.python_version(),
        **versions,
        "machine": f"{platform.machine()}, {os.cpu_count()} processors",
        "threads": torch.get_num_threads(),
        "vector instructions": torch.backends.cpu.get_cpu_capability(),
        "gpu": gpu,
        "recurrent kernels": "torch (fused for equal lengths)",
        "lstm training step": f"{milliseconds:.2f} ms for {BATCH} sequences of {STEPS} steps, hidden size {HIDDEN}",
        "speed": f"{work / milliseconds / 1e6:.1f} billion operations per second",
    }


def training_step(seconds: float = 1.0) -> float:
    """Median seconds of forward and backward through an LSTM, measured for about `seconds`."""
    layer = LSTM(FEATURES, HIDDEN)
    rows = Packed(torch.randn(BATCH * STEPS, FEATURES), torch.full((STEPS,), BATCH))
    times: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or not times:
        start = time.perf_counter()
        _, outputs = layer.sequence(None, rows)
        outputs.values.sum().backward()  # type: ignore[no-untyped-call]  # torch does not annotate backward
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2]
