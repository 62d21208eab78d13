"""What a monitor has to know of a model."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from seqloom.artifact import Bundle
from seqloom.monitor.kept import reference_of
from seqloom.monitor.numbers import Numbers
from seqloom.monitor.reference import Reference
from seqloom.monitor.shares import Labels
from seqloom.monitor.usual import Usual

PROFILE = "monitor"
"""Where the profile of an artifact says what live streams are compared with."""
VERSION = 2
"""Of what stands there: 1 has no outputs. What a version does not have is compared with its own first values."""
STATE = ""
"""In place of the name of a signal: the state."""


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
        predictions: what was answered there, by signal; one that is missing is compared with its own first values.
        state: how large the state was there; None: it is compared with its own first values.
        settled: readings of a stream before its answers and its state are compared.
        longest: readings of the longest sequence they were measured on; None: however many there are.
        marks: columns that tell afterwards what was so.
    """

    digest: str
    task: str
    targets: tuple[str, ...]
    inputs: tuple[Input, ...]
    quality: Mapping[str, Reference]
    predictions: Mapping[str, Reference] = field(default_factory=dict)
    state: Reference | None = None
    settled: int = 0
    longest: int | None = None
    marks: tuple[str, ...] = ()

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
                if column.name in schema.step_columns
                and column.role != "mark"
                and column.kind in {"number", "category"}
            ]
        )
        unknown = Labels.of([]), Numbers.of([])
        inputs = tuple(Input(name, labels, known.get(name, unknown[not labels])) for name, labels in watched)
        marks, quality = schema.names("mark"), _references(plain.get("quality"))
        found = cls(bundle.digest or "", bundle.task, schema.targets, inputs, quality, marks=marks)
        return found._with_outputs(plain.get("outputs"))

    @property
    def slowest(self) -> Usual | None:
        """The input that settles last: what follows from inputs settles no faster."""
        known = [one.reference.channels[0].usual for one in self.inputs if one.reference is not None]
        return max((usual for usual in known if usual is not None), key=lambda usual: usual.inflation, default=None)

    @property
    def signals(self) -> int:
        """How many are watched together: inputs, what is predicted, the state, and how good it is."""
        return len(self.inputs) + max(len(self.targets) + 1, len(self.predictions)) + 1 + len(self.quality)

    def _with_outputs(self, plain: Any) -> "Facts":  # noqa: ANN401 - whatever an artifact says
        """What answers and states were like, as far as it can be told: they settle no faster than the inputs."""
        if not isinstance(plain, dict):
            return self
        slowest = self.slowest
        known = _references({**_mapping(plain.get("predictions")), STATE: plain.get("state")})
        slowed = {name: own if slowest is None else own.slowed(slowest) for name, own in known.items()}
        able = {name: own for name, own in slowed.items() if own.telling}
        settled, longest = plain.get("settled"), plain.get("longest")
        return replace(
            self,
            predictions={name: own for name, own in able.items() if name != STATE},
            state=able.get(STATE),
            settled=settled if type(settled) is int and settled > 0 else 0,
            longest=longest if type(longest) is int and longest > 0 else None,
        )


@dataclass(frozen=True)
class Outputs:
    """What live answers are compared with.

    Args:
        predictions: what was answered, by signal.
        state: how large the state was; None: nothing is carried.
        settled: readings of each stream that came before.
        longest: readings of the longest stream, where answers depend on how many came.
    """

    predictions: Mapping[str, Reference]
    state: Reference | None = None
    settled: int = 0
    longest: int | None = None


def profile_of(
    inputs: Mapping[str, Reference], quality: Mapping[str, Reference], outputs: Outputs | None = None
) -> dict[str, Any]:
    """What an artifact keeps for its monitor.

    Args:
        inputs: what each column of readings was like in the training part.
        quality: how good answers were in the validation part.
        outputs: what was answered there; None: nobody knows, and they are compared with their own first values.
    """
    found: dict[str, Any] = {"version": VERSION, "inputs": _plain(inputs), "quality": _plain(quality)}
    if outputs is not None:
        state = None if outputs.state is None else outputs.state.to_json()
        found["outputs"] = {
            "predictions": _plain(outputs.predictions),
            "state": state,
            "settled": outputs.settled,
            "longest": outputs.longest,
        }
    return found


def _plain(references: Mapping[str, Reference]) -> dict[str, Any]:
    return {name: reference.to_json() for name, reference in references.items()}


def _mapping(plain: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever an artifact says
    return {str(name): own for name, own in plain.items()} if isinstance(plain, dict) else {}


def _references(plain: Any) -> dict[str, Reference]:  # noqa: ANN401 - whatever an artifact says
    if not isinstance(plain, dict):
        return {}
    found = {str(name): reference_of(own) for name, own in plain.items()}
    return {name: reference for name, reference in found.items() if reference is not None}
