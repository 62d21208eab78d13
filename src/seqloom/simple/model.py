"""A model that answers by a simple method: what a network is compared with, saved and served like one."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from seqloom.alternatives import Alternative, reach_of
from seqloom.model import Chosen, Facts, InputSizes, ModelSettings, SequenceModel
from seqloom.nn import State
from seqloom.prepare import Examples, Part, Split
from seqloom.sequence import Array, Batch, PreparedDataset, Ragged

Matrix = NDArray[np.float64]


class SimpleModel(SequenceModel):
    """A fitted alternative in the place of a network; its examples and its answers are those of the task's network.

    What is measured on validation examples, such as the width of an interval, lies in buffers of the names that the
    network's have. Nothing is trained in batches.

    Args:
        settings: which method it is, and what the examples are.
        sizes: the sizes of the data.
        alternative: fitted.
    """

    network: ClassVar[type[SequenceModel]]
    heard: ClassVar[tuple[str, ...]] = ()
    """Settings of the network that are settings of the method, too."""

    def __init__(self, settings: ModelSettings, sizes: InputSizes, alternative: Alternative) -> None:
        super().__init__(settings, sizes)
        self.alternative = alternative

    def __init_subclass__(cls) -> None:
        """What a task is, its network says."""
        super().__init_subclass__()
        if hasattr(cls, "network"):
            cls.task, cls.by_steps = cls.network.task, cls.network.by_steps
            cls.target_kind, cls.preparation = cls.network.target_kind, cls.network.preparation

    @property
    def title(self) -> str:
        """How a sentence calls it."""
        return self.alternative.title

    @classmethod
    def build(cls, settings: ModelSettings, sizes: InputSizes) -> Self:
        """There is none before something was fitted."""
        raise NotImplementedError

    @classmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """What the network's task chooses, as far as it has a say."""
        chosen = cls.network.choose(settings, facts)
        values = {name: getattr(chosen.settings, name) for name in cls.heard}
        reasons = {name: why for name, why in chosen.reasons.items() if name in cls.heard}
        return Chosen(settings.model_copy(update=values), reasons)

    @classmethod
    def examples(cls, prepared: PreparedDataset, split: Split, part: Part, settings: ModelSettings) -> Examples:
        """Those of the network, all targets of a window together."""
        return cls.network.examples(prepared, split, part, _joint(settings))

    @classmethod
    def latest(cls, prepared: PreparedDataset, settings: ModelSettings) -> Examples:
        """Those of the network, all targets of a window together."""
        return cls.network.latest(prepared, _joint(settings))

    @classmethod
    def so_far(cls, prepared: PreparedDataset, settings: ModelSettings) -> Examples:
        """Those of the network, all targets of a window together."""
        return cls.network.so_far(prepared, _joint(settings))

    @property
    def reach(self) -> int | None:
        """Steps that the method looks at, those of the lookback included; None: all of a sequence."""
        found = reach_of(self.alternative)
        return None if found is None else max(found, self.fewest)

    @property
    def fewest(self) -> int:
        """The lookback of a forecast, whatever the method looks at beyond it; else one step."""
        return (self.settings.lookback or 1) if self.sizes.horizon else 1

    @abstractmethod
    def at_once(self, examples: Examples, *, ends: bool = False) -> dict[str, Array]:
        """The answers by name; see `SequenceModel.at_once`."""

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """There is none."""
        raise NotImplementedError

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """There is none."""
        raise NotImplementedError

    def predict(self, batch: Batch) -> Mapping[str, Tensor | Ragged]:
        """A batch does not hold what was before it; see `at_once`."""
        raise NotImplementedError

    def asked(self, examples: Examples, *shape: int) -> Matrix:
        """What the method answers.

        Args:
            examples: what is asked.
            shape: that the answer has to have.

        Raises:
            ValueError: it has another one.
        """
        answer: Matrix = np.asarray(self.alternative.predict(examples), dtype=np.float64)
        if answer.shape != shape:
            raise ValueError(f"expected an answer of shape {shape}, came {answer.shape}")
        return answer


def tempered(probabilities: Matrix, temperature: float) -> Matrix:
    """Probabilities whose logarithms are divided by a temperature, summing to 1 again.

    Args:
        probabilities: of each class, [N, K].
        temperature: above 0.

    Example:
        >>> tempered(np.array([[0.8, 0.2]]), 2.0).round(3).tolist()
        [[0.667, 0.333]]
    """
    if temperature == 1:
        return probabilities
    powers = (probabilities / probabilities.max(axis=1, keepdims=True)) ** (1 / temperature)
    shares: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _joint(settings: ModelSettings) -> ModelSettings:
    """Alternatives answer for all targets of a window at once."""
    return settings.model_copy(update={"channels": "joint"})
