"""Gradients by plain torch, where those of compiled code do not do."""

import torch
from torch import Tensor
from torch.autograd.function import FunctionCtx


def wanted_in_torch(*gradients: Tensor) -> bool:
    """Whether somebody wants to differentiate what becomes of these gradients, or each stands for many."""
    return torch.is_grad_enabled() or any(_batched(gradient) for gradient in gradients)


def gradients_in_torch(ctx: FunctionCtx, gradients: tuple[Tensor, ...]) -> list[Tensor | None]:
    """Gradients that can be differentiated again, or many of them at once.

    Args:
        ctx: what `forward` left: as `layer` something that can `run_in_torch`, from its inputs to its outputs; as
            saved tensors one that is not looked at here, and then those inputs.
        gradients: of the outputs.

    Returns:
        Gradients of the inputs; None for those that need none.
    """
    saved: tuple[Tensor, ...] = ctx.saved_tensors  # type: ignore[attr-defined]  # torch's types do not know it
    again = torch.is_grad_enabled()
    with torch.enable_grad():
        inputs = [each.view_as(each) for each in saved[1:]]  # what one has to do with another is not for this layer
        asked = [tensor for tensor in inputs if tensor.requires_grad]
        outputs = ctx.layer.run_in_torch(*inputs)  # type: ignore[attr-defined]  # set by `forward`
    found = iter(torch.autograd.grad(outputs, asked, gradients, create_graph=again, allow_unused=True))
    return [next(found) if tensor.requires_grad else None for tensor in inputs]


def _batched(gradient: Tensor) -> bool:
    """Whether this stands for many gradients, as where a Jacobian is made of vectors."""
    functorch = torch._C._functorch  # noqa: SLF001 - torch has no public name for it
    return functorch.is_legacy_batchedtensor(gradient) or functorch.is_batchedtensor(gradient)
