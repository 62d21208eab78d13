"""Cells that are linear in their state, on a GPU: between torch and the kernels in Triton."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

import torch
from torch import Tensor

from seqloom.nn import steps
from seqloom.nn.cell import Cell, Weights
from seqloom.nn.derivatives import gradients_in_torch, wanted_in_torch
from seqloom.nn.lru import LRUCell
from seqloom.nn.mingru import MinGRUCell
from seqloom.nn.minlstm import MinLSTMCell
from seqloom.nn.plain import plain
from seqloom.nn.state import LinearState, S
from seqloom.sequence import Packed

PRECISIONS = (torch.float32, torch.float16, torch.bfloat16, torch.float64)

OLDEST = (7, 0)
"""The compute capability that Triton asks of a GPU."""

TURNS: Mapping[type[Cell[Any]], bool] = {MinGRUCell: False, MinLSTMCell: False, LRUCell: True}
"""The cells there are kernels for, and whether their hidden vectors are complex numbers that turn."""


def triton_installed() -> bool:
    """Whether Triton is; torch's CUDA builds for Linux bring it."""
    return find_spec("triton") is not None


def serves(cell: Cell[S], *tensors: Tensor) -> bool:
    """Whether the kernels take this cell and all it reads: on one GPU, of one precision, nobody casts or looks on.

    Args:
        cell: what happens in a step; cells of other classes may compute something else.
        tensors: rows, weights and state.
    """
    first = tensors[0]
    return (
        type(cell) in TURNS
        and first.device.type == "cuda"
        and first.dtype in PRECISIONS
        and all(tensor.device == first.device and tensor.dtype == first.dtype for tensor in tensors)
        and not torch.is_autocast_enabled("cuda")
        and plain(*tensors)
        and _able(first.device)
    )


@cache
def _able(device: torch.device) -> bool:
    """Whether Triton is there and runs on this GPU."""
    return triton_installed() and torch.cuda.get_device_capability(device) >= OLDEST


def walk(cell: Cell[S], weights: Weights, state: S, rows: Packed, *, reverse: bool = False) -> tuple[S, Packed]:
    """Run a cell over all steps of all sequences, see `unroll`; dropout of the hidden state has nothing to act on here.

    Args:
        cell: what happens in a step, one of `TURNS`.
        weights: the cell's weights.
        state: before the first steps, [B, W].
        rows: the steps, packed, [N, F].
        reverse: whether sequences are read from their ends.
    """
    projected = cell.project(weights, rows.values)
    layer = _Layer(cell, projected.device, rows.sizes, reverse)
    hidden, *final = _Differentiable.apply(layer, projected, weights.unit, *state)  # type: ignore[no-untyped-call]  # torch's own
    return type(state)(*final), rows.with_values(hidden)


class _Layer:
    """A layer as it stands between its tensors and the kernels.

    Args:
        cell: what happens in a step.
        device: where it happens.
        sizes: sequences alive at each step, [T].
        reverse: whether sequences are read from their ends.
    """

    def __init__(self, cell: Cell[Any], device: torch.device, sizes: Tensor, reverse: bool) -> None:  # noqa: FBT001 - as it comes
        from seqloom.kernels import triton_scan  # noqa: PLC0415 - an optional package behind it, which takes long to load

        rows = Packed(sizes, sizes)
        self.cell, self.sizes, self.reverse, self.kernels = cell, sizes, reverse, triton_scan
        self.places = triton_scan.Places(rows.starts.to(device), rows.lengths.to(device), reverse)

    def run(self, projected: Tensor, unit: Tensor, initial: Tensor) -> tuple[Tensor, Tensor]:
        """Hidden vectors of all rows, and the last of each sequence."""
        projected, unit, initial = projected.contiguous(), unit.contiguous(), initial.contiguous()
        if TURNS[type(self.cell)]:
            return self.kernels.turn(projected, unit, initial, self.places)
        return self.kernels.mix(projected, initial, self.places)

    def run_back(self, saved: Sequence[Tensor], gradients: Sequence[Tensor]) -> tuple[Tensor | None, ...]:
        """Gradients of what `run` was given, from its first result, what it was given, and gradients of its results."""
        hidden, projected, unit, initial = (tensor.contiguous() for tensor in saved)
        outputs, final = (gradient.contiguous() for gradient in gradients)
        if TURNS[type(self.cell)]:
            return self.kernels.turn_back(unit, initial, hidden, (outputs, final), self.places)
        of_projected, of_initial = self.kernels.mix_back(projected, initial, hidden, (outputs, final), self.places)
        return of_projected, None, of_initial

    def run_in_torch(self, projected: Tensor, unit: Tensor, initial: Tensor) -> tuple[Tensor, Tensor]:
        """The same in plain torch, for derivatives of derivatives."""
        none = unit[:0]
        weights = Weights(none, none, none, none, unit, none)  # a step reads no others
        rows, state = Packed(projected, self.sizes), LinearState(initial)
        final, outputs = steps.walk_projected(self.cell, weights, state, rows, reverse=self.reverse)
        return outputs.values, final.hidden


class _Differentiable(torch.autograd.Function):
    """A layer: from what the input contributes, weights of units and initial state to outputs and final state."""

    @staticmethod
    def forward(ctx: Any, layer: _Layer, *given: Tensor) -> tuple[Tensor, Tensor]:  # noqa: ANN401 - torch's, with what is put on it
        """Run the layer."""
        hidden, final = layer.run(*given)
        ctx.layer = layer
        ctx.save_for_backward(hidden, *given)
        return hidden, final

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:  # noqa: ANN401 - as above
        """Gradients of what was given."""
        if wanted_in_torch(*gradients):
            return None, *gradients_in_torch(ctx, gradients)
        return None, *ctx.layer.run_back(ctx.saved_tensors, gradients)
