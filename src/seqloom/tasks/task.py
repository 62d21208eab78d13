"""What a task is: all that the rooms above the models must know of it, said in one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import torch

from seqloom.alternatives import Alternative, Alternatives
from seqloom.evaluate import Against, Trial
from seqloom.model import SequenceModel
from seqloom.prepare import Examples, Pipeline
from seqloom.read import ReadSettings
from seqloom.report import Section, Sketch
from seqloom.sequence import Schema
from seqloom.tasks.explained import Explained
from seqloom.tasks.rivals import Net

Model = TypeVar("Model", bound=SequenceModel)
Answer = TypeVar("Answer")

COLUMNS = ("scaling", "scale_by", "encoding", "missing", "unseen", "calendar")
"""Settings about the columns of a table, for tasks that ignore them: all they read is what they predict."""


@dataclass(frozen=True)
class Answered(Generic[Model, Answer]):
    """What a model answered, and all that is needed to judge and to show it.

    Args:
        model: the model.
        pipeline: its fitted preparation.
        examples: what it was asked.
        prediction: what it answered, in the units of the data.
        alternatives: what it is compared with.
        training: what it learned from; None where that is not at hand.
    """

    model: Model
    pipeline: Pipeline
    examples: Examples
    prediction: Answer
    alternatives: Alternatives
    training: Examples | None = None


def _nothing(*_: object) -> None:
    """What most tasks do."""


def _no_alternatives(season: int) -> Alternatives:
    """Most have to learn something."""
    return Alternatives((), {}, season)


@dataclass(frozen=True, kw_only=True)
class Task(Generic[Model, Answer]):
    """A kind of answer.

    Args:
        model: the class of its models.
        title: what stands above its reports.
        subject: what is predicted, in words, as it comes after "expected" and "came".
        metrics: those shown in a terminal, in order; reports and JSON have all.
        alternatives: what a model has to beat, in the order they are printed.
        thorough: what it is compared with besides where time does not matter, of sequences of numbers.
        rivals: other nets, trained as the model is where time does not matter.
        of_texts: the same where sequences are texts; empty: the same ones.
        of_sounds: the same where sequences are recordings; empty: the same ones.
        untrained: the alternatives that need no training part, given the steps of a season.
        trial: how answers are measured, example by example.
        sections: what its report shows beside what all reports do.
        explained: the number of each answer that explanations follow.
        sketch: what a terminal shows, if anything.
        poses: whether a data set with this schema poses the task by itself; no two tasks may say so of the same one.
        reading: what it asks of the reader, as changed fields of its settings.
        listens: settings that only those tasks listen to which list them.
        ignores: settings that all tasks listen to but those which list them here.
        start: sets weights that are known before training, given model, training examples and seed.
        calibrate: sets the buffers that are measured on validation examples.
        measured: the names of those buffers.
        seasonal: whether a season is looked for.
        comparable: whether losses of the training and the validation part measure the same.
    """

    model: type[Model]
    title: str
    subject: str
    metrics: tuple[str, ...]
    alternatives: tuple[type[Alternative], ...]
    thorough: tuple[type[Alternative], ...] = ()
    rivals: Mapping[str, Net] = field(default_factory=dict)
    of_texts: tuple[type[Alternative], ...] = ()
    of_sounds: tuple[type[Alternative], ...] = ()
    untrained: Callable[[int], Alternatives] = _no_alternatives
    trial: Callable[[Answered[Model, Answer]], Trial]
    sections: Callable[[Answered[Model, Answer]], tuple[Section, ...]]
    explained: Explained
    sketch: Callable[[Answered[Model, Answer]], Sketch] | None = None
    poses: Callable[[Schema], bool] = lambda _: False
    reading: Callable[[ReadSettings], Mapping[str, Any]] = lambda _: {}
    listens: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()
    start: Callable[[Model, Examples, int], None] = _nothing
    calibrate: Callable[[Model, Examples], None] = _nothing
    measured: tuple[str, ...] = ()
    seasonal: bool = False
    comparable: bool = True

    @property
    def name(self) -> str:
        """How settings and artifacts call it."""
        return self.model.task

    def alternatives_for(self, training: Examples, against: Against = "quick") -> tuple[type[Alternative], ...]:
        """What a model of these examples has to beat.

        Args:
            training: the examples.
            against: how much time there is.
        """
        if against == "none":
            return ()
        if training.prepared.text is not None and self.of_texts:
            return self.of_texts
        quick = self.of_sounds if training.prepared.sound and self.of_sounds else self.alternatives
        return quick if against == "quick" else tuple(dict.fromkeys((*quick, *self.thorough)))

    def methods_for(self, training: Examples) -> tuple[type[Alternative], ...]:
        """What of that can be fitted and saved instead of a network, however slow."""
        return self.alternatives_for(training, "full")

    def adopt(self, model: Model, other: Model) -> None:
        """Take over what another model of the task measured on validation examples."""
        theirs = dict(other.named_buffers())
        with torch.no_grad():
            for name, buffer in model.named_buffers():
                if name in self.measured:
                    buffer.copy_(theirs[name])
