"""Figures about warnings before failures: plain arrays to figure data."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.report.figure_data import AnyMark, Axis, Bars, FigureData, Line, Panel, Rule
from seqloom.report.thin import PLAIN, thin

Floats = NDArray[np.float64]

_BINS = 20
_UNIT = (-0.02, 1.02)


def lead_figure(leads: NDArray[np.int64], within: int) -> FigureData:
    """How early failures were warned of.

    Args:
        leads: steps of warning of each failure, 0 where there was none, [failures].
        within: steps before the end that are within its reach.
    """
    longest = max(within, int(leads.max(initial=0)))
    width = max(1, -(-(longest + 1) // _BINS))
    edges = np.arange(0, longest + width + 1, width)
    counts, _ = np.histogram(leads, edges)
    steps = np.arange(longest + 1)
    shares = 100 * (leads[:, None] >= steps).mean(axis=0)
    reach = Rule(name="where warnings should begin", along="upright", at=float(within))
    histogram = Panel(
        title="failures by steps of warning",
        marks=(Bars(name="failures", x=(edges[:-1] + edges[1:] - 1) / 2, y=counts, width=float(width)), reach),
        x=Axis(label="steps of warning"),
        y=Axis(label="failures"),
    )
    caught = Panel(
        title="failures caught at least so early",
        marks=(Line(name="caught", x=steps[1:], y=shares[1:]), reach),
        x=Axis(label="steps of warning, at least"),
        y=Axis(label="share of failures, %", limits=(-2, 102)),
    )
    return FigureData(
        name="leads",
        title="How early failures are warned of",
        caption="Steps of warning are counted from the alarm that came and stayed to the end; 0 stands for none. Right"
        f" of the rule, {within:,} steps before the end, alarms came earlier than was asked for: they are false ones.",
        panels=(histogram, caught),
    )


def alarm_figure(paths: Sequence[tuple[str, Floats, NDArray[np.bool_]]], threshold: float) -> FigureData:
    """The probability of a failure in single sequences.

    Args:
        paths: for each sequence the panel's title, the probability at each step and whether a failure is near, [T].
        threshold: probability from which on there is an alarm.
    """
    panels = []
    for title, stated, near in paths:
        keep = thin(stated, PLAIN)
        marks: list[AnyMark] = [
            Line(name="stated probability", x=keep + 1.0, y=stated[keep]),
            Rule(name="alarm", along="across", at=threshold),
        ]
        if near.any() and not near.all():
            marks.append(Rule(name="where warnings should begin", along="upright", at=float(np.argmax(near)) + 1))
        panels.append(
            Panel(
                title=title,
                marks=tuple(marks),
                x=Axis(label="step"),
                y=Axis(label="probability of a failure", limits=_UNIT),
            )
        )
    return FigureData(
        name="alarms",
        title="Alarms step by step, from an early warning to a late one",
        caption="Each panel is one sequence that fails at its last step. An alarm is given where the line is above the"
        " rule across; right of the upright rule it should be. The sequences are spread evenly over all, in the order"
        " of their steps of warning.",
        panels=tuple(panels),
    )
