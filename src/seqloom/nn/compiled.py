"""The compiled engine as a function torch can differentiate."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from jaxtyping import Float
from numpy.typing import NDArray
from torch import Tensor

from seqloom import kernels
from seqloom.kernels import Kernel, Outline, Pass
from seqloom.nn import steps
from seqloom.nn.cell import Cell, Weights
from seqloom.nn.derivatives import gradients_in_torch, wanted_in_torch
from seqloom.nn.state import S
from seqloom.sequence import Packed

PRECISIONS = (torch.float32, torch.float64)

READ = 5
"""How many of a layer's weights the engine reads; the last of `Weights` is for what comes after it."""


def serves(*tensors: Tensor) -> bool:
    """Whether the engine takes these tensors: on the CPU, all single or all double precision, nobody casts them."""
    precision = tensors[0].dtype
    alike = all(tensor.device.type == "cpu" and tensor.dtype == precision for tensor in tensors)
    return alike and precision in PRECISIONS and not torch.is_autocast_enabled("cpu")


def walk(
    cell: Cell[S],
    kernel: Kernel,
    weights: Weights,
    state: S,
    rows: Packed,
    *,
    reverse: bool = False,
    kept: Float[Tensor, "B H"] | None = None,
    recompute: bool = False,
) -> tuple[S, Packed]:
    """Run a cell over all steps of all sequences, see `unroll`.

    Args:
        cell: what happens in a step.
        kernel: the same, compiled.
        weights: the cell's weights.
        state: before the first steps, [B, H].
        rows: the steps, packed, [N, F].
        reverse: whether sequences are read from their ends.
        kept: variational dropout, [B, H].
        recompute: whether the way back computes again what it needs of the way there.
    """
    layer = _Layer(cell, kernel, rows.sizes, reverse, kept, recompute)
    if torch.is_grad_enabled() and any(tensor.requires_grad for tensor in (rows.values, *weights, *state)):
        outputs, *final = _Differentiable.apply(layer, rows.values, *weights[:READ], *state)  # type: ignore[no-untyped-call]  # torch's own
    else:
        outputs, *final = _tensors(layer.run(rows.values, weights, tuple(state), keep=False))
    return type(state)(*final), rows.with_values(outputs)


class _Layer(NamedTuple):
    """A layer as it stands between its tensors and its compiled code.

    Args:
        cell: what happens in a step.
        kernel: the same, compiled.
        sizes: sequences alive at each step, [T].
        reverse: whether sequences are read from their ends.
        kept: variational dropout, [B, H].
        recompute: whether the way back computes again what it needs of the way there.
    """

    cell: Cell[Any]
    kernel: Kernel
    sizes: Tensor
    reverse: bool
    kept: Tensor | None
    recompute: bool

    def run(self, x: Tensor, weights: Sequence[Tensor], state: Sequence[Tensor], *, keep: bool) -> Pass | Outline:
        """Run it, and keep what the way back needs, if there is one."""
        kept = None if self.kept is None else _array(self.kept)
        arrays, threads = kernels.Weights(*(_array(weight) for weight in weights[:READ])), torch.get_num_threads()
        rows, sizes, start = _array(x), _array(self.sizes), tuple(_array(part) for part in state)
        if keep and self.recompute:
            layer = kernels.Layer(self.kernel, arrays, rows, sizes, self.reverse, kept)
            return kernels.outline(layer, start, threads=threads)
        options = {"reverse": self.reverse, "keep": keep, "threads": threads}
        return kernels.run(self.kernel, arrays, rows, start, sizes, kept=kept, **options)  # type: ignore[arg-type]  # as named

    def run_in_torch(self, x: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
        """The same in plain torch, for derivatives of derivatives."""
        weights, parts = Weights._make((*others[:READ], others[0][:0])), others[READ:]
        state = type(self.cell.initial_state(parts[0]))(*parts)
        rows = Packed(x, self.sizes)
        final, outputs = steps.walk(self.cell, weights, state, rows, reverse=self.reverse, kept=self.kept, fused=False)
        return outputs.values, *final


class _Differentiable(torch.autograd.Function):
    """A layer: from inputs, weights and initial state to outputs and final state."""

    @staticmethod
    def forward(ctx: Any, layer: _Layer, x: Tensor, *others: Tensor) -> tuple[Tensor, ...]:  # noqa: ANN401 - torch's, with what is put on it
        """Run the layer; what its tape keeps waits for `backward`."""
        passed = layer.run(x, others[:READ], others[READ:], keep=True)
        outputs, *final = _tensors(passed)
        ctx.layer, ctx.passed = layer, passed
        ctx.save_for_backward(outputs, x, *others)  # outputs only so that torch refuses gradients once they are changed
        return outputs, *final

    @staticmethod
    def backward(ctx: Any, outputs: Tensor, *final: Tensor) -> tuple[Tensor | None, ...]:  # noqa: ANN401 - as above
        """Gradients of inputs, weights and initial state."""
        if wanted_in_torch(outputs, *final):
            return None, *gradients_in_torch(ctx, (outputs, *final))
        layer, passed = ctx.layer, ctx.passed
        _, x, *others = ctx.saved_tensors
        if passed is None:  # a second time through the same graph
            passed = layer.run(x, others[:READ], others[READ:], keep=True)
        ctx.passed = None
        back = kernels.outline_back if isinstance(passed, Outline) else kernels.run_back
        changes = back(
            passed,
            _array(outputs),
            tuple(_array(gradient) for gradient in final),
            needs_x=ctx.needs_input_grad[1],
            threads=torch.get_num_threads(),
        )
        given = [None if changes.x is None else torch.from_numpy(changes.x)]
        return None, *given, *(torch.from_numpy(change) for change in (*changes.weights, *changes.state))


def _array(tensor: Tensor) -> NDArray[Any]:
    """The tensor's numbers, without a copy where they lie in order."""
    array: NDArray[Any] = tensor.numpy(force=True)
    return array if array.flags.c_contiguous else np.ascontiguousarray(array)


def _tensors(passed: Pass | Outline) -> tuple[Tensor, ...]:
    """Outputs and final state."""
    return torch.from_numpy(passed.outputs), *(torch.from_numpy(part) for part in passed.state)
