"""From the columns of a data set to the matrices of a prepared one, a chunk at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare import calendar
from seqloom.prepare.features import Features
from seqloom.prepare.storage import Storage
from seqloom.prepare.table import Table, known_ends
from seqloom.prepare.target import Block, ValueTargets
from seqloom.sequence import SequenceDataset


@dataclass(frozen=True)
class StepMatrices:
    """The rows of all steps: features [steps, F], codes [steps, E], targets and their history [steps, C] or None."""

    numbers: NDArray[np.float32]
    codes: NDArray[np.int32]
    targets: NDArray[np.float32] | None
    history: NDArray[np.float32] | None


def step_matrices(
    dataset: SequenceDataset, features: Features, periods: tuple[str, ...], targets: ValueTargets | None
) -> StepMatrices:
    """Transform the steps, into memory or, where columns are memory-mapped, onto disk.

    In the columns of `numbers` follow each other: features, calendar, indicators of the targets.

    Args:
        dataset: the columns.
        features: fitted features of the steps.
        periods: calendar periods.
        targets: fitted targets per step; None where targets are static.
    """
    ends = future_begins(dataset, targets)
    table = Table.of_steps(dataset, ends)
    storage = Storage(dataset.steps.values(), table.rows)
    width = len(features.number_names) + 2 * len(periods)
    width += len(targets.numbers.indicators) if targets else 0
    numbers = storage.sheet(width, np.float32)
    codes = storage.sheet(len(features.embedded), np.int32)
    wanted = targets.numbers.columns if targets else ()
    known = storage.sheet(len(wanted), np.float32)
    history = storage.sheet(len(wanted), np.float32) if targets and _has_gaps(table, targets) else None
    blocks = zip(table.chunks(), features.blocks(table), _target_blocks(table, targets), strict=True)
    for chunk, (some_numbers, some_codes), (values, filled, indicators) in blocks:
        times = np.empty(len(chunk)) if dataset.times is None else dataset.times[chunk.start : chunk.stop]
        numbers.append(np.concatenate([some_numbers, calendar.circle(times, periods), indicators], axis=1))
        codes.append(some_codes)
        known.append(values)
        if history is not None:
            history.append(filled)
    return StepMatrices(
        numbers.finish(),
        codes.finish(),
        known.finish() if targets else None,
        None if history is None else history.finish(),
    )


def static_matrices(dataset: SequenceDataset, features: Features) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Transform the static columns: numbers [S, G] and codes [S, E2]."""
    blocks = list(features.blocks(Table.of_statics(dataset)))
    return np.concatenate([numbers for numbers, _ in blocks]), np.concatenate([codes for _, codes in blocks])


def static_targets(dataset: SequenceDataset, targets: ValueTargets) -> NDArray[np.float32]:
    """Transform targets with one value per sequence, [S, C]."""
    return np.concatenate([known for known, _, _ in targets.blocks(Table.of_statics(dataset))])


def future_begins(dataset: SequenceDataset, targets: ValueTargets | None) -> NDArray[np.int64] | None:
    """Where the future of each sequence begins, [S], for forecasts; None for everything else."""
    if targets is None or not targets.history:
        return None
    return known_ends([dataset.steps[column.name] for column in targets.numbers.columns], dataset.offsets)


def _has_gaps(table: Table, targets: ValueTargets) -> bool:
    """Whether the history of the targets has missing values to be filled."""
    if not targets.history or targets.numbers.rules.missing == "reject":
        return False
    names = [column.name for column in targets.numbers.columns]
    return any(bool((np.isnan(chunk.column(name)) & ~chunk.future).any()) for chunk in table.chunks() for name in names)


def _target_blocks(table: Table, targets: ValueTargets | None) -> Iterator[Block]:
    if targets is not None:
        yield from targets.blocks(table)
        return
    for chunk in table.chunks():
        nothing = np.empty((len(chunk), 0), dtype=np.float32)
        yield nothing, nothing, nothing
