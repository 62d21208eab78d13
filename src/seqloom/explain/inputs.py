"""What a model reads at each step, by name."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare import Examples

OWN_PAST = "its own past"
"""What the history of the target is called where examples are about one of several targets."""


@dataclass(frozen=True)
class Inputs:
    """The features of a step.

    Args:
        names: of all features, those of numbers first, then those of categories and tokens.
        columns: which feature each column of a batch's numbers belongs to, [g F].
        segment: rows of the data in one step.
        text: the feature that holds the tokens of a text; None: there is none.
    """

    names: tuple[str, ...]
    columns: NDArray[np.int64]
    segment: int = 1
    text: int | None = None

    @property
    def numbers(self) -> int:
        """How many features are numbers."""
        return int(self.columns.max(initial=-1)) + 1

    @property
    def codes(self) -> int:
        """How many features are categories or tokens."""
        return len(self.names) - self.numbers


def inputs_of(examples: Examples) -> Inputs:
    """The features of the steps of examples."""
    prepared = examples.prepared
    history: tuple[str, ...] = ()
    if examples.reads_targets:
        history = prepared.target_names if examples.channel is None else (OWN_PAST,)
    numbers = (*history, *prepared.number_names)
    columns = np.tile(np.arange(len(numbers), dtype=np.int64), examples.segment)
    text = None if prepared.text is None else len(numbers) + prepared.text
    return Inputs((*numbers, *prepared.code_names), columns, examples.segment, text)
