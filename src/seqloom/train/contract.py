"""What the loop asks of a model and of the examples; nothing more."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from pydantic import BaseModel
from torch import Tensor
from torch.nn import Parameter

from seqloom.nn import State
from seqloom.sequence import Batch


class Learner(Protocol):
    """A model that can be trained; every `SequenceModel` is one."""

    @property
    def settings(self) -> BaseModel:
        """What it was built from, to recognise it when training resumes."""

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """The mean training loss of a batch, and the state after its last step."""

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """The sum of the validation criterion (lower is better) over a batch, and how many terms it has."""

    def named_parameters(self) -> Iterator[tuple[str, Parameter]]:
        """The weights by name."""

    def state_dict(self) -> dict[str, Any]:
        """All tensors by name."""

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> object:
        """Take over all tensors by name."""

    def train(self, mode: bool = True) -> object:  # noqa: FBT001, FBT002 - torch's own signature
        """Switch dropout on or off."""


def snapshot(model: Learner) -> dict[str, Tensor]:
    """A copy of all tensors of the model."""
    return {name: tensor.detach().clone().contiguous() for name, tensor in model.state_dict().items()}
