"""Small prepared data sets to judge on."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from seqloom.prepare import Examples, Pipeline, PrepareSettings, Split, windows
from seqloom.sequence import (
    Array,
    Column,
    PreparedDataset,
    Schema,
    SequenceDataset,
)

Maker = Callable[..., Examples]


def prepared_of(
    numbers: Sequence[Array], targets: Array, *, times: Array | None = None, keys: Sequence[str] = (), **more: Array
) -> PreparedDataset:
    """Sequences with these step features, each [n, F]."""
    count, width = len(numbers), numbers[0].shape[1]
    offsets = np.concatenate([[0], np.cumsum([len(rows) for rows in numbers])])
    fields = {
        "codes": np.zeros((offsets[-1], 0), np.int32),
        "code_sizes": (),
        "static_numbers": np.zeros((count, 0), np.float32),
        "static_codes": np.zeros((count, 0), np.int32),
    } | more
    steps = fields["codes"].shape[1]
    return PreparedDataset(
        offsets=offsets,
        numbers=np.concatenate(numbers).astype(np.float32),
        number_names=tuple(f"x{place}" for place in range(width)),
        known=np.zeros(width, np.bool_),
        code_names=tuple(f"c{place}" for place in range(steps)),
        known_codes=np.zeros(steps, np.bool_),
        targets=targets,
        target_names=tuple(f"y{place}" for place in range(targets.shape[1] if targets.ndim > 1 else 1)),
        times=times,
        keys=np.array(keys if len(keys) else [f"s{place}" for place in range(count)]),
        **fields,
    )


@pytest.fixture
def make_windows() -> Maker:
    """Windows over series of targets, each [n] or [n, C]; all of them in one part."""

    def make(
        *series: Array, lookback: int, horizon: int, times: Array | None = None, keys: Sequence[str] = (), **more: bool
    ) -> Examples:
        columns = [np.asarray(rows, np.float32).reshape(len(rows), -1) for rows in series]
        empty = [np.zeros((len(rows), 0)) for rows in columns]
        prepared = prepared_of(empty, np.concatenate(columns), times=times, keys=keys)
        begin, end = prepared.offsets[:-1], prepared.offsets[1:]
        return windows(
            prepared,
            Split(np.stack([begin, end, end, end], axis=1)),
            "train",
            lookback=lookback,
            horizon=horizon,
            independent=more.get("independent", False),
        )

    return make


@pytest.fixture
def make_sequences() -> Maker:
    """Whole sequences with step features, each [n, F], and targets: classes [S], values [S, C] or [steps, C]."""

    def make(*numbers: Array, targets: Array, **more: Array) -> Examples:
        prepared = prepared_of(numbers, np.asarray(targets), **more)
        return Examples(prepared, np.arange(len(numbers)), prepared.offsets[:-1], prepared.offsets[1:])

    return make


@pytest.fixture
def make_texts(make_sequences) -> Maker:
    """Texts of these tokens, each [n] of numbers below `size`, and their targets."""

    def make(*tokens: Array, targets: Array, size: int = 9) -> Examples:
        numbers = [np.zeros((len(own), 0)) for own in tokens]
        codes = np.concatenate(tokens).astype(np.int32)[:, None]
        return make_sequences(*numbers, targets=targets, codes=codes, code_sizes=(size,), text=0)

    return make


@pytest.fixture
def make_pairs(make_texts) -> Callable[[list[str], list[str | None]], Examples]:
    """Texts and their translations, None where there is none; tokens are of no interest."""

    def make(sources: list[str], translations: list[str | None]) -> Examples:
        examples = make_texts(*[np.zeros(2)] * len(sources), targets=np.zeros(len(sources)))
        columns = {"c0": np.array(sources, dtype=object), "y0": np.array(translations, dtype=object)}
        return replace(examples, prepared=replace(examples.prepared, texts=columns))

    return make


@pytest.fixture
def make_pipeline() -> Callable[..., Pipeline]:
    """A pipeline fitted on one series, so that scaled values times its spread plus its mean are its units."""

    def make(values: Array, *, per_step: bool = True) -> Pipeline:
        columns = np.asarray(values, np.float64).reshape(len(values), -1)
        names = [f"y{place}" for place in range(columns.shape[1])]
        role = [Column(name=name, kind="number", role="target") for name in names]
        schema = Schema(columns=tuple(role), per_step_target=per_step)
        table = {name: columns[:, place] for place, name in enumerate(names)}
        count = 1 if per_step else len(columns)
        offsets = np.linspace(0, len(columns), count + 1).astype(np.int64)
        ends = np.stack([offsets[:-1], offsets[1:], offsets[1:], offsets[1:]], axis=1)
        dataset = SequenceDataset(
            schema, offsets, table if per_step else {}, {} if per_step else table, np.arange(count).astype(str)
        )
        return Pipeline.fit(dataset, Split(ends), PrepareSettings(), task="values", history=per_step)

    return make
