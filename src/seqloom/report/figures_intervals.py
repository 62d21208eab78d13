"""Intervals of fixed and of adaptive width, side by side."""

from collections.abc import Mapping

import numpy as np

from seqloom.evaluate.interval_record import IntervalRecord, moving_coverage
from seqloom.report.figure_data import Axis, FigureData, Ink, Line, Panel, Rule, clock
from seqloom.report.forecast_outcome import ForecastOutcome
from seqloom.report.sections import records_table
from seqloom.report.table import Cell, Table
from seqloom.report.thin import thin
from seqloom.sequence import Array

INKS: Mapping[str, Ink] = {"fixed": "first", "adaptive": "model"}
"""How each way to set the widths is drawn."""


def coverage_over_time(outcome: ForecastOutcome) -> FigureData | None:
    """The share of values inside the interval in a moving window, by how widths are set.

    None where there is none, or too little to move over.
    """
    return moving_figure(outcome.bounds, outcome.truth, outcome.prediction.times, outcome.coverage)


def moving_figure(
    bounds: Mapping[str, Array], truth: Array, times: Array, promised: float, *, more: str = ""
) -> FigureData | None:
    """The same of any bounds.

    Args:
        bounds: lower and upper bounds by how widths are set, each [B, P, C, 2].
        truth: what came, [B, P, C].
        times: of the steps ahead, [B, P].
        promised: the share of values they are to hold.
        more: a sentence to end the caption with.
    """
    lines, span, lowest = [], 0, 100 * promised - 20
    for name, own in bounds.items():
        middle, shares, span = moving_coverage(own[..., 0], own[..., -1], truth, times)
        if len(shares) < 2 or not np.isfinite(shares).any():  # noqa: PLR2004 - a point is no course
            return None
        x, _ = clock(times[middle, 0])
        keep = thin(shares)
        lowest = min(lowest, 100 * float(np.nanmin(shares)))
        lines.append(Line(name=f"{name} width", ink=INKS[name], x=x[keep], y=100 * shares[keep]))
    if not lines:
        return None
    rule = Rule(name=f"promised: {100 * promised:.0f} %", along="across", at=100 * promised)
    y = Axis(label="inside the interval, %", limits=(max(lowest - 5, -1.0), 101.0))
    panel = Panel(marks=(rule, *lines), x=clock(times[:, 0])[1], y=y, shape="wide")
    return FigureData(
        name="coverage-over-time",
        title="Coverage over time",
        caption=f"Share of values inside the interval, over {span:,} neighbouring windows at a time. Where the line of"
        " the fixed width stays below the dashed one, the data vary more than the validation part did, from which that"
        " width was taken. The adaptive width grows with every miss and shrinks with every hit, and uses no truth"
        f" before it has come; the setting interval_width chooses.{more}",
        panels=(panel,),
    )


def widths_table(records: Mapping[str, IntervalRecord], promised: float) -> Table:
    """What intervals of either width came to, one row each.

    Args:
        records: by how widths are set.
        promised: the share of values they are to hold.
    """
    rows: list[Mapping[str, Cell]] = [
        {
            "width": name,
            "inside, %": 100 * one.coverage,
            "by step, %": f"{100 * float(np.nanmin(one.by_step)):.1f} to {100 * float(np.nanmax(one.by_step)):.1f}",
            "lowest, %": 100 * one.lowest,
            "mean width": one.width,
            "interval score": one.score,
        }
        for name, one in records.items()
    ]
    span = max((one.window for one in records.values()), default=0)
    note = (
        f"Promised are {100 * promised:.0f} %. By step: the least and the largest share of a step ahead. Lowest: the"
        f" least share in {span:,} neighbouring windows. The interval score is the width, and {2 / (1 - promised):.0f}"
        " times the distance of what lies outside; lower is better."
    )
    return records_table("Fixed and adaptive width", rows).model_copy(update={"note": note})
