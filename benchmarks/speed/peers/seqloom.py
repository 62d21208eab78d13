"""Seqloom: its layers, its streams, its forecaster, its kernels alone, and the best product they are made of."""

import seqloom  # before torch, whose idle threads it tells to sleep soon

# isort: split
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor

from benchmarks.speed.case import Case
from benchmarks.speed.cells import cell_named
from benchmarks.speed.forecaster import updates
from benchmarks.speed.inputs import (
    GATES,
    alive,
    operations,
    operations_back,
    packed,
    readings_of,
    shown,
    steps_of,
    turns_of,
    weights_of,
)
from benchmarks.speed.peak import peak
from benchmarks.speed.peer import Numbers, Work, serve
from seqloom import kernels
from seqloom.nn import Recurrent, Streams
from seqloom.sequence import Packed


def prepare(case: Case, variant: str) -> Work:
    """A case of any work."""
    makers: dict[str, Callable[[], Work]] = {
        "train": lambda: _train(case),
        "infer": lambda: _infer(case),
        "step": lambda: _step(case),
        "streams": lambda: _streams(case),
        "forecast": lambda: _forecast(variant),
        "kernel": lambda: _kernel(case, variant),
        "peak": lambda: peak(torch.get_num_threads()),
    }
    return makers["peak" if variant == "peak" else case.work]()


def layer_of(case: Case) -> Recurrent:
    """The layers with the weights of the case; of a cell torch does not have, with weights drawn from a seed."""
    torch.manual_seed(0)
    layer = Recurrent(cell_named(case.cell), case.features, case.hidden, case.layers, bidirectional=case.bidirectional)
    if case.cell not in GATES:
        return layer
    with torch.no_grad():
        for index, weights in enumerate(weights_of(case)):
            for mine, given in zip(layer.weights(index), weights, strict=False):  # those behind them have no rows
                mine.copy_(torch.from_numpy(given))
    return layer


def rows_of(case: Case) -> Packed:
    """The inputs of the case, packed."""
    return Packed(torch.from_numpy(packed(case, steps_of(case))), torch.from_numpy(alive(case)))


def _train(case: Case) -> Work:
    layer, rows = layer_of(case), rows_of(case)
    return trained(layer, lambda: layer.sequence(None, rows)[1].values, operations(case) + operations_back(case))


def trained(layer: torch.nn.Module, run: Callable[[], Tensor], count: float) -> Work:
    """Training steps of a layer: forward, mean of squares, backward to the weights."""

    def step() -> Tensor:
        layer.zero_grad()
        loss = run().square().mean()
        loss.backward()  # type: ignore[no-untyped-call]  # torch's own
        return loss

    def check() -> Numbers:
        loss = float(step().detach())
        gradients = [w.grad for name, w in layer.named_parameters() if w.grad is not None and name[:6] == "weight"]
        return {"loss": [loss], "gradient": [sum(float(g.square().sum()) for g in gradients) ** 0.5]}

    return Work(step, check, facts={"operations": count})


def _infer(case: Case) -> Work:
    layer, rows = layer_of(case), rows_of(case)

    def call() -> Tensor:
        with torch.inference_mode():
            return layer.sequence(None, rows)[1].values

    return Work(call, lambda: {"outputs": shown(call().numpy())}, facts={"operations": operations(case)})


def _step(case: Case) -> Work:
    layer, reading = layer_of(case), readings_of(case, 1)
    streams = Streams(layer, 1)

    def check() -> Numbers:
        streams.put(layer.initial_state(1))
        return {"outputs": shown([streams.step(reading) for _ in range(3)][-1])}

    return Work(lambda: streams.step(reading), check)


def _streams(case: Case) -> Work:
    at_once = min(case.streams, 1000)
    layer, readings, turns = layer_of(case), readings_of(case, at_once), turns_of(case, at_once)
    streams, turn = Streams(layer, case.streams), endless(turns)

    def check() -> Numbers:
        streams.put(layer.initial_state(case.streams))
        return {"outputs": shown([streams.step(readings, turns[0]) for _ in range(3)][-1])}

    held = [_held(lambda count=count: Streams(layer, count)) for count in (case.streams, 2 * case.streams)]
    facts = {"steps": at_once, "bytes_per_stream": (held[1] - held[0]) / case.streams}
    return Work(lambda: streams.step(readings, next(turn)), check, facts=facts)


def _held(make: Callable[[], object]) -> int:
    """Bytes that what is made keeps."""
    tracemalloc.start()
    try:
        made = make()
        return tracemalloc.get_traced_memory()[0]
    finally:
        del made
        tracemalloc.stop()


def endless(turns: list[Any]) -> Iterator[Any]:
    """The turns, again and again."""
    while True:
        yield from turns


def _forecast(variant: str) -> Work:
    advance = updates(alike=variant != "default")
    return Work(lambda: next(advance))


def _kernel(case: Case, variant: str) -> Work:
    """One layer there or back, without torch."""
    layer, rows, threads = layer_of(case), rows_of(case), torch.get_num_threads()
    kernel = layer.cell.kernel
    read = len(kernels.Weights._fields)
    weights = kernels.Weights(*(weight.detach().numpy() for weight in layer.weights(0)[:read]))
    x, sizes = rows.values.numpy(), rows.sizes.numpy()
    zeros = np.zeros((case.batch, case.hidden), np.float32)
    state = (zeros,) * (1 + kernel.parts)
    change = np.full((len(x), case.hidden), 1e-3, np.float32)

    def there(_: object = None) -> kernels.Pass:
        return kernels.run(kernel, weights, x, state, sizes, threads=threads)

    def back(passed: kernels.Pass) -> None:
        kernels.run_back(passed, change, state, needs_x=False, threads=threads)

    if variant == "back":
        return Work(back, ready=there, facts={"operations": operations_back(case)})
    return Work(there, ready=lambda: back(there()), facts={"operations": operations(case)})


if __name__ == "__main__":
    serve(prepare, {"seqloom": seqloom.__version__, "torch": torch.__version__})
