"""Cells to values: numbers with NaN where one is missing, and labels as codes."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from seqloom.read.rejects import Judge
from seqloom.sequence import Array

_SHORT = (pl.Int8, pl.Int16, pl.UInt8, pl.UInt16, pl.Boolean, pl.Float32)
"""Types whose every value a float32 holds exactly."""


def as_text_number(text: pl.Series) -> pl.Series:
    """Texts as float64; null where a text is not a number."""
    return text.str.strip_chars().cast(pl.Float64, strict=False)


def mostly_numbers(text: pl.Series) -> bool:
    """Whether more than half of the texts are numbers, so that the others are mistakes."""
    return 2 * as_text_number(text).is_not_null().sum() > len(text)


def numbers(series: pl.Series, first: int, judge: Judge) -> Array:
    """Values of a number column, float32 or float64, NaN where one is missing.

    Args:
        series: cells of the column.
        first: row number of the first cell in the source.
        judge: whom to report text and infinity to.
    """
    values = series
    if isinstance(series.dtype, (pl.String, pl.Categorical, pl.Enum)):
        text = series.cast(pl.String)
        values = as_text_number(text)
        judge.add(
            series.name,
            ((values.is_null() & text.is_not_null()).arg_true() + first).to_list(),
            expected="a number",
            came=lambda row: repr(text[row - first]),
            fix=f"correct the cell, or pass --categories '{series.name}' to read the column as labels",
        )
    values = values.cast(pl.Float32 if values.dtype in _SHORT else pl.Float64)
    judge.add(
        series.name,
        (values.is_infinite().arg_true() + first).to_list(),
        expected="a finite number",
        came=lambda row: str(values[row - first]),
        fix="correct the cell, or leave it empty if the value is missing",
    )
    return values.rechunk().to_numpy()


class Vocabulary:
    """The labels of a category column, met so far."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def encode(self, series: pl.Series) -> NDArray[np.int32]:
        """Codes of the labels, in order of first appearance, -1 where one is missing.

        A number is labelled as an integer is written where it is one: 2.0 is `2`.
        """
        if series.dtype.is_float():
            series = series.fill_nan(None).cast(pl.String).str.strip_suffix(".0")
        labels = series.cast(pl.String)
        for label in labels.unique(maintain_order=True).drop_nulls().to_list():
            self._codes.setdefault(label, len(self._codes))
        codes = labels.replace_strict(self._codes, default=None, return_dtype=pl.Int32)
        return codes.fill_null(-1).rechunk().to_numpy()

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels in the order of their codes."""
        return tuple(self._codes)

    def sorted(self) -> tuple[tuple[str, ...], NDArray[np.int32]]:
        """Labels in order, and the new code of each old one; the last entry keeps -1 what it is."""
        labels = sort_labels(self.labels)
        place = {label: code for code, label in enumerate(labels)}
        return labels, np.array([*(place[label] for label in self.labels), -1], dtype=np.int32)


def sort_labels(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Labels by number where all are numbers, by letter otherwise."""
    try:
        return tuple(sorted(labels, key=float))
    except ValueError:
        return tuple(sorted(labels))
