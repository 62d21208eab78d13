"""What of an answer is explained: for each sequence a few numbers, of which one is picked and then followed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from seqloom.loss import frame_losses
from seqloom.model import TranscribeModel, TranslateModel
from seqloom.sequence import Batch, Ragged

SMALLEST = 1e-30
"""Probabilities are taken to be at least this much, so that their logarithms are finite."""

Kept = Callable[[Tensor, Tensor, Tensor, float], Tensor]
"""Whether answers are still the same, [B], given scores [B, M], the picked ones [B, M], places [B], and a tolerance."""
Telling = Callable[[Any, Batch], Tensor]
"""How much there is to explain at each row, [N], given a model and a batch."""


@dataclass(frozen=True)
class Explained:
    """What of an answer is explained.

    Args:
        what: the picked number in words, as it stands after "the effect on".
        scores: the numbers one is picked from, differentiable, given model and batch, [B, M].
        kept: whether the answer to a changed sequence is still the same, given the scores of before and after.
        settle: the batch with what must not change while it is changed.
        telling: how much there is to explain at each row, where few of them matter; what is looked at closely then ends
            at such rows. None: they matter alike.
    """

    what: str
    scores: Callable[[Any, Batch], Tensor]
    kept: Kept
    settle: Callable[[Any, Batch], Batch] = lambda _, batch: batch
    telling: Telling | None = None


def same_largest(before: Tensor, after: Tensor, chosen: Tensor, tolerance: float) -> Tensor:  # noqa: ARG001 - as `Kept`
    """Whether the picked score is still the largest."""
    return after.argmax(dim=1) == chosen


def same_sign(before: Tensor, after: Tensor, chosen: Tensor, tolerance: float) -> Tensor:  # noqa: ARG001 - as `Kept`
    """Whether the picked score is still on its side of zero."""
    rows = torch.arange(len(chosen), device=chosen.device)
    return (before[rows, chosen] > 0) == (after[rows, chosen] > 0)


def near(before: Tensor, after: Tensor, chosen: Tensor, tolerance: float) -> Tensor:
    """Whether the picked score has moved by no more than the tolerance."""
    rows = torch.arange(len(chosen), device=chosen.device)
    return (before[rows, chosen] - after[rows, chosen]).abs() <= tolerance


def same_size(before: Tensor, after: Tensor, chosen: Tensor, tolerance: float) -> Tensor:  # noqa: ARG001 - as `Kept`
    """Whether the picked score, which is positive, is neither below half of what it was nor above twice that."""
    rows = torch.arange(len(chosen), device=chosen.device)
    return (torch.log2(after[rows, chosen]) - torch.log2(before[rows, chosen])).abs() <= 1


def log_odds(probabilities: Tensor) -> Tensor:
    """Log-odds of each class against all others together, [B, K]; rows of the input sum to 1.

    Example:
        >>> [round(odds, 3) for odds in log_odds(torch.tensor([[0.75, 0.25]]))[0].tolist()]
        [1.099, -1.099]
    """
    others = (probabilities.sum(dim=1, keepdim=True) - probabilities).clamp(min=SMALLEST)
    return probabilities.clamp(min=SMALLEST).log() - others.log()


def last_rows(batch: Batch) -> Tensor:
    """The row of the last step of each sequence, [B]."""
    return batch.numbers.last_rows


def middle_rows(batch: Batch) -> Tensor:
    """The row of the middle step of each sequence, [B]."""
    packing = batch.numbers
    return packing.starts[(packing.lengths - 1) // 2] + torch.arange(packing.batch_size)


def _values(model: Any, batch: Batch) -> Tensor:  # noqa: ANN401 - a model of values
    values: Tensor = model.predict(batch)["values"]
    if values.ndim > 2:  # noqa: PLR2004 - a forecast, [B, P, C]
        return values.mean(dim=1)
    return values[last_rows(batch)] if model.sizes.per_step else values


def _of_sequences(model: Any, batch: Batch) -> Tensor:  # noqa: ANN401 - a model of classes
    """Log-odds of the classes of each sequence, or of its middle step where each has one."""
    probabilities = model.predict(batch)["probabilities"]
    return log_odds(probabilities[middle_rows(batch)] if model.sizes.per_step else probabilities)


def _of_last_rows(model: Any, batch: Batch) -> Tensor:  # noqa: ANN401 - a model of what comes next
    return log_odds(model.predict(batch)["probabilities"][last_rows(batch)])


def _independent(model: Any, batch: Batch) -> Tensor:  # noqa: ANN401 - a model of labels
    """Log-odds of labels of which each is given or not for itself."""
    logits = torch.logit(model.predict(batch)["probabilities"], eps=1e-7)
    return torch.as_tensor(logits)


def _came(model: Any, batch: Batch) -> Tensor:  # noqa: ANN401 - a language model
    return torch.as_tensor(model.predict(batch)["log_probability"][last_rows(batch)].unsqueeze(1))


def _away(model: Any, batch: Batch) -> Tensor:  # noqa: ANN401 - a model of anomalies
    """The distance of each row, [N]; of a row of which nothing is expected next to 0, with a gradient of 0."""
    return torch.as_tensor(model.distance(batch).clamp(min=SMALLEST).sqrt())


def _distance(model: Any, batch: Batch) -> Tensor:  # noqa: ANN401 - a model of anomalies
    return _away(model, batch)[last_rows(batch)].unsqueeze(1)


def _frame(model: Any, batch: Batch) -> Tensor:  # noqa: ANN401 - a model of frames
    return -frame_losses(model.predict(batch)["logits"], batch.target)[last_rows(batch)].unsqueeze(1)


def _written(model: TranscribeModel | TranslateModel, batch: Batch) -> Tensor:
    return model.log_probability(batch).unsqueeze(1)


def _own_answer(model: TranscribeModel | TranslateModel, batch: Batch) -> Batch:
    """The batch with what the model itself writes as the target."""
    with torch.no_grad():
        symbols = model.predict(batch)["symbols"]
    if not isinstance(symbols, Ragged):
        raise TypeError(type(symbols))
    return replace(batch, target=symbols.values, target_lengths=symbols.lengths)


CLASS = Explained("the log-odds of the predicted class", _of_sequences, same_largest)
"""A class for each sequence."""
LABELS = Explained("the log-odds of the most probable label", _independent, same_sign)
"""Any number of labels for each sequence."""
VALUE = Explained("the predicted value, in scaled units", _values, near)
"""A number for each sequence, or for its last step."""
AHEAD = Explained("the mean of the forecast, in scaled units", _values, near)
"""Numbers ahead of each sequence."""
MIDDLE_CLASS = Explained("the log-odds of the class predicted for the middle step", _of_sequences, same_largest)
"""A class for each step: that of the middle one, with as much before it as behind it."""
NEXT_CLASS = Explained("the log-odds of the type predicted to come next", _of_last_rows, same_largest)
"""What follows the last step."""
NEXT_TOKEN = Explained("the logarithm of the probability of the token that came next", _came, near)
"""The token after the last one that was read."""
STRANGE = Explained("the distance of the last step from what is usual", _distance, same_size, telling=_away)
"""The last step of stretches that end at strange ones, given those before it."""
NEXT_FRAME = Explained("the log-likelihood of the frame that came last", _frame, near)
"""The last frame, given those before it."""
WRITTEN = Explained("the log-probability of the text the model wrote", _written, near, _own_answer)
"""A text."""
