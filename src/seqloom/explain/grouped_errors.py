"""Where errors are: by group, length, hour, position and class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.explain.question import Floats
from seqloom.report import Axis, Bars, Cell, FigureData, Line, Panel, Rule, Table, records_table

MOST = 12
"""Groups of a factor that are drawn: the largest ones."""
BINS = 6
"""Groups that numbers are cut into."""
FEWEST = 5
"""Errors of a group below which it is not drawn."""
LEVEL = 1.96
"""Standard errors of a 95 % interval."""
LARGE = 1.05
"""Times the mean of all from which on a larger error is worth a word."""
RARE = 0.1
"""Share of all below which a class counts as rare."""


@dataclass(frozen=True)
class Group:
    """The errors of some examples.

    Args:
        name: what they have in common.
        count: how many there are.
        mean: their mean error.
        low: lower end of its 95 % interval, as if examples were independent.
        high: upper end.
    """

    name: str
    count: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class GroupedErrors:
    """Errors by one property of the examples.

    Args:
        factor: the property.
        kind: what an error is.
        overall: the mean of all.
        groups: in order.
    """

    factor: str
    kind: str
    overall: float
    groups: tuple[Group, ...]

    @property
    def worst(self) -> Group:
        """The group with the largest error that is surely above the mean of all, else the largest."""
        return max(self.groups, key=lambda group: (group.low > self.overall, group.mean))

    @property
    def telling(self) -> bool:
        """Whether a group is surely worse than all together, and not by a hair."""
        return self.worst.low > self.overall and self.worst.mean > LARGE * self.overall

    @property
    def sentence(self) -> str:
        """What stands out, in words."""
        if not self.telling:
            return f"By {self.factor}, no group is surely worse than the mean."
        worst = self.worst
        times = "" if self.overall <= 0 else f", {worst.mean / self.overall:.3g} times the mean"
        return f"By {self.factor}, {worst.name} is worst: {worst.mean:.4g}{times} ({worst.count:,} examples)."


def group_errors(
    errors: Floats, factors: Mapping[str, NDArray[np.str_] | Floats], kind: str
) -> tuple[GroupedErrors, ...]:
    """Mean errors by properties of the examples.

    Args:
        errors: of each example, NaN where not known, [E].
        factors: properties by name, labels or numbers, [E] each; numbers are cut into groups of about equal size.
        kind: what an error is.
    """
    known = np.isfinite(errors)
    found = []
    for factor, values in factors.items():
        labels, order = _labels(values[known])
        groups = [_group(name, errors[known][labels == name]) for name in order]
        groups = [group for group in groups if group.count >= FEWEST]
        if len(groups) > 1:
            found.append(GroupedErrors(factor, kind, float(errors[known].mean()), tuple(groups)))
    return tuple(found)


def groups_figure(grouped: Sequence[GroupedErrors]) -> FigureData:
    """Mean errors by several properties, a panel for each."""
    panels = []
    for one in grouped:
        x = np.arange(len(one.groups), dtype=np.float64)
        mean, low, high = (np.array([getattr(group, name) for group in one.groups]) for name in ("mean", "low", "high"))
        whiskers = np.stack([np.maximum(low, 0), high, np.full(len(x), np.nan)], axis=1).ravel()
        panels.append(
            Panel(
                title=f"by {one.factor}",
                marks=(
                    Bars(name=one.kind, x=x, y=mean, width=0.7),
                    Line(name="95 % interval", ink="truth", x=np.repeat(x, 3), y=whiskers),
                    Rule(name="mean of all", along="across", at=one.overall),
                ),
                x=Axis(kind="label", labels=tuple(group.name for group in one.groups)),
                y=Axis(label=one.kind),
            )
        )
    return FigureData(
        name="errors-by",
        title="Errors by group",
        caption="Mean error of each group with its 95 % interval, as if examples were independent of each other; the"
        " dashed"
        " line is the mean of all. A bar whose whole whisker lies above the line is worse than chance would bring,"
        " were it the"
        f" only one looked at. Groups of fewer than {FEWEST} examples are left out, of many the largest {MOST} are"
        " shown.",
        panels=tuple(panels),
    )


def groups_table(grouped: Sequence[GroupedErrors]) -> Table:
    """The worst group by each property."""
    records: list[dict[str, Cell]] = [
        {
            "by": one.factor,
            "worst group": one.worst.name,
            "examples": one.worst.count,
            one.kind: one.worst.mean,
            "mean of all": one.overall,
            "surely worse": "yes" if one.telling else "no",
        }
        for one in grouped
    ]
    return records_table("The worst group of each kind", records)


def _labels(values: NDArray[np.str_] | Floats) -> tuple[NDArray[np.str_], list[str]]:
    """The group of each example, and the groups in order."""
    if values.dtype.kind not in "US":
        return _cut(values.astype(np.float64))
    names, counts = np.unique(values, return_counts=True)
    order = names[np.argsort(-counts, kind="stable")][:MOST]
    return values.astype(np.str_), sorted(order.tolist(), key=_sorting)


def _cut(values: Floats) -> tuple[NDArray[np.str_], list[str]]:
    """Numbers in groups of about equal size, named by their range; few different ones by themselves."""
    different = np.unique(values[np.isfinite(values)])
    if len(different) <= BINS:
        names = [f"{value:g}" for value in different]
        return np.array([f"{value:g}" for value in values], dtype=np.str_), names
    edges = np.unique(np.quantile(values[np.isfinite(values)], np.arange(1, BINS) / BINS))
    place = np.searchsorted(edges, values, side="right")
    labels = np.full(len(values), "", dtype=object)
    order = []
    for group in range(len(edges) + 1):
        own = (place == group) & np.isfinite(values)
        if own.any():
            low, high = values[own].min(), values[own].max()
            order.append(f"{low:.4g}" if low == high else f"{low:.4g} to {high:.4g}")
            labels[own] = order[-1]
    return labels.astype(np.str_), order


def _group(name: str, errors: Floats) -> Group:
    count = len(errors)
    if not count:
        return Group(name, 0, 0.0, 0.0, 0.0)
    mean = middle = float(errors.mean())
    half = LEVEL * float(errors.std(ddof=1)) / np.sqrt(count) if count > 1 else float("inf")
    if np.isin(errors, (0.0, 1.0)).all():  # a share: Agresti & Coull (1998), which holds near 0 and 1, too
        middle = (float(errors.sum()) + 2) / (count + 4)
        half = LEVEL * float(np.sqrt(middle * (1 - middle) / (count + 4)))
        return Group(name, count, mean, max(0.0, middle - half), min(1.0, middle + half))
    return Group(name, count, mean, middle - half, middle + half)


def _sorting(label: str) -> tuple[bool, float, str]:
    """Numbers by size, then names."""
    try:
        return False, float(label.partition(" ")[0].partition(":")[0]), label
    except ValueError:
        return True, 0.0, label
