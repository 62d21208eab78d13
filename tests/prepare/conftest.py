"""Data sets and prepared data, made by hand."""

from collections.abc import Mapping

import numpy as np
import pytest

from seqloom.sequence import Column, PreparedDataset, Schema, SequenceDataset
from tests.evaluate.conftest import make_sequences as make_sequences
from tests.evaluate.conftest import make_windows as make_windows


def make_dataset(  # noqa: PLR0913 - one argument for each part of a data set
    steps: Mapping[str, list],
    *,
    lengths=None,
    statics: Mapping[str, list] | None = None,
    target="y",
    known=(),
    times=None,
    keys=None,
    per_step_target=None,
    texts=(),
):
    """A data set from plain lists: strings become categories (None: missing) or texts, everything else numbers."""
    statics = statics or {}
    count = len(next(iter(steps.values()))) if steps else 0
    lengths = [count] if lengths is None else lengths
    targets = target.split(",") if target else []
    per_step = all(name in steps for name in targets) if per_step_target is None else per_step_target
    categories, columns, arrays = {}, [], {}
    for name, values in {**steps, **statics}.items():
        is_text = isinstance(values, list) and any(isinstance(value, str) for value in values)
        if is_text:
            labels = tuple(dict.fromkeys(value for value in values if value is not None))
            categories[name] = labels
            arrays[name] = np.array([-1 if value is None else labels.index(value) for value in values])
        else:
            arrays[name] = values if isinstance(values, np.ndarray) else np.array(values, dtype=np.float64)
        role = "target" if name in targets else "static" if name in statics else "known" if name in known else "past"
        kind = "text" if name in texts else "category" if is_text else "number"
        columns.append(Column(name=name, kind=kind, role=role))
    clock = None if times is None else np.asarray(times)
    if clock is not None and clock.dtype.kind == "M":
        clock = clock.astype("datetime64[us]")
    return SequenceDataset(
        schema=Schema(
            columns=tuple(columns), time=None if times is None else "date", group="id", per_step_target=per_step
        ),
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        steps={name: arrays[name] for name in steps},
        statics={name: arrays[name] for name in statics},
        keys=np.array([f"s{i}" for i in range(len(lengths))] if keys is None else keys),
        categories=categories,
        times=clock,
        source="table.csv",
    )


def make_prepared(lengths, *, targets=1, numbers=2, codes=0, known=1, per_step=True, gaps=False, seed=0):
    """Prepared sequences of these lengths; every cell has a value of its own, so that a wrong row is seen."""
    generator = np.random.default_rng(seed)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    rows, count = int(offsets[-1]), len(lengths)
    values = np.arange(rows * targets, dtype=np.float32).reshape(rows, targets)
    history = None
    if gaps:
        history = values
        values = np.where(generator.random(values.shape) < 0.2, np.float32(np.nan), values)
        values[offsets[1:] - 1] = history[offsets[1:] - 1]  # the last row known: no future
    return PreparedDataset(
        offsets=offsets,
        numbers=-np.arange(rows * numbers, dtype=np.float32).reshape(rows, numbers),
        number_names=tuple(f"x{i}" for i in range(numbers)),
        known=np.arange(numbers) >= numbers - known,
        codes=np.arange(rows * codes, dtype=np.int32).reshape(rows, codes),
        code_names=tuple(f"c{i}" for i in range(codes)),
        known_codes=np.arange(codes) >= codes - 1,
        code_sizes=(rows * codes,) * codes,
        static_numbers=np.arange(count, dtype=np.float32).reshape(count, 1),
        static_codes=np.arange(count, dtype=np.int32).reshape(count, 1),
        targets=values if per_step else np.arange(count * targets, dtype=np.float32).reshape(count, targets),
        target_names=tuple(f"y{i}" for i in range(targets)),
        times=None,
        keys=np.array([f"s{i}" for i in range(count)]),
        history=history,
    )


@pytest.fixture(scope="session")
def dataset():
    """The maker of data sets."""
    return make_dataset


@pytest.fixture(scope="session")
def prepared():
    """The maker of prepared data."""
    return make_prepared
