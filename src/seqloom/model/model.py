"""The contract every model keeps: all that the rest of the house needs to know of a task."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Literal, NamedTuple, Self

from numpy.typing import NDArray
from torch import Tensor, nn

from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.model.widths import WidthRule
from seqloom.nn import State
from seqloom.prepare import Examples, Part, Pipeline, Split, sequences, whole_sequences
from seqloom.sequence import Array, Batch, Packed, Prediction, PreparedDataset, Ragged


@dataclass(frozen=True)
class Facts:
    """What the defaults of a task are chosen from.

    Args:
        lengths: steps of each sequence in the training part.
        season: steps after which the series repeats itself by its clock; 1: no season known.
        shortest_test: steps of the shortest test part; 0 where whole sequences are tested.
        per_step: whether targets have a value per step.
        targets: target columns.
        texts: whether the steps are tokens of texts.
        words: whether the steps are words.
        vocabulary: different tokens of a text, the unknown one included; 0: there is no text.
        ending: whether targets were made from where sequences end: no answer may rest on what follows.
        rarer: share of the rarer of two classes; 1: there are not two.
    """

    lengths: NDArray[Any]
    season: int = 1
    shortest_test: int = 0
    per_step: bool = False
    targets: int = 1
    texts: bool = False
    words: bool = False
    vocabulary: int = 0
    ending: bool = False
    rarer: float = 1.0


@dataclass(frozen=True)
class Chosen:
    """What a task chose where the user left it open.

    Args:
        settings: the model's, with every default filled in.
        reasons: why each one was chosen, by name.
        training: values for settings of the training this task has its own defaults for, by name.
        training_reason: why it has.
    """

    settings: ModelSettings
    reasons: dict[str, str]
    training: Mapping[str, object] = field(default_factory=dict)
    training_reason: str = "few sequences"


class Carried(NamedTuple):
    """What a model carries from one piece of a sequence to the next, and needs of the steps before.

    Args:
        state: of the recurrence, or of several side by side, [L * D, B, W] each.
        beside: what else sums up the steps so far, [B, W] each.
    """

    state: State
    beside: tuple[Tensor, ...] = ()


class Asked(NamedTuple):
    """After which steps of a batch an answer is wanted.

    Args:
        rows: the packed rows after which one is, in any order, [M].
        owner: which of these each packed row belongs to: it is one of the steps that were read for that answer, [N].
    """

    rows: Tensor
    owner: Tensor

    @classmethod
    def last(cls, rows: Packed) -> Self:
        """After the last step of every sequence."""
        return cls(rows.last_rows, rows.sequence_rows)


class SequenceModel(nn.Module, ABC):
    """A network for one task: how its examples are cut, what it learns, what it answers, how that is judged."""

    task: ClassVar[str]
    by_steps: ClassVar[bool]
    """Whether a split cuts every sequence in time, or deals out whole sequences."""
    target_kind: ClassVar[Literal["values", "classes", "labels", "symbols", "events", "next", "frames", "watched"]]
    preparation: ClassVar[Mapping[str, object]] = MappingProxyType({})
    """Values for settings of the preparation this task has its own defaults for, by name."""

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__()
        self.settings, self.sizes = settings, sizes

    @classmethod
    @abstractmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """Fill in what the settings leave open."""

    @classmethod
    def examples(
        cls,
        prepared: PreparedDataset,
        split: Split,
        part: Part,
        settings: ModelSettings,  # noqa: ARG003 - for tasks that cut their sequences
    ) -> Examples:
        """The examples of one part of the data: its whole sequences, unless the task cuts them otherwise."""
        return sequences(prepared, split, part)

    @classmethod
    def latest(cls, prepared: PreparedDataset, settings: ModelSettings) -> Examples:  # noqa: ARG003 - as above
        """The examples to predict where no truth is known: all sequences, unless the task cuts them otherwise."""
        return whole_sequences(prepared)

    @classmethod
    def so_far(cls, prepared: PreparedDataset, settings: ModelSettings) -> Examples:
        """The examples of `latest` and all before them, where `widths` follow what came true."""
        raise NotImplementedError  # other tasks answer one example without the others

    @classmethod
    def build(cls, settings: ModelSettings, sizes: InputSizes) -> Self:
        """A model with fresh weights."""
        return cls(settings, sizes)

    @abstractmethod
    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """The training loss of a batch.

        Args:
            batch: examples with targets.
            state: where the recurrence starts; None: its initial state.

        Returns:
            The mean loss, a scalar, and the state after the batch's last step.
        """

    @abstractmethod
    def criterion(self, batch: Batch) -> tuple[float, int]:
        """What validation adds up: the sum of the criterion over the batch, and how many terms it has."""

    @abstractmethod
    def predict(self, batch: Batch) -> Mapping[str, Tensor | Ragged]:
        """The answer by name, in scaled units, one row or some rows per sequence in the batch's own order."""

    @property
    def reach(self) -> int | None:
        """Steps up to the present that an answer is made of: 0 where `read_on` carries all it needs; None: all."""
        return None

    @property
    def widths(self) -> WidthRule | None:
        """How the widths of its intervals follow what comes true; None: they do not, or there are none."""
        return None

    @property
    def fewest(self) -> int:
        """Steps there must be before anything is answered, the present one included."""
        return self.reach or 1

    def at_once(self, examples: Examples, *, ends: bool = False) -> dict[str, Array] | None:  # noqa: ARG002 - as below
        """What `predict` answers, of a model that needs no batches for it; None: it does, as networks do.

        Args:
            examples: what is asked, see `outputs`.
            ends: whether of a value per step only those of the last step of each example are wanted.
        """
        return None

    def begin(self, count: int) -> Carried:
        """What is carried before the first step of `count` sequences, where `reach` is 0."""
        raise NotImplementedError  # other models need the steps themselves

    def read_on(self, batch: Batch, carried: Carried, asked: Asked) -> tuple[Mapping[str, Tensor], Carried]:
        """Answers after further steps, where `reach` is 0: what `predict` answers for sequences that end with them.

        Args:
            batch: the next steps, at least one of every sequence.
            carried: after the steps before, row `b` of sequence `b` of the batch.
            asked: after which of the steps an answer is wanted.

        Returns:
            The answers by name, [M, ...] each, and what is carried from the last step of each sequence.
        """
        raise NotImplementedError  # other models begin each sequence anew

    def read_rows(self, batch: Batch, state: State | None) -> tuple[Mapping[str, Tensor], State]:
        """What `predict` answers row by row from a state, and the state after it, for examples that are carried.

        Args:
            batch: the examples.
            state: where the recurrence starts; None: its initial state.
        """
        raise NotImplementedError  # other tasks begin each example anew

    @abstractmethod
    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> Prediction:
        """The answer in the units of the data.

        Args:
            outputs: what `predict` gave for all examples, by name, in the order of the examples.
            pipeline: the fitted preparation, to undo the scaling.
            examples: what was predicted.
        """

    def answer(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> Prediction:
        """The same of what `read_on` gave, one row for each example."""
        return self.prediction(outputs, pipeline, examples)

    @property
    def parameter_count(self) -> int:
        """How many weights are learned."""
        return sum(parameter.numel() for parameter in self.parameters() if parameter.requires_grad)


def hidden_size_for(steps: int) -> int:
    """A width for this many training steps: 16 below 500, doubling with every tenfold, at most 128.

    Example:
        >>> [hidden_size_for(steps) for steps in (100, 2_000, 20_000, 500_000)]
        [16, 32, 64, 128]
    """
    for limit, size in ((500, 16), (5_000, 32), (50_000, 64)):
        if steps < limit:
            return size
    return 128
