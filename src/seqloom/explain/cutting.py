"""Cutting out: what becomes of an answer when a part of the sequence was never there."""

from dataclasses import replace

import torch
from torch import Tensor

from seqloom.explain.attribution import Attribution
from seqloom.explain.occlusion import width_for
from seqloom.explain.question import Question, at_rest
from seqloom.sequence import Batch, Packed


def cut_out(question: Question, *, width: int | None = None) -> Attribution | None:
    """Windows of steps left out, one after the other, so that the sequence is shorter.

    The effect of a step is that of its window.

    Occlusion puts something in the place of what it takes away, and a model may read a message into that; sequences of
    any length need no such stand-in. On the other hand what came before and after the gap now touch. A window that is
    all of a sequence is not cut out, and its steps have the effect 0.

    Args:
        question: what is followed.
        width: steps of a window, counted from the last step; None: so that there are at most 32 windows.

    Returns:
        None where an answer is not about a whole sequence: steps that are forecast from, tagged or written by one.
    """
    if not _whole(question):
        return None
    width = width_for(question) if width is None else width
    packing = question.batch.numbers
    owner = packing.sequence_rows
    windows = (packing.lengths[owner] - 1 - packing.row_steps) // width
    several = packing.lengths > width
    effects = torch.zeros(len(windows))
    with at_rest(question.model):
        for window in range(int(windows.max()) + 1):
            away = (windows == window) & several[owner]
            if away.any():
                effects[away] = _effect(question, away)[owner[away]]
    method = "cutting steps out" if width == 1 else f"cutting {width} steps out"
    return Attribution(method, question.what, question.apart(effects))


def without(batch: Batch, away: Tensor) -> tuple[Batch, Tensor]:
    """The batch with some rows gone, at least one of each sequence being left.

    Args:
        batch: sequences with a target each.
        away: which of the packed rows go, bool, [N].

    Returns:
        The batch, packed anew, and for each of its sequences the place it had before, [B].
    """
    packing = batch.numbers
    owner, kept = packing.sequence_rows, ~away
    lengths = torch.zeros(packing.batch_size, dtype=torch.int64).index_add(0, owner, kept.long())
    order = torch.argsort(lengths, descending=True, stable=True)
    before = torch.nonzero(kept).squeeze(1)
    before = before[torch.argsort(owner[before], stable=True)]  # sequence by sequence, each in time
    step = torch.arange(len(before)) - torch.repeat_interleave(torch.cumsum(lengths, 0) - lengths, lengths)
    rank = torch.argsort(order)[owner[before]]
    rows = before[torch.argsort(step * packing.batch_size + rank)]
    sizes = (lengths.unsqueeze(1) > torch.arange(int(lengths.max()))).sum(dim=0)
    found = replace(
        batch,
        numbers=Packed(packing.values[rows], sizes),
        codes=batch.codes[rows],
        static_numbers=batch.static_numbers[order],
        static_codes=batch.static_codes[order],
        future_numbers=batch.future_numbers[order],
        future_codes=batch.future_codes[order],
        target=batch.target[order],
        order=batch.order[order],
    )
    return found, order


def _whole(question: Question) -> bool:
    """Whether an answer is about a sequence as a whole."""
    sizes, batch = question.model.sizes, question.batch
    one_each = len(batch.target) == batch.batch_size and batch.target_lengths is None
    return (
        one_each
        and question.model.target_kind in ("values", "classes", "labels")
        and not (sizes.per_step or sizes.horizon)
    )


def _effect(question: Question, away: Tensor) -> Tensor:
    """By how much the number is lower without some rows, [B]."""
    batch, order = without(question.batch, away)
    with torch.no_grad():
        scores = question.scores(batch)[torch.argsort(order)]
    found = question.values - scores[torch.arange(len(order)), question.chosen]
    return found.cpu()
