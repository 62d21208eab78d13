"""What a run is a run of: settings, model and data, to tell whether a checkpoint belongs to it."""

import hashlib
from dataclasses import fields
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from seqloom.errors import SettingsError
from seqloom.prepare import Examples
from seqloom.sequence import Batch, Packed
from seqloom.train.contract import Learner
from seqloom.train.settings import ChosenSettings

WITHOUT_EFFECT = {"checkpoint_minutes", "checkpoint_updates"}
SAMPLES = 64


class Identity(BaseModel):
    """Names and values that must agree for a run to be continued.

    Args:
        facts: the value of everything that shapes the final weights, by a name a reader understands.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: dict[str, Any]

    def check(self, saved: "Identity", where: str) -> None:
        """Refuse a checkpoint of another run.

        Raises:
            SettingsError: something differs; the message names it.
        """
        for name in self.facts | saved.facts:
            ours, theirs = self.facts.get(name), saved.facts.get(name)
            if ours != theirs:
                raise SettingsError(
                    where,
                    expected=f"the {name} of the run to be resumed ({theirs})",
                    came=f"{ours}",
                    fix="give the same, or train anew without resume",
                )


def identify(model: Learner, training: Examples, validation: Examples, settings: ChosenSettings) -> Identity:
    """The identity of the run that these would make."""
    facts: dict[str, Any] = settings.model_dump(mode="json", exclude=WITHOUT_EFFECT)
    facts |= {f"model's {name}": value for name, value in model.settings.model_dump(mode="json").items()}
    facts |= {f"shape of {name}": list(tensor.shape) for name, tensor in model.state_dict().items()}
    for part, examples in (("training", training), ("validation", validation)):
        facts[f"number of {part} examples"] = len(examples)
        facts[f"digest of the {part} examples"] = digest(examples)
    return Identity(facts=facts)


def digest(examples: Examples) -> str:
    """A hash of all lengths and of the content of some examples, evenly spread."""
    content = hashlib.sha256(np.ascontiguousarray(examples.lengths, dtype=np.int64).data)
    chosen = np.unique(np.linspace(0, len(examples) - 1, SAMPLES).astype(np.int64))
    for array in _arrays(examples.batch(chosen)):
        content.update(str(array.shape).encode())
        content.update(np.ascontiguousarray(array).data)
    return content.hexdigest()[:16]


def _arrays(batch: Batch) -> list[np.ndarray[Any, Any]]:
    values = [getattr(batch, field.name) for field in fields(batch)]
    tensors = [value.values if isinstance(value, Packed) else value for value in values if value is not None]
    return [tensor.numpy() for tensor in tensors]
