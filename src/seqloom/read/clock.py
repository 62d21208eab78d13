"""Time stamps: which column holds them, how they are written, and how regular they are."""

import re
from dataclasses import dataclass

import polars as pl

from seqloom.errors import DataError
from seqloom.read.cells import mostly_numbers
from seqloom.read.rejects import Judge
from seqloom.sequence import Array

_DATES = {
    r"\d{4}-\d{1,2}-\d{1,2}": ("%Y-%m-%d",),
    r"\d{4}/\d{1,2}/\d{1,2}": ("%Y/%m/%d",),
    r"\d{1,2}\.\d{1,2}\.\d{4}": ("%d.%m.%Y",),
    r"\d{1,2}/\d{1,2}/\d{4}": ("%d/%m/%Y", "%m/%d/%Y"),
    r"\d{1,2}-[A-Za-z]{3}-\d{4}": ("%d-%b-%Y",),
    r"\d{1,2} [A-Za-z]{3} \d{4}": ("%d %b %Y",),
    r"\d{4}-\d{2}": ("%Y-%m",),
    r"\d{4}/\d{2}": ("%Y/%m",),
}
_NAMED_DATES = {r"\d{1,3}-\d{2}": ("%Y-%m",), r"(19|20)\d{6}": ("%Y%m%d",)}
"""Too easily something else: only where the user names the column."""

_TIMES = {"": "", r" \d{1,2}:\d{2}": " %H:%M", r" \d{1,2}:\d{2}:\d{2}(\.\d+)?": " %H:%M:%S%.f"}
_TIMES |= {pattern.replace(" ", "T"): form.replace(" ", "T") for pattern, form in _TIMES.items() if pattern}
_ZONES = {"": "", r" ?([+-]\d{2}:?\d{2})": "%z", "Z": "Z"}

UNITS = {"s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}
"""Forms of a clock that counts from the first of January 1970."""
_EPOCHS = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}
_EPOCH_RANGE = (3e8, 4.1e9)
"""Seconds from 1979 to 2099: smaller numbers count something else."""
_YEARS = (1000, 2999)


@dataclass(frozen=True)
class Clock:
    """A time column and the way its values are written.

    Args:
        column: name of the column.
        form: `temporal` (a type of the source), a format of text, `year`, an epoch's unit, or `number`.
    """

    column: str
    form: str

    def read(self, series: pl.Series, first: int, judge: Judge) -> Array:
        """Time stamps as datetime64[us] in UTC, or as numbers.

        Args:
            series: cells of the column.
            first: row number of the first cell in the source.
            judge: whom to report cells to that hold no time stamp.
        """
        stamps = self._parse(series)
        judge.add(
            self.column,
            (stamps.is_null().arg_true() + first).to_list(),
            expected="a time stamp" if self.form != "number" else "a number",
            came=lambda row: _words(series[row - first]),
            fix="correct the cell, remove the row, or pass --on-error skip",
        )
        return stamps.to_numpy()

    def _parse(self, series: pl.Series) -> pl.Series:
        if self.form == "temporal":
            return _in_utc(series)
        if self.form == "number":
            if series.dtype.is_integer():
                return series
            numbers = series.cast(pl.Float64, strict=False)
            return numbers.set(~numbers.is_finite(), None)
        if self.form == "year":
            return parse(series.cast(pl.String) + "-01", "%Y-%m")
        if self.form in _EPOCHS:
            factor = 1e6 / _EPOCHS[self.form]
            return (series.cast(pl.Float64, strict=False) * factor).cast(pl.Int64).cast(pl.Datetime("us"))
        return parse(series.cast(pl.String), self.form)


def _words(value: object) -> str:
    return "an empty cell" if value is None else repr(value)


def _in_utc(series: pl.Series) -> pl.Series:
    if isinstance(series.dtype, pl.Datetime) and series.dtype.time_zone is not None:
        series = series.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    return series.cast(pl.Datetime("us"))


def parse(text: pl.Series, form: str) -> pl.Series:
    """Texts as datetimes in UTC; null where a text is not written in that form."""
    text = text.str.strip_chars()
    if form == "%Y-%m":
        text = text.str.zfill(len("0000-00"))
    return _in_utc(text.str.to_datetime(form, time_unit="us", strict=False, exact=True))


def find_clock(column: str, sample: pl.Series, *, named: bool, source: str) -> Clock | None:
    """The clock a column holds, if it is one.

    Args:
        column: name of the column.
        sample: some of its values, none missing.
        named: whether the user called it the time column; numbers and rare forms count only then.
        source: name of the source, for messages.

    Raises:
        DataError: dates whose day and month cannot be told apart.
    """
    if sample.dtype in (pl.Date, pl.Datetime):
        return Clock(column, "temporal")
    if isinstance(sample.dtype, pl.String):
        form = _text_form(sample, named=named, where=f"{source}, column '{column}'")
        if form is None and named and len(sample) and mostly_numbers(sample):
            form = "number"  # with mistakes, which reading will name
        return None if form is None else Clock(column, form)
    if not named or not sample.dtype.is_numeric() or not len(sample):
        return None
    return Clock(column, _number_form(column, sample))


def _text_form(sample: pl.Series, *, named: bool, where: str) -> str | None:
    """The format most of the sample is written in."""
    forms = _forms(str(sample[0]).strip(), named=named) if len(sample) else []
    parsed = {form: len(sample) - parse(sample, form).null_count() for form in forms}
    best = [form for form, count in parsed.items() if count == max(parsed.values()) and 2 * count > len(sample)]
    if len(best) > 1:
        fix = "write dates as YYYY-MM-DD, or ignore the column"
        raise DataError(where, expected="dates whose day and month differ visibly", came=repr(sample[0]), fix=fix)
    return best[0] if best else None


def _forms(text: str, *, named: bool) -> list[str]:
    """The formats a text may be written in."""
    return [
        date + time + zone
        for date_pattern, dates in (_DATES | (_NAMED_DATES if named else {})).items()
        for time_pattern, time in _TIMES.items()
        for zone_pattern, zone in _ZONES.items()
        if re.fullmatch(date_pattern + time_pattern + zone_pattern, text)
        for date in dates
    ]


def _number_form(column: str, sample: pl.Series) -> str:
    low, high = float(sample.min()), float(sample.max())  # type: ignore[arg-type]  # numbers, by the caller's test
    for unit, factor in _EPOCHS.items():
        if low >= _EPOCH_RANGE[0] * factor and high <= _EPOCH_RANGE[1] * factor:
            return unit
    if not sample.dtype.is_integer():
        return "number"
    if 2 * parse(sample.cast(pl.String), "%Y%m%d").is_not_null().sum() > len(sample) and low > 19_000_000:  # noqa: PLR2004 - the first of 1900 as YYYYMMDD
        return "%Y%m%d"
    return "year" if "year" in column.lower() and _YEARS[0] <= low and high <= _YEARS[1] else "number"
