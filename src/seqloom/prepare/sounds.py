"""Recordings framed: a column of samples becomes columns of log-mel energies, a step for each frame."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import SchemaError
from seqloom.prepare.mel import Mel
from seqloom.prepare.settings import SoundSettings
from seqloom.prepare.storage import Storage
from seqloom.sequence import Column, SequenceDataset


@dataclass(frozen=True)
class FrameStarts:
    """Where the frames of each sample begin: as an array of one number a sample would say it, without the array.

    Args:
        samples: where each recording begins among the samples, and where the last one ends, [S + 1].
        frames: the same among the frames.
        hop: samples from one frame to the next.
    """

    samples: NDArray[np.int64]
    frames: NDArray[np.int64]
    hop: int

    def __getitem__(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The first frame that begins with or after each of these samples, or the end of its recording's frames."""
        owner = np.clip(np.searchsorted(self.samples, rows, side="right") - 1, 0, len(self.samples) - 2)
        within = -(-(rows - self.samples[owner]) // self.hop)
        last = rows >= self.samples[owner + 1]
        reached = np.minimum(self.frames[owner] + within, self.frames[owner + 1])
        found: NDArray[np.int64] = np.where(last, self.frames[owner + 1], reached)
        return found


@dataclass(frozen=True)
class Framed:
    """A data set of frames.

    Args:
        dataset: a column for each feature of a frame instead of the column of samples.
        starts: where the frames of each sample begin.
    """

    dataset: SequenceDataset
    starts: FrameStarts


@dataclass(frozen=True)
class Sounds:
    """A column of samples and the front end that makes frames of it.

    Args:
        column: the column.
        rate: samples per second.
        settings: how sounds become frames.
    """

    column: Column
    rate: int
    settings: SoundSettings

    @classmethod
    def of(cls, dataset: SequenceDataset, settings: SoundSettings) -> "Sounds | None":
        """The front end for the sound of a data set; None where it has none."""
        column = next((column for column in dataset.schema.columns if column.kind == "sound"), None)
        if column is None or dataset.schema.rate is None:
            return None
        sounds = cls(column, dataset.schema.rate, settings)
        _ = sounds.mel.filters  # settings that do not fit the rate are told before any work is done
        return sounds

    @cached_property
    def mel(self) -> Mel:
        """The front end."""
        return Mel(self.rate, self.settings)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of a frame."""
        return tuple(Column(name=name, kind="number", role=self.column.role) for name in self.mel.names)

    def frame(self, dataset: SequenceDataset) -> Framed:
        """The frames of all recordings, in memory, or on disk where the samples are memory-mapped.

        Raises:
            SchemaError: there is no such column, or it has another rate.
        """
        name = self.column.name
        if name not in dataset.steps or dataset.schema.rate != self.rate:
            came = "none" if name not in dataset.steps else f"{dataset.schema.rate}"
            expected = f"sound in column '{name}' at {self.rate} samples per second"
            fix = "read the recordings with the schema of the model"
            raise SchemaError(dataset.source, expected=expected, came=came, fix=fix)
        counts = self.mel.counts(dataset.lengths)
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        samples = dataset.steps[name]
        sheet = Storage([samples], int(offsets[-1])).sheet(len(self.mel.names), np.float32)
        for block in self.mel.blocks(samples, dataset.offsets):
            sheet.append(block)
        matrix = sheet.finish()
        schema = dataset.schema
        columns = tuple(
            each for column in schema.columns for each in (self.columns if column.name == name else (column,))
        )
        framed = replace(
            dataset,
            schema=schema.model_copy(update={"columns": columns, "rate": None}),
            offsets=offsets,
            steps={feature: matrix[:, place] for place, feature in enumerate(self.mel.names)},
            rows=None,
        )
        return Framed(framed, FrameStarts(dataset.offsets, offsets, self.mel.hop))
