"""Drift: whether columns of this data are still what they were in training."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student
from statsmodels.stats.multitest import multipletests

from seqloom.explain.question import Floats
from seqloom.monitor import Reference, Value
from seqloom.report import Axis, Bars, Cell, FigureData, Panel, Rule, Table, records_table

BLOCKS = 20
"""Stretches a single sequence is cut into: neighbours in time are no independent values."""
SURE = 0.01
"""Chance, over all columns together, below which a difference counts."""
LARGE = 0.2
"""Standard deviations from which on a difference is worth a word."""
SHOWN = 16
"""Columns that are drawn."""


@dataclass(frozen=True)
class Drift:
    """How far one property of a column is from that of the training part.

    Args:
        column: its name.
        aspect: `level`, `spread`, `missing` or `share of LABEL`.
        shift: by how much its mean moved, in standard deviations of the training part.
        p_value: chance of such a difference if nothing changed, corrected for all properties looked at (Holm).
    """

    column: str
    aspect: str
    shift: float
    p_value: float

    @property
    def drifted(self) -> bool:
        """Whether the difference is sure and large."""
        return self.p_value < SURE and abs(self.shift) >= LARGE


def drift(columns: Mapping[str, Sequence[Sequence[Value]]], references: Mapping[str, Reference]) -> tuple[Drift, ...]:
    """Compare columns with what an artifact keeps of its training part.

    Each value becomes what the training part makes of it: the normal quantile of its rank, or 0 or 1 of a label. The
    means of sequences, or of 20 stretches of a single one, are tested against the mean of training by Student's t, all
    properties together corrected by Holm (1979).

    Args:
        columns: values of each sequence in order, by the name of the column.
        references: what the columns were in training.
    """
    found: list[tuple[str, str, float, float]] = []
    for name in columns.keys() & references.keys():
        reference = references[name]
        means, weights = _means(columns[name], reference)
        for place, channel in enumerate(reference.channels):
            if channel.usual is None or channel.usual.deviation <= 0:
                continue
            known = np.isfinite(means[:, place])
            own, weight = means[known, place], weights[known]
            if len(own) < 3:  # noqa: PLR2004 - too few to know how much they vary
                continue
            mean = float(np.average(own, weights=weight))
            least = channel.usual.deviation / np.sqrt(weight.sum())  # as if values were independent
            error = max(float(own.std(ddof=1)) / np.sqrt(len(own)), least)
            away = mean - channel.usual.mean
            p_value = 2 * float(student.sf(abs(away) / error, len(own) - 1))
            found.append((name, channel.name, away / channel.usual.deviation, p_value))
    if not found:
        return ()
    corrected = multipletests([one[3] for one in found], method="holm")[1]
    drifts = [Drift(*one[:3], float(p_value)) for one, p_value in zip(found, corrected, strict=True)]
    return tuple(sorted(drifts, key=lambda one: (not one.drifted, -abs(one.shift))))


def drift_sentence(drifts: Sequence[Drift]) -> str:
    """What drifted, in words."""
    moved = [one for one in drifts if one.drifted]
    if not moved:
        return f"None of {len(drifts)} properties of the columns differs surely and by more than {LARGE} deviations."
    names = ", ".join(f"{one.aspect} of {one.column} ({one.shift:+.2g})" for one in moved[:5])
    more = "" if len(moved) <= 5 else f" and {len(moved) - 5} more"  # noqa: PLR2004 - as many as are named
    return f"{len(moved)} of {len(drifts)} properties differ from training, in standard deviations: {names}{more}."


def drift_figure(drifts: Sequence[Drift]) -> FigureData:
    """How far the columns moved, those that drifted first."""
    shown = drifts[:SHOWN]
    x = np.arange(len(shown), dtype=np.float64)
    shifts: Floats = np.array([one.shift for one in shown])
    sure = np.array([one.drifted for one in shown])
    marks = [Rule(along="across", at=0.0), *(Rule(along="across", at=side * LARGE) for side in (1, -1))]
    bars = [
        Bars(name=name, ink=ink, x=x[own], y=shifts[own], width=0.7)
        for name, ink, own in (("drifted", "first", sure), ("no sure difference", "history", ~sure))
        if own.any()
    ]
    left_out = f" The first {len(shown)} of {len(drifts)} are drawn." if len(shown) < len(drifts) else ""
    return FigureData(
        name="drift",
        title="Is this data like that of training?",
        caption="By how many standard deviations of the training part the mean of each property moved; values are"
        " ranked within"
        " the training part first, so that no single one counts for much. Orange: larger than 0.2 and not by chance"
        " (1 in 100"
        f" over all columns together).{left_out}",
        panels=(
            Panel(
                marks=(*marks, *bars),
                x=Axis(kind="label", labels=tuple(f"{one.column}, {one.aspect}" for one in shown)),
                y=Axis(label="shift, deviations"),
                shape="wide",
            ),
        ),
    )


def drift_table(drifts: Sequence[Drift]) -> Table:
    """All properties that were compared."""
    records: list[dict[str, Cell]] = [
        {
            "column": one.column,
            "property": one.aspect,
            "shift, deviations": one.shift,
            "p, corrected": one.p_value,
            "drifted": "yes" if one.drifted else "no",
        }
        for one in drifts
    ]
    return records_table("Columns beside those of the training part", records)


def _means(sequences: Sequence[Sequence[Value]], reference: Reference) -> tuple[Floats, Floats]:
    """Means of each sequence, or of stretches where there are few, [n, K], and how many values each has."""
    rows = [reference.rows(values) for values in sequences if len(values)]
    if len(rows) < BLOCKS:
        pieces = max(1, BLOCKS // max(1, len(rows)))
        rows = [part for own in rows for part in np.array_split(own, min(pieces, len(own)))]
    if not rows:
        return np.zeros((0, len(reference.channels))), np.zeros(0)
    counts = [np.isfinite(own).sum(axis=0) for own in rows]
    sums = [np.nansum(own, axis=0) for own in rows]
    means = np.divide(sums, counts, out=np.full(np.shape(sums), np.nan), where=np.array(counts) > 0)
    return means, np.array([len(own) for own in rows], dtype=np.float64)
