"""What a monitor has to know of a model."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seqloom.artifact import Bundle
from seqloom.monitor.kept import reference_of
from seqloom.monitor.numbers import Numbers
from seqloom.monitor.reference import Reference
from seqloom.monitor.shares import Labels
from seqloom.monitor.usual import Usual

PROFILE = "monitor"
"""Where the profile of an artifact says what live streams are compared with."""


@dataclass(frozen=True)
class Input:
    """A column of readings.

    Args:
        name: of the column.
        labels: whether its values are labels.
        reference: what it was like in the training part; None: it is compared with its own first values.
    """

    name: str
    labels: bool
    reference: Reference | None = None


@dataclass(frozen=True)
class Facts:
    """What a monitor has to know of a model.

    Args:
        digest: of the artifact.
        task: of the model.
        targets: columns that are predicted.
        inputs: columns of readings that are watched.
        quality: how good answers were in the validation part, by signal.
    """

    digest: str
    task: str
    targets: tuple[str, ...]
    inputs: tuple[Input, ...]
    quality: Mapping[str, Reference]

    @classmethod
    def of(cls, bundle: Bundle) -> "Facts":
        """Those of an artifact; of one that was made without a profile for this nothing can be told."""
        profile = bundle.profile.get(PROFILE)
        plain: Mapping[str, Any] = profile if isinstance(profile, dict) else {}
        known = _references(plain.get("inputs"))
        schema = bundle.schema
        watched = (
            [(name, isinstance(reference, Labels)) for name, reference in known.items()]
            if known
            else [
                (column.name, column.kind == "category")
                for column in schema.columns
                if column.name in schema.step_columns and column.kind in {"number", "category"}
            ]
        )
        unknown = Labels.of([]), Numbers.of([])
        inputs = tuple(Input(name, labels, known.get(name, unknown[not labels])) for name, labels in watched)
        return cls(bundle.digest or "", bundle.task, schema.targets, inputs, _references(plain.get("quality")))

    @property
    def slowest(self) -> Usual | None:
        """The input that settles last: what follows from inputs settles no faster."""
        known = [one.reference.channels[0].usual for one in self.inputs if one.reference is not None]
        return max((usual for usual in known if usual is not None), key=lambda usual: usual.inflation, default=None)

    @property
    def signals(self) -> int:
        """How many are watched together: inputs, what is predicted, the state, and how good it is."""
        return len(self.inputs) + len(self.targets) + 2 + len(self.quality)


def profile_of(inputs: Mapping[str, Reference], quality: Mapping[str, Reference]) -> dict[str, Any]:
    """What an artifact keeps for its monitor.

    Args:
        inputs: what each column of readings was like in the training part.
        quality: how good answers were in the validation part.
    """
    return {
        "version": 1,
        "inputs": {name: reference.to_json() for name, reference in inputs.items()},
        "quality": {name: reference.to_json() for name, reference in quality.items()},
    }


def _references(plain: Any) -> dict[str, Reference]:  # noqa: ANN401 - whatever an artifact says
    if not isinstance(plain, dict):
        return {}
    found = {str(name): reference_of(own) for name, own in plain.items()}
    return {name: reference for name, reference in found.items() if reference is not None}
