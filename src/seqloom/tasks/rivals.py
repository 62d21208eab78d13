"""Nets that a model is compared with: the same settings but for what reads the steps, or for the steps' order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from seqloom.evaluate import SHUFFLED as SHUFFLED_NET
from seqloom.model import WHOLE, ModelSettings

OF_A_STATE: Mapping[str, Any] = MappingProxyType(
    {
        "activation": None,
        "remember": None,
        "variational_dropout": 0.0,
        "weight_dropout": 0.0,
        "learned_state": False,
        "recompute": False,
    }
)
"""Settings that only recurrent cells have, where they change nothing."""


@dataclass(frozen=True)
class Net:
    """A net to compare with.

    Args:
        title: how a sentence calls it.
        changes: its settings where they differ from those of the model.
        handicap: what it has to do without beside what it is meant to show, completing "it"; empty: nothing.
    """

    title: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    handicap: str = ""

    def settings(self, model: ModelSettings) -> ModelSettings:
        """Its settings, beside a model with these."""
        return model.model_copy(update=dict(self.changes))

    def differs(self, model: ModelSettings) -> bool:
        """Whether it is another net than the model."""
        return any(getattr(model, name) != value for name, value in self.changes.items() if name in ("cell", "order"))


def _whole(cell: str, title: str, **changes: Any) -> Net:  # noqa: ANN401 - settings
    return Net(title, {**OF_A_STATE, "cell": cell, "convolution": None, **changes})


NETS: Mapping[str, Net] = MappingProxyType(
    {
        "recurrent": Net("a GRU", {"cell": "gru"}),
        "cnn": _whole("cnn", "a convolutional net"),
        "tcn": _whole("tcn", "a temporal convolutional net"),
        "transformer": _whole("transformer", "a small Transformer", layers=2),
        "deep_sets": _whole("deep-sets", "a net blind to the order of steps"),
    }
)
"""Those of tasks that read sequences whole; the recurrent one stands beside models that are not."""
SHUFFLED: Mapping[str, Net] = MappingProxyType(
    {SHUFFLED_NET: Net("the same net with the steps in random order", {"order": "shuffled"})}
)


def rivals_of(nets: Mapping[str, Net], model: ModelSettings) -> dict[str, Net]:
    """Those of the nets that a model has to be compared with."""
    without = () if model.cell in WHOLE else ("recurrent",)
    return {name: net for name, net in nets.items() if name not in without and net.differs(model)}
