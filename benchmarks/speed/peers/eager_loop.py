"""The same cells step by step in plain torch: what one has where there is no kernel; also with `torch.compile`."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from benchmarks.speed.case import Case
from benchmarks.speed.peer import Work, serve
from benchmarks.speed.peers.seqloom import layer_of, rows_of, trained
from seqloom.nn import steps
from seqloom.nn.state import layer_of as state_of


class _Compiled:
    """A cell whose step went through `torch.compile`."""

    def __init__(self, cell: Any) -> None:  # noqa: ANN401 - any cell
        self._cell, self.step = cell, torch.compile(cell.step)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any attribute
        return getattr(self._cell, name)


def prepare(case: Case, variant: str) -> Work:
    """A case of `train`: one layer walked step by step."""
    layer, rows = layer_of(case), rows_of(case)
    cell = _Compiled(layer.cell) if variant == "compiled" else layer.cell

    def run() -> Tensor:
        state = state_of(layer.initial_state(rows.batch_size), 0)
        weights = cell.prepare(layer.weights(0))
        _, hidden = steps.walk(cell, weights, state, rows, fused=False)
        return cell.output(weights, rows.values, hidden.values)

    return trained(layer, _made(run, variant), 0.0)


def _made(run: Callable[[], Tensor], variant: str) -> Callable[[], Tensor]:
    """Compiled steps are made at the first call, so that what cannot be compiled fails before anything is timed."""
    if variant == "compiled":
        run()
    return run


if __name__ == "__main__":
    serve(prepare, {"torch": torch.__version__})
