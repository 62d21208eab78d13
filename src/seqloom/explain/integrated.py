"""Gradients of an answer by its inputs: times the input, and integrated on the way from a neutral one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch import Tensor, nn

from seqloom.explain.attribution import Attribution
from seqloom.explain.inputs import inputs_of
from seqloom.explain.neutral import UNKNOWN, neutral_of
from seqloom.explain.question import Question, at_rest

POINTS = 24
"""Points of the way at which the gradient is taken."""


@dataclass
class _Looked:
    """The vectors that a network looked up for the codes of a batch, as leaves, and how far they are from neutral."""

    leaves: list[Tensor] = field(default_factory=list)
    ways: list[Tensor] = field(default_factory=list)
    features: list[int] = field(default_factory=list)


def gradient_times_input(question: Question) -> Attribution:
    """The gradient at the sequence itself times its distance from the neutral one: what a linear model would say.

    Source: Shrikumar et al., "Not just a black box" (2016).
    """
    return _along(question, [1.0], "gradient times input", promises=False)


def integrate(question: Question, *, points: int = POINTS) -> Attribution:
    """The mean gradient on the straight way from the neutral sequence, times the way.

    The attributions of a sequence sum to the difference between its number and that of the neutral sequence
    (completeness); `gap` says how far they are from that for as many points as were taken.

    Source: Sundararajan, Taly & Yan, "Axiomatic attribution for deep networks" (ICML 2017). Of categories and tokens
    the way goes from the vector of the unknown one; `points` are the middles of equal parts of the way.
    """
    return _along(question, [(k + 0.5) / points for k in range(points)], "integrated gradients", promises=True)


def _along(question: Question, places: list[float], method: str, *, promises: bool) -> Attribution:
    inputs, neutral = inputs_of(question.examples), neutral_of(question)
    packing = question.batch.numbers
    start = neutral.numbers[packing.sequence_rows]
    way = packing.values - start
    found = way.new_zeros(len(way), len(inputs.names))
    columns = torch.from_numpy(inputs.columns).to(way.device)
    with at_rest(question.model):
        for place in places:
            numbers = (start + place * way).detach().requires_grad_()
            batch = replace(question.batch, numbers=packing.with_values(numbers))
            with torch.enable_grad(), _looking(question, inputs.codes, inputs.numbers, place) as looked:
                total = question.value(batch).sum()
                sources = [numbers, *looked.leaves]
                gradients = torch.autograd.grad(total, sources, allow_unused=True)
            if gradients[0] is not None:
                found.index_add_(1, columns, gradients[0] * way)
            for gradient, own, feature in zip(gradients[1:], looked.ways, looked.features, strict=True):
                if gradient is not None:
                    found[:, feature] += (gradient * own).sum(dim=-1).reshape(len(found), -1).sum(dim=1)
        found /= len(places)
        gap = _gap(question, found, start) if promises else None
    parts = question.apart(found)
    return Attribution(method, question.what, tuple(part.sum(axis=1) for part in parts), parts, inputs.names, gap)


def _gap(question: Question, found: Tensor, start: Tensor) -> float:
    """How far the sums are from the whole difference at most."""
    packing = question.batch.numbers
    codes = torch.full_like(question.batch.codes, UNKNOWN)
    neutral = replace(question.batch, numbers=packing.with_values(start), codes=codes)
    owner = packing.sequence_rows.to(found.device)
    sums = found.new_zeros(packing.batch_size).index_add(0, owner, found.sum(dim=1))
    return float((sums - question.effect(neutral)).abs().max())


@contextmanager
def _looking(question: Question, columns: int, first: int, place: float) -> Iterator[_Looked]:
    """Lookups of the batch's codes give vectors on the way from the unknown one, as leaves to take gradients by."""
    looked, codes = _Looked(), question.batch.codes

    def hook(module: nn.Module, given: tuple[Any, ...], vectors: Tensor) -> Tensor | None:
        asked = given[0]
        if not _is_view(asked, codes) or not isinstance(module, nn.Embedding):
            return None
        unknown = module.weight[UNKNOWN].detach()
        way = vectors.detach() - unknown
        leaf = (unknown + place * way).requires_grad_()
        looked.leaves.append(leaf)
        looked.ways.append(way)
        looked.features.append(first + asked.storage_offset() % columns)
        return leaf

    tables = [module for module in question.model.modules() if isinstance(module, nn.Embedding)]
    handles = [table.register_forward_hook(hook) for table in (tables if columns else [])]
    try:
        yield looked
    finally:
        for handle in handles:
            handle.remove()


def _is_view(part: Tensor, whole: Tensor) -> bool:
    """Whether one tensor lies in the memory of another."""
    return part.untyped_storage().data_ptr() == whole.untyped_storage().data_ptr()
