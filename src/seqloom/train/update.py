"""One update of the weights: forward, backward, clip, move."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch.nn.utils import clip_grad_norm_, clip_grad_value_
from torch.optim import Optimizer

from seqloom.errors import TrainingError
from seqloom.nn import State
from seqloom.sequence import Batch
from seqloom.train.contract import Learner
from seqloom.train.settings import ChosenSettings
from seqloom.train.truncate import Known, asked, carried, stretches, terms


@dataclass(frozen=True)
class Updated:
    """What an update found.

    Args:
        loss: mean loss over the batch's terms, before the update.
        terms: target values the loss is about.
        gradient_norm: length of the gradient before clipping.
        state: after the batch's last step, cut off from its past; None: nothing was learned.
    """

    loss: float
    terms: int
    gradient_norm: float
    state: State | None = None


def update(
    model: Learner,
    optimizer: Optimizer,
    batch: Batch,
    settings: ChosenSettings,
    known: Known,
    state: State | None = None,
) -> Updated:
    """Move the weights once, down the gradient of the batch's mean loss.

    With `settings.truncate` the gradient is summed over stretches of that many steps, each started from the detached
    state of the one before; memory then grows with the stretch, not with the sequence. The gradient is clipped by
    norm first, then by value. A batch without any known target changes nothing.

    Args:
        model: what to train.
        optimizer: how it moves.
        batch: examples with targets.
        settings: truncation and clipping.
        known: where the columns known ahead stand, for truncation.
        state: where the batch's sequences start; None: the initial state.

    Raises:
        TrainingError: the loss or the gradient is not finite; the weights are still those before the update.
    """
    steps = settings.truncate or batch.numbers.steps
    count = asked(batch, steps)
    if count == 0:
        return Updated(0.0, 0, 0.0, state)
    optimizer.zero_grad()
    loss, state = _backward(model, stretches(batch, steps, known), count, state)
    weights = [weight for group in optimizer.param_groups for weight in group["params"]]
    norm = float(clip_grad_norm_(weights, settings.clip_norm or math.inf))
    if not (math.isfinite(loss) and math.isfinite(norm)):
        raise _diverged(f"a loss of {loss:g} and a gradient of length {norm:g}", settings)
    if settings.clip_value:
        clip_grad_value_(weights, settings.clip_value)
    optimizer.step()
    return Updated(loss, count, norm, None if state is None else carried(state, batch.batch_size))


def check_criterion(value: float, settings: ChosenSettings) -> None:
    """Refuse a validation criterion that is not finite.

    Raises:
        TrainingError: it is not.
    """
    if not math.isfinite(value):
        raise _diverged(f"a validation criterion of {value:g}", settings)


def _backward(model: Learner, parts: Iterable[Batch], count: int, state: State | None) -> tuple[float, State | None]:
    """Add the gradient of the mean loss over all parts, `count` terms together, to the weights.

    Returns:
        That loss, and the state after the last part.
    """
    losses = []
    for part in parts:
        loss, state = model.loss(part, None if state is None else carried(state, part.batch_size))
        here = terms(part.target)
        if here:
            share = loss * (here / count)
            torch.autograd.backward(share)
            losses.append(share.detach())
    return float(torch.stack(losses).sum()), state


def _diverged(came: str, settings: ChosenSettings) -> TrainingError:
    clipping = f"a smaller clip_norm than {settings.clip_norm:g}" if settings.clip_norm else "clip_norm=1"
    return TrainingError(
        "training",
        expected="finite numbers",
        came=came,
        fix=f"try a smaller learning_rate than {settings.learning_rate:g}, {clipping}, or scaling other than none",
    )
