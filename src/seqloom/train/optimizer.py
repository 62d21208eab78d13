"""The optimiser: which weights decay, and how each is moved."""

from collections.abc import Iterable

from torch.nn import Parameter
from torch.optim import SGD, Adam, AdamW, Optimizer, RMSprop

from seqloom.train.settings import ChosenSettings


def build_optimizer(named_parameters: Iterable[tuple[str, Parameter]], settings: ChosenSettings) -> Optimizer:
    """The optimiser the settings ask for.

    Matrices decay, vectors (biases and gains) do not: pulling those to zero shifts a model, it makes none simpler.
    """
    learned = [parameter for _, parameter in named_parameters if parameter.requires_grad]
    groups = [
        {"params": [parameter for parameter in learned if parameter.ndim > 1], "weight_decay": settings.weight_decay},
        {"params": [parameter for parameter in learned if parameter.ndim <= 1], "weight_decay": 0.0},
    ]
    groups = [group for group in groups if group["params"]]
    rate = settings.learning_rate
    if settings.optimizer == "sgd":
        return SGD(groups, lr=rate, momentum=settings.momentum)
    if settings.optimizer == "rmsprop":
        return RMSprop(groups, lr=rate)
    # fused: one call for all weights; three times as fast for the few small matrices of a recurrent layer
    kind = Adam if settings.optimizer == "adam" else AdamW
    return kind(groups, lr=rate, fused=True)


def set_rate(optimizer: Optimizer, rate: float) -> None:
    """Let the next update use this learning rate."""
    for group in optimizer.param_groups:
        group["lr"] = rate
