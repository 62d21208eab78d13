"""A model's recurrent layers watched while it answers a question."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from seqloom.explain.attention import hooked
from seqloom.explain.question import Question, at_rest
from seqloom.explain.trace import LayerTrace, trace
from seqloom.nn import Recurrent


@dataclass(frozen=True)
class Watched:
    """What the recurrences that read the steps of a batch did; the first is that of the first network.

    Args:
        recurrents: the layers of each.
        outputs: what each showed, [N, D * H].
        traces: each layer and direction, step by step.
    """

    recurrents: tuple[Recurrent, ...]
    outputs: tuple[Tensor, ...]
    traces: tuple[tuple[LayerTrace, ...], ...]


def watch(question: Question) -> tuple[Watched, Tensor]:
    """Let the model answer, its recurrences run step by step, so that gradients of the answer reach every state.

    Returns:
        What they did, and the number of each sequence, [B].
    """
    recurrents: list[Recurrent] = []
    outputs: list[Tensor] = []
    traces: list[tuple[LayerTrace, ...]] = []

    def hook(module: nn.Module, given: tuple[Any, ...], named: Any, result: Any) -> Any:  # noqa: ANN401, ARG001 - torch's
        state, rows = given
        if not isinstance(module, Recurrent) or rows.sizes is not question.batch.numbers.sizes:
            return None  # a decoder, which reads something else
        final, shown, found = trace(module, state, rows)
        recurrents.append(module)
        outputs.append(shown.values)
        traces.append(tuple(found))
        return final, shown

    with at_rest(question.model), hooked(question.model, Recurrent, hook, with_kwargs=True), torch.enable_grad():
        values = question.value(question.batch)
    return Watched(tuple(recurrents), tuple(outputs), tuple(traces)), values


def has_states(model: nn.Module) -> bool:
    """Whether a model has recurrent layers: others read sequences without a state."""
    return any(isinstance(part, Recurrent) for part in model.modules())
