"""A question: one number of a model's answer to each of some sequences, and what is asked of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqloom.errors import DataError
from seqloom.model import SequenceModel
from seqloom.prepare import Examples
from seqloom.sequence import Batch, Packed
from seqloom.tasks import TASKS, Explained

Floats = NDArray[np.float64]
ON_THE_PROCESSOR = ("order", "target_lengths")
"""Parts of a batch that are read by the processor, wherever the network is."""
NEAR = 0.1
"""Standard deviations of the answers by which a number may move and still count as the same answer."""


@dataclass(frozen=True)
class Question:
    """One number of a model's answer to each of some sequences: `scores(...)[b, chosen[b]]`.

    Args:
        model: the model.
        explained: which number that is.
        examples: the sequences, in the order they were asked for.
        batch: the same, packed, on the model's device.
        chosen: which of the scores is followed, for each sequence of the batch, [B].
        before: all scores of the sequences as they are, [B, M].
    """

    model: SequenceModel
    explained: Explained
    examples: Examples
    batch: Batch
    chosen: Tensor
    before: Tensor

    @property
    def what(self) -> str:
        """The number in words."""
        return self.explained.what

    @property
    def values(self) -> Tensor:
        """The number for the sequences as they are, [B]."""
        return self.before[torch.arange(len(self.chosen), device=self.chosen.device), self.chosen]

    @property
    def tolerance(self) -> float:
        """How far the number may move and still be the same answer, where it is no choice between classes."""
        spread = float(self.values.std()) if len(self.chosen) > 1 else float(self.values.abs().mean())
        return NEAR * spread

    def scores(self, batch: Batch) -> Tensor:
        """All scores of changed sequences, [B, M], differentiable."""
        return self.explained.scores(self.model, batch)

    def value(self, batch: Batch) -> Tensor:
        """The number for changed sequences, [B], differentiable."""
        return self.scores(batch)[torch.arange(len(self.chosen), device=self.chosen.device), self.chosen]

    def effect(self, batch: Batch) -> Tensor:
        """By how much the number is lower for changed sequences, [B]."""
        with torch.no_grad():
            return self.values - self.value(batch)

    def kept(self, batch: Batch) -> Tensor:
        """Whether the answer to changed sequences is still the same, [B]."""
        with torch.no_grad():
            return self.explained.kept(self.before, self.scores(batch), self.chosen, self.tolerance)

    def with_model(self, model: SequenceModel) -> "Question":
        """The same number of another model's answer."""
        with at_rest(model), torch.no_grad():
            return replace(self, model=model, before=self.explained.scores(model, self.batch))

    def apart(self, rows: Tensor) -> tuple[Floats, ...]:
        """Packed rows, [N, ...], as one array for each sequence, in the order they were asked for."""
        return apart(self.batch, rows)

    def each(self, values: Tensor) -> Floats:
        """One number for each sequence, [B], in the order they were asked for."""
        as_asked = torch.argsort(self.batch.order)
        return values.detach().cpu()[as_asked].numpy().astype(np.float64)


def ask(model: SequenceModel, examples: Examples) -> Question:
    """The question of the model's task about some examples.

    Args:
        model: a model of any task, on any device.
        examples: what it is asked, few enough for one batch.

    Raises:
        DataError: there are none.
    """
    if not len(examples):
        raise DataError("examples", expected="at least one sequence to explain", came="none", fix="give more data")
    explained = TASKS[model.task].explained
    with at_rest(model), torch.no_grad():
        batch = explained.settle(model, moved(examples.batch(np.arange(len(examples))), device_of(model)))
        before = explained.scores(model, batch)
    return Question(model, explained, examples, batch, before.argmax(dim=1), before)


@contextmanager
def at_rest(model: torch.nn.Module) -> Iterator[None]:
    """The model as it answers, without dropout; afterwards every part of it is in the mode it was in."""
    modes = {module: module.training for module in model.modules()}
    model.eval()
    try:
        yield
    finally:
        for module, mode in modes.items():
            module.training = mode


def apart(batch: Batch, rows: Tensor) -> tuple[Floats, ...]:
    """Packed rows of a batch, [N, ...], as one array for each sequence, in the order they were asked for."""
    packing = batch.numbers
    by_sequence = torch.argsort(packing.sequence_rows, stable=True)
    parts = torch.split(rows.detach().cpu()[by_sequence], packing.lengths.tolist())
    return tuple(parts[place].numpy().astype(np.float64) for place in torch.argsort(batch.order).tolist())


def device_of(model: torch.nn.Module) -> torch.device:
    """Where the weights of a model are."""
    return next(model.parameters()).device


def moved(batch: Batch, device: torch.device) -> Batch:
    """The batch with its numbers and codes on a device."""
    if device.type == "cpu":
        return batch
    tensors = {field.name: getattr(batch, field.name) for field in fields(batch)}
    there = {
        name: value.to(device)
        for name, value in tensors.items()
        if isinstance(value, Tensor) and name not in ON_THE_PROCESSOR
    }
    rows = Packed(batch.numbers.values.to(device), batch.numbers.sizes)
    return replace(batch, numbers=rows, **there)
