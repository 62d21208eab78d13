"""The test part of a training as a file of its own, for models that come later to be tested on the same."""

from pathlib import Path

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from seqloom.artifact import replaced_file
from seqloom.errors import DataError, InputError, SeqloomError, SettingsError
from seqloom.estimators.plan import Plan
from seqloom.read import read
from seqloom.sequence import Array, SequenceDataset, Stretch, stretches

ENDINGS = (".csv", ".parquet")
OPTION = "--keep-test"
ROUNDING = 1e-6
"""Of a number that is read in 32 bits."""


def must_be_kept(path: Path) -> None:
    """Refuse a name whose ending is that of no table.

    Raises:
        InputError: it is.
    """
    if path.suffix not in ENDINGS:
        raise InputError(
            str(path), expected=f"a name ending in {' or '.join(ENDINGS)}", came=repr(path.suffix), fix="rename it"
        )


def keep_test(planned: Plan, path: Path) -> int:
    """Write the test part to a file, as a table that is read like the data themselves, and read it again.

    Args:
        planned: a training; its test part was cut from the data, or given beside them.
        path: where to; its ending says in which format.

    Returns:
        How many steps it has.

    Raises:
        SettingsError: the data were no table; they are a folder, recordings, images, music or running text.
        StorageError: the disk refused.
    """
    must_be_kept(path)
    parts = planned.parts
    bounds = parts.test_split.spans("test")
    chosen = [Stretch(at, int(first), int(stop)) for at, (first, stop) in enumerate(bounds) if stop > first]
    part = stretches(parts.test_dataset, chosen)
    try:
        table = _table(part)
        with replaced_file(path) as file:
            if path.suffix == ".csv":
                table.write_csv(file)
            else:
                table.write_parquet(file)
        found = read(path, schema=part.schema)
    except (PolarsError, SeqloomError) as error:
        raise _refused(path, str(error).split("\n")[0]) from error
    if not _alike(part, found):
        path.unlink()
        raise _refused(path, "one that would be read as other values")
    return part.total_steps


def _refused(path: Path, came: str) -> SettingsError:
    fix = f"leave {OPTION} out, and hold a file out by hand, with --test"
    return SettingsError(OPTION, expected=f"a test part that can be written to {path}", came=came, fix=fix)


def _table(dataset: SequenceDataset) -> pl.DataFrame:
    """The table of a data set, in its own layout."""
    schema = dataset.schema
    if schema.layout == "text" or schema.rate is not None:
        kind = "running text" if schema.layout == "text" else "recordings"
        raise DataError(dataset.source, expected="a table", came=kind, fix="leave it out")
    long = schema.layout == "long"
    steps = {name: _cells(dataset, name, values) for name, values in dataset.steps.items()}
    if schema.time is not None and dataset.times is not None:
        steps = {schema.time: pl.Series(dataset.times)} | steps
    statics = {name: _cells(dataset, name, values) for name, values in dataset.statics.items()}
    if schema.group is not None:
        statics = {schema.group: pl.Series([str(key) for key in dataset.keys])} | statics
    if long:
        owners = np.repeat(np.arange(len(dataset)), dataset.lengths)
        return pl.DataFrame({name: values.gather(owners) for name, values in statics.items()} | steps)
    if schema.layout == "nested":
        return pl.DataFrame(statics | {name: pl.Series(_split(dataset, values)) for name, values in steps.items()})
    rows = _split(dataset, next(iter(steps.values())))
    longest = range(int(dataset.lengths.max(initial=0)))
    wide = {str(at): pl.Series([own[at] if at < len(own) else None for own in rows]) for at in longest}
    return pl.DataFrame(statics | wide)


def _cells(dataset: SequenceDataset, name: str, values: Array) -> pl.Series:
    """A column as it was written: labels for codes, nothing for what is missing."""
    if name in dataset.categories:
        labels = [*dataset.categories[name], None]
        return pl.Series([labels[code] for code in values.tolist()], dtype=pl.String)
    return pl.Series(values).fill_nan(None)


def _split(dataset: SequenceDataset, values: pl.Series) -> list[pl.Series]:
    """The values of each sequence."""
    return [values[int(first) : int(stop)] for first, stop in zip(dataset.offsets, dataset.offsets[1:], strict=False)]


def _alike(one: SequenceDataset, other: SequenceDataset) -> bool:
    """Whether two data sets hold the same."""
    if not np.array_equal(one.lengths, other.lengths):
        return False
    if one.times is not None and (other.times is None or not np.array_equal(one.times, other.times)):
        return False
    return all(_same(one, other, name) for name in (*one.steps, *one.statics))


def _same(one: SequenceDataset, other: SequenceDataset, name: str) -> bool:
    if name in one.categories:
        return _cells(one, name, one.column(name)).equals(_cells(other, name, other.column(name)))
    return np.allclose(one.column(name), other.column(name), rtol=ROUNDING, atol=0, equal_nan=True)
