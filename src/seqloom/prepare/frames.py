"""Frames of binary entries: each step is to be predicted from those before, so that it is target and input alike."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SchemaError
from seqloom.prepare.settings import PrepareSettings
from seqloom.sequence import Column, SequenceDataset, spans

START = "start"
"""The input that says that a step is the first of its sequence."""
HALF = 0.5


@dataclass(frozen=True)
class FrameTargets:
    """Columns whose steps are frames of entries that are on or off.

    Args:
        columns: the entries, in the order of the frame.
        threshold: value from which on an entry is on.
    """

    columns: tuple[Column, ...]
    threshold: float

    @property
    def per_step(self) -> bool:
        """Whether there is a target at each step: always."""
        return True

    @classmethod
    def fit(cls, dataset: SequenceDataset, rows: NDArray[np.int64], settings: PrepareSettings) -> "FrameTargets":
        """The threshold: the one of the settings, or halfway between the least and the greatest training value.

        Args:
            dataset: all parts.
            rows: where the training steps of each sequence start and stop, [S, 2].
            settings: the user's choices.

        Raises:
            SchemaError: columns besides the frames, or targets that are no numbers with a value per step.
            DataError: a value that is missing, or frames that are all alike.
        """
        columns = tuple(dataset.schema.column(name) for name in dataset.schema.targets)
        _refuse_others(dataset, columns)
        chosen = spans(rows[:, 0], rows[:, 1])
        low, high = np.inf, -np.inf
        for column in columns:
            _refuse_missing(dataset, column)
            values = dataset.steps[column.name][chosen]
            low, high = min(low, float(values.min())), max(high, float(values.max()))
        if not high > low:
            raise DataError(
                f"{dataset.source}, training part",
                expected="frames with entries that are on and others that are off",
                came=f"{low:g} throughout",
                fix="check the data, or enlarge the training part",
            )
        given = settings.threshold_on
        threshold = low + HALF * (high - low) if given is None else given
        if not low < threshold <= high:
            came, fix = f"{threshold:g}", "choose another --threshold-on"
            raise DataError(dataset.source, expected=f"a threshold above {low:g}, to {high:g}", came=came, fix=fix)
        return cls(columns, threshold)

    def frames(self, dataset: SequenceDataset) -> NDArray[np.float32]:
        """1 where an entry is on, 0 where it is off, [steps, K].

        Raises:
            DataError: a value is missing.
        """
        found = np.empty((dataset.total_steps, len(self.columns)), dtype=np.float32)
        for place, column in enumerate(self.columns):
            _refuse_missing(dataset, column)
            found[:, place] = dataset.steps[column.name] >= self.threshold
        return found


def before(frames: NDArray[np.float32], offsets: NDArray[np.int64]) -> NDArray[np.float32]:
    """The frame before each, as an input: zeros and a 1 in the last column at the start of a sequence, [steps, K + 1].

    Example:
        >>> before(np.array([[1.0], [0.0], [1.0]], dtype=np.float32), np.array([0, 2, 3])).tolist()
        [[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]]
    """
    shifted = np.zeros((len(frames), frames.shape[1] + 1), dtype=np.float32)
    shifted[1:, :-1] = frames[:-1]
    starts = offsets[:-1]
    shifted[starts] = 0
    shifted[starts, -1] = 1
    return shifted


def _refuse_others(dataset: SequenceDataset, columns: tuple[Column, ...]) -> None:
    others = [column.name for column in dataset.schema.columns if column not in columns]
    unfit = [column.name for column in columns if column.kind != "number" or column.name not in dataset.steps]
    if unfit or not columns:
        came = f"'{unfit[0]}'" if unfit else "none"
        fix = "leave --target out, or name columns of numbers"
        raise SchemaError(
            f"{dataset.source}, target", expected="columns of numbers with a value per step", came=came, fix=fix
        )
    if others:
        fix = f"leave them out with --ignore '{','.join(others[:8])}'"
        came = ", ".join(f"'{name}'" for name in others[:8])
        raise SchemaError(dataset.source, expected="no columns but those of the frames", came=came, fix=fix)


def _refuse_missing(dataset: SequenceDataset, column: Column) -> None:
    values = dataset.steps[column.name]
    if values.dtype.kind != "f":
        return
    if np.isnan(values).all():
        expected = f"a column '{column.name}', as in the data trained with"
        raise SchemaError(dataset.source, expected=expected, came="none", fix="give frames of the same width")
    if np.isnan(values).any():
        step = int(np.argmax(np.isnan(values)))
        where = dataset.place(column.name, step)
        raise DataError(where, expected="a value in every step", came="none", fix="fill it, or leave the sequence out")
