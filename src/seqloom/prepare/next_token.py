"""Targets of running text: at each token the one that follows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import SchemaError
from seqloom.sequence import Array, Column, SequenceDataset


@dataclass(frozen=True)
class NextTargets:
    """A text that is its own target, one token ahead.

    Args:
        column: the column of texts.
    """

    column: Column

    per_step = True

    @classmethod
    def fit(cls, dataset: SequenceDataset) -> "NextTargets":
        """Find the text.

        Raises:
            SchemaError: the target is no column of texts with a row per step, or there are other columns.
        """
        columns = dataset.schema.columns
        texts = [column for column in columns if column.kind == "text" and column.role == "target"]
        if len(texts) != 1 or len(columns) != 1 or not dataset.schema.per_step_target:
            raise SchemaError(
                dataset.source,
                expected="running text, or one column of texts and no other",
                came=", ".join(f"'{column.name}' of kind {column.kind}" for column in columns),
                fix="name a text file or a folder, or one --target and leave the other columns out with --ignore",
            )
        return cls(texts[0])

    @property
    def columns(self) -> tuple[Column, ...]:
        """The column of texts."""
        return (self.column,)

    @staticmethod
    def numbers(codes: Array, offsets: NDArray[np.int64]) -> NDArray[np.int64]:
        """The code of the token that follows each one in its sequence; -1 after the last.

        Args:
            codes: of the tokens, [steps].
            offsets: where each sequence begins, and where the last one ends, [S + 1].

        Example:
            >>> NextTargets.numbers(np.array([5, 6, 7, 8]), np.array([0, 3, 4])).tolist()
            [6, 7, -1, -1]
        """
        following = np.append(codes[1:], -1).astype(np.int64)
        following[offsets[1:][offsets[1:] > 0] - 1] = -1
        return following
