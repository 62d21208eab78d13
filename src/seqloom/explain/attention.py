"""Attention: the weights by which a model itself says what it reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from seqloom.explain.attribution import Attribution
from seqloom.explain.question import Floats, Question, at_rest
from seqloom.nn import Attention, AttentionPool


@dataclass(frozen=True)
class Alignments:
    """What each symbol of a text that was written read of its source.

    Args:
        weights: of each sequence, in the order asked for: a row for each symbol and one for the end, [R_b, T_b]; rows
            sum to 1.
    """

    weights: tuple[Floats, ...]


def attention(question: Question) -> Attribution | None:
    """The weight of each step in the summary of its sequence, mean over the networks; None: none pools by attention."""
    found: list[Tensor] = []

    def hook(module: nn.Module, given: Any, output: Any) -> None:  # noqa: ANN401, ARG001 - torch's signature
        if output[1] is not None:
            found.append(output[1].detach())

    _watch(question, AttentionPool, hook)
    if not found:
        return None
    return Attribution("attention", question.what, question.apart(torch.stack(found).mean(dim=0)))


def alignments(question: Question) -> Alignments | None:
    """What was read for each symbol of the model's own answer; None: it reads no source by attention."""
    found: list[tuple[Tensor, ...]] = []

    def hook(module: nn.Module, given: Any, output: Any) -> None:  # noqa: ANN401, ARG001 - torch's signature
        found.append(tuple(own.detach() for own in output.weights))

    _watch(question, Attention, hook)
    if not found:
        return None
    places = torch.argsort(question.batch.order).tolist()
    return Alignments(tuple(found[-1][place].cpu().numpy().astype(np.float64) for place in places))


def _watch(question: Question, kind: type[nn.Module], hook: Any) -> None:  # noqa: ANN401 - a hook of torch
    """Let the model answer once while its parts of some kind are watched."""
    with at_rest(question.model), hooked(question.model, kind, hook), torch.no_grad():
        question.value(question.batch)


@contextmanager
def hooked(model: nn.Module, kind: type[nn.Module], hook: Any, **options: bool) -> Iterator[None]:  # noqa: ANN401 - as above
    """A hook of torch on all parts of some kind, for a while."""
    handles = [part.register_forward_hook(hook, **options) for part in model.modules() if isinstance(part, kind)]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()
