"""Tables in memory: Polars, pandas, Arrow, and plain dictionaries of columns."""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

import numpy as np
import polars as pl
import pyarrow as pa

from seqloom.errors import DataError, SchemaError
from seqloom.read.arrow import arrow_table
from seqloom.read.table import Table

SOURCE = "table"
"""What messages call a table that has no file."""


@runtime_checkable
class PandasFrame(Protocol):
    """As much of a pandas DataFrame as is needed; pandas itself is not."""

    columns: Any
    index: Any

    def reset_index(self) -> "PandasFrame":
        """The frame with its index as columns."""

    def to_dict(self, orient: str) -> dict[str, Any]:
        """The columns by name."""


def open_frame(source: object) -> Table | None:
    """The table of an object in memory; None where it is not a table.

    Raises:
        SchemaError: columns of different length, or names that are no text.
        DataError: a column that mixes types.
    """
    if isinstance(source, pl.LazyFrame):
        source = source.collect()
    if isinstance(source, pl.DataFrame):
        return Table.of(source, SOURCE)
    if isinstance(source, pa.Table):
        return arrow_table(source, SOURCE)
    if isinstance(source, PandasFrame):
        return Table.of(_from_columns(_pandas_columns(source)), SOURCE)
    if isinstance(source, Mapping):
        return Table.of(_from_columns(source), SOURCE)
    return None


def _pandas_columns(frame: PandasFrame) -> dict[str, Any]:
    """The columns by name; an index that says something, by name or by dates, becomes one or more of them."""
    index = frame.index
    if hasattr(index, "to_timestamp"):
        index = index.to_timestamp()
    columns = {str(name): frame[name] for name in frame.columns}  # type: ignore[index]  # pandas frames are indexed by name
    names = [name for name in index.names if name is not None]
    if not names and getattr(index.dtype, "kind", "") != "M":
        return columns
    levels = {str(name): index.get_level_values(name) for name in names} if names else {"time": index}
    return {**levels, **columns}


def _from_columns(columns: Mapping[str, Any]) -> pl.DataFrame:
    series = [_series(str(name), values) for name, values in columns.items()]
    lengths = {column.name: len(column) for column in series}
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"'{name}' {length}" for name, length in lengths.items())
        raise SchemaError(SOURCE, expected="columns of one length", came=shown, fix="cut or fill the shorter ones")
    return pl.DataFrame(series)


def _series(name: str, values: Any) -> pl.Series:  # noqa: ANN401 - whatever a user calls a column
    """A column of a frame; where types are mixed, as text, so that the cell to blame can be named later."""
    if hasattr(values, "detach"):
        values = values.detach().cpu().numpy()
    if type(values).__module__.startswith("pandas"):
        values = _pandas_values(values)
    if isinstance(values, np.ndarray) and values.ndim != 1:
        came = f"shape {values.shape}"
        raise DataError(f"{SOURCE}, column '{name}'", expected="one axis", came=came, fix="give each column by itself")
    try:
        return pl.Series(name, values, nan_to_null=False)
    except (TypeError, pl.exceptions.PolarsError):
        return _mixed(name, values)


def _pandas_values(values: Any) -> Any:  # noqa: ANN401 - a pandas Series or Index
    """The values as NumPy or a list; pandas' own marks of missing values become None."""
    if getattr(values.dtype, "kind", "O") in "biuf" and isinstance(values.dtype, np.dtype):
        return values.to_numpy()
    if getattr(values.dtype, "kind", "O") == "M":
        return values.to_numpy(dtype="datetime64[us]")  # in UTC, where stamps have a zone
    missing = values.isna()
    return [None if gone else value for value, gone in zip(values.tolist(), missing.tolist(), strict=True)]


def _mixed(name: str, values: Any) -> pl.Series:  # noqa: ANN401 - whatever a user calls a column
    cells = [value.item() if isinstance(value, np.generic) else value for value in values]
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds <= {int, float, bool}:
        return pl.Series(name, [None if cell is None else float(cell) for cell in cells], dtype=pl.Float64)
    if any(isinstance(cell, (list, tuple, np.ndarray)) for cell in cells):
        return pl.Series(name, [None if cell is None else list(cell) for cell in cells], strict=False)
    return pl.Series(name, [None if cell is None else str(cell) for cell in cells], dtype=pl.String)
