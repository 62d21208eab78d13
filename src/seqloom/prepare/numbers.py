"""Number columns: read, checked, filled and scaled, chunk by chunk."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.prepare.impute import forward_fill, refuse_missing
from seqloom.prepare.moments import Moments
from seqloom.prepare.quartiles import quartiles, sampled_rows
from seqloom.prepare.scale import Scaling
from seqloom.prepare.settings import Missing, Scale
from seqloom.prepare.table import Chunk, Table
from seqloom.sequence import Column

Carried = tuple[np.float64 | None, ...]
"""The last known value of each column, where the sequence goes on."""


@dataclass(frozen=True)
class NumberRules:
    """How number columns are treated.

    Args:
        scaling: by which statistics they are scaled.
        by_group: whether each sequence is scaled by its own training part.
        missing: what happens to missing values; `keep` leaves NaN, for targets that are not an input too.
        log: whether the natural logarithm is taken first.
        vary: whether a column that does not vary in the training part is refused, as a target is.
    """

    scaling: Scale = "standard"
    by_group: bool = False
    missing: Missing | Literal["keep"] = "reject"
    log: bool = False
    vary: bool = False


@dataclass(frozen=True)
class NumberColumns:
    """Fitted number columns of one table.

    Args:
        columns: the columns, in the order of the output.
        rules: how they are treated.
        scaling: the fitted change of units.
        indicators: names of the columns whose gaps get a 0/1 column of their own: under `impute`, those that had
            gaps in the training part.
    """

    columns: tuple[Column, ...]
    rules: NumberRules
    scaling: Scaling
    indicators: tuple[str, ...] = ()

    @classmethod
    def fit(
        cls, table: Table, spans: NDArray[np.int64], columns: tuple[Column, ...], rules: NumberRules
    ) -> "NumberColumns":
        """Learn from the rows in `spans` [S, 2]; all other rows are only checked.

        Raises:
            DataError: an infinite or (by policy) missing value, a column without one training value, or (by rule) one
                that does not vary.
        """
        groups, member = _groups(table, spans, by_group=rules.by_group)
        moments, rows = Moments.empty(max(1, len(groups)), len(columns)), 0
        for chunk in table.chunks():
            inside = chunk.inside(spans)
            rows += int(inside.sum())
            for place, column in enumerate(columns):
                values, missing = _read(chunk, column, rules)
                used = inside & ~missing
                moments.update(place, values[used], member[chunk.sequence[used]])
        pooled = moments.pooled()
        _refuse_useless(table, columns, rules, pooled)
        quarters = None
        if rules.scaling == "robust":
            quarters = _quarters(table, spans, columns, rules, member if groups else None)
        scaling = Scaling.fit(rules.scaling, groups, moments.below(pooled) if groups else pooled, quarters)
        gaps = pooled.count[0] < rows if rules.missing == "impute" else np.zeros(len(columns))
        indicators = tuple(column.name for column, gap in zip(columns, gaps, strict=True) if gap)
        return cls(columns, rules, scaling, indicators)

    def transform(
        self, chunk: Chunk, statistics: NDArray[np.int64], carried: Carried
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_], Carried]:
        """Scaled rows of one chunk; causal, so that a live stream may come one row at a time.

        Args:
            chunk: the rows.
            statistics: which row of statistics each sequence of the table uses, [S].
            carried: forward fill's state after the rows before.

        Returns:
            Scaled values [n, C], where they were missing [n, C], and the state after these rows.

        Raises:
            DataError: an infinite or (by policy) missing value, or one too far from the training part for float32.
        """
        values = np.empty((len(chunk), len(self.columns)))
        missing = np.zeros(values.shape, dtype=np.bool_)
        used = statistics[chunk.sequence]
        state: list[np.float64 | None] = []
        for place, (column, last) in enumerate(zip(self.columns, carried, strict=True)):
            one, missing[:, place] = _read(chunk, column, self.rules)
            still = missing[:, place]
            if self.rules.missing == "forward-fill":
                one, still, last = forward_fill(one, still, chunk.opens, last)  # noqa: PLW2901 - state in, state out
            if self.rules.missing != "keep" and still.any():
                one = np.where(still, self.scaling.fill[used, place], one)
            values[:, place] = one
            state.append(last)
        with np.errstate(over="ignore"):
            scaled = self.scaling.apply(values, used).astype(np.float32)
        self._refuse_overflow(chunk, scaled)
        return scaled, missing, tuple(state)

    def blocks(self, table: Table) -> Iterator[tuple[NDArray[np.float32], NDArray[np.bool_]]]:
        """Scaled values [n, C] and where they were missing [n, C], for each chunk of the table in order."""
        statistics = self.scaling.locate(table.keys)
        carried: Carried = (None,) * len(self.columns)
        for chunk in table.chunks():
            scaled, missing, carried = self.transform(chunk, statistics, carried)
            yield scaled, missing

    def _refuse_overflow(self, chunk: Chunk, scaled: NDArray[np.float32]) -> None:
        if np.isinf(scaled).any():
            row, place = (int(found[0]) for found in np.nonzero(np.isinf(scaled)))
            name = self.columns[place].name
            raise DataError(
                chunk.table.place(name, chunk.start + row),
                expected="a value in the range of the training part",
                came=repr(float(chunk.column(name)[row])),
                fix="correct the cell",
            )


def _groups(table: Table, spans: NDArray[np.int64], *, by_group: bool) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Keys that have training rows, and which of them each sequence belongs to, [S]."""
    member = np.zeros(len(table.keys), dtype=np.int64)
    if not by_group:
        return (), member
    trained = spans[:, 1] > spans[:, 0]
    keys, member[trained] = np.unique(table.keys[trained].astype(str), return_inverse=True)
    return tuple(keys.tolist()), member


def _read(chunk: Chunk, column: Column, rules: NumberRules) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """One column of a chunk, checked, and where it has no value; the future excuses past and target values."""
    values = chunk.column(column.name).astype(np.float64)
    missing = np.isnan(values)
    if not np.isfinite(values).all():
        _refuse(chunk, column, np.isinf(values), "a finite number", "correct the cell")
        if rules.missing == "reject":
            excused = chunk.future if column.role in ("past", "target") else np.zeros_like(missing)
            refuse_missing(chunk.table, column.name, np.flatnonzero(missing & ~excused) + chunk.start)
    if rules.log:
        _refuse(
            chunk, column, values <= 0, "a positive number, to take its logarithm", "choose target_transform 'none'"
        )
        values = np.log(values)
    return values, missing


def _refuse(chunk: Chunk, column: Column, bad: NDArray[np.bool_], expected: str, fix: str) -> None:
    if bad.any():
        row = int(np.argmax(bad))
        value = repr(float(chunk.column(column.name)[row]))
        raise DataError(chunk.table.place(column.name, chunk.start + row), expected=expected, came=value, fix=fix)


def _refuse_useless(table: Table, columns: tuple[Column, ...], rules: NumberRules, pooled: Moments) -> None:
    """Stop at a column without training values, or, by rule, without variation."""
    for place, column in enumerate(columns):
        expected, came = "", ""
        if not pooled.count[0, place]:
            expected, came = "at least one value in the training part", "none"
        elif rules.vary and not pooled.high[0, place] > pooled.low[0, place]:
            value = float(np.exp(pooled.low[0, place]) if rules.log else pooled.low[0, place])
            expected, came = "a target that varies in the training part", f"{value:g} throughout"
        if came:
            raise DataError(
                table.place(column.name, 0),
                expected=expected,
                came=came,
                fix="choose another column or enlarge the training part",
            )


def _quarters(
    table: Table,
    spans: NDArray[np.int64],
    columns: tuple[Column, ...],
    rules: NumberRules,
    member: NDArray[np.int64] | None,
) -> NDArray[np.float64]:
    """Quartiles of the training rows, the whole first, then each group if `member` [S] is given: [3, 1 + G, C]."""
    rows = sampled_rows(spans)
    sequence = np.searchsorted(table.offsets, rows, side="right") - 1
    found = []
    for column in columns:
        values = table.columns[column.name][rows].astype(np.float64)
        values = np.log(values) if rules.log else values
        there = ~np.isnan(values)
        whole = quartiles(values[there], np.zeros(int(there.sum()), dtype=np.int64), 1)
        if member is not None:
            groups = member[sequence[there]]
            whole = np.concatenate([whole, quartiles(values[there], groups, int(member.max()) + 1)], axis=1)
        found.append(whole)
    return np.stack(found, axis=2) if found else np.empty((3, 1, 0))
