"""`seqloom doctor`: what this machine has, and how fast it is at a recurrent layer."""

import importlib.metadata
import json
import os
import platform
import time
from collections.abc import Callable
from typing import Any

import click
import torch
from torch import nn

from seqloom.kernels import VECTOR_BYTES
from seqloom.nn import LSTMCell, Recurrent, triton_installed
from seqloom.sequence import Packed
from seqloom.version import __version__

PACKAGES = ("torch", "numba", "numpy", "polars", "scikit-learn", "statsmodels", "safetensors")
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
    started = time.perf_counter()
    ours = packed_step()
    ours()
    first = time.perf_counter() - started
    seconds, of_torch = median_seconds(ours), median_seconds(torch_step())
    work = 3 * 2 * BATCH * STEPS * 4 * HIDDEN * (FEATURES + HIDDEN)  # forward and twice that backward, multiply and add
    return {
        "seqloom": __version__,
        "python": platform.python_version(),
        **versions,
        "machine": f"{platform.machine()}, {os.cpu_count()} processors",
        "threads": torch.get_num_threads(),
        "gpu": gpu,
        "recurrent kernels": f"compiled for this machine, vectors of {VECTOR_BYTES} bytes",
        "kernels on a GPU": gpu_kernels(),
        "first call": f"{first:.1f} s (compiles, or finds what was compiled before)",
        "lstm training step": f"{1000 * seconds:.2f} ms for {BATCH} sequences of {STEPS} steps, hidden size {HIDDEN}",
        "the same in torch.nn": f"{1000 * of_torch:.2f} ms",
        "speed": f"{work / seconds / 1e9:.1f} billion operations per second",
    }


def gpu_kernels() -> str:
    """What runs recurrent layers whose tensors are on a GPU, be there one or not."""
    if not triton_installed():
        return "torch's (triton is not installed)"
    return f"triton {importlib.metadata.version('triton')} for minGRU, minLSTM and LRU; torch's for other cells"


def packed_step() -> Callable[[], None]:
    """Forward and backward through an LSTM of the compiled engine."""
    layer = Recurrent(LSTMCell(), FEATURES, HIDDEN)
    rows = Packed(torch.randn(BATCH * STEPS, FEATURES), torch.full((STEPS,), BATCH))

    def step() -> None:
        _, outputs = layer.sequence(None, rows)
        outputs.values.sum().backward()  # type: ignore[no-untyped-call]  # torch does not annotate backward

    return step


def torch_step() -> Callable[[], None]:
    """The same through torch's own layer."""
    layer, rows = nn.LSTM(FEATURES, HIDDEN), torch.randn(STEPS, BATCH, FEATURES)

    def step() -> None:
        outputs, _ = layer(rows)
        outputs.sum().backward()

    return step


def median_seconds(step: Callable[[], None], seconds: float = 0.5) -> float:
    """Median seconds of a step, measured for about `seconds`; its first run does not count."""
    step()
    times: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or not times:
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2]
