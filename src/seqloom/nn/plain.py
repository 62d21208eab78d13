"""Whether there are numbers to compute with, or only something that stands for them."""

import torch
from torch import Tensor
from torch.autograd import forward_ad


def plain(*tensors: Tensor) -> bool:
    """Whether these are tensors of numbers in a call that computes them and does nothing else.

    Tracing, compiling, exporting, functorch's transforms and derivatives in forward mode take a function apart into
    operators of torch, and modes look at each of these; what is compiled here has none to show.

    Args:
        tensors: all that a layer reads.
    """
    return not _watched() and all(_numbers(tensor) for tensor in tensors)


def _watched() -> bool:
    """Whether somebody wants to see operators."""
    return (
        torch.compiler.is_compiling()
        or torch.jit.is_tracing()  # type: ignore[attr-defined, no-untyped-call]  # it is public all the same
        or torch._C._are_functorch_transforms_active()  # noqa: SLF001 - torch has no public name for it
        or torch._C._len_torch_dispatch_stack() > 0  # noqa: SLF001 - as above
        or forward_ad._current_level >= 0  # noqa: SLF001 - as above
    )


def _numbers(tensor: Tensor) -> bool:
    """Whether a tensor is no subclass with a meaning of its own, and is stored number by number."""
    ordinary = type(tensor) in (Tensor, torch.nn.Parameter)
    return ordinary and tensor.layout == torch.strided and not tensor.is_neg()
