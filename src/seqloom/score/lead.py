"""Metrics of warnings before failures: how early they come, and how often for nothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.loss import check_shapes

PER = 1_000
"""Steps that false alarms are counted in."""


@dataclass(frozen=True)
class Warnings:
    """What an alarm at each step came to.

    A sequence *fails* where it is within reach of its end at its last step. It was *caught* at the first step of the
    alarm that had come and stayed: of the unbroken run of alarms that reaches its last step. The *lead* is the number
    of steps from there to the end. An alarm that went off again before is none.

    Args:
        leads: steps of warning of each sequence that fails, 0 where there was none at its last step, [failures].
        false_alarms: alarms that began outside of the reach of an end.
        quiet_steps: steps outside of the reach of an end.
    """

    leads: NDArray[np.int64]
    false_alarms: int
    quiet_steps: int

    def caught(self, steps: int) -> float:
        """Share of the failures that had an alarm this many steps before, one that stayed; NaN without failures."""
        return float((self.leads >= steps).mean()) if len(self.leads) else float("nan")


def warnings_of(
    alarm: NDArray[np.bool_], truth: NDArray[np.int64], sequence: NDArray[np.int64], within: int
) -> Warnings:
    """What an alarm at each step came to.

    The end of a sequence that was cut before it is as far from its last step as steps of its reach are missing.

    Args:
        alarm: whether there was one, [N].
        truth: 1 within reach of the end, 0 outside of it, negative where unknown, [N].
        sequence: which sequence each step belongs to, its steps together and in order, [N].
        within: the reach, in steps before the end.

    Raises:
        DataError: the arrays differ in length.

    Example:
        >>> alarm = np.array([0, 1, 0, 1, 1, 0, 0, 0, 0, 0], dtype=bool)
        >>> truth = np.array([0, 0, 0, 1, 1, 0, 0, 0, 1, 1])
        >>> found = warnings_of(alarm, truth, np.repeat([0, 1], 5), within=1)
        >>> found.leads.tolist(), found.false_alarms, found.quiet_steps, found.caught(1)
        ([1, 0], 1, 6, 0.5)
    """
    check_shapes(alarm.shape, truth.shape)
    check_shapes(sequence.shape, truth.shape)
    first = np.append(True, sequence[1:] != sequence[:-1])[: len(sequence)]
    began = alarm & (first | ~np.append(False, alarm[:-1])[: len(alarm)])
    starts = np.flatnonzero(first)
    stops = np.append(starts[1:], len(sequence))
    leads = [
        _lead(alarm[start:stop], truth[start:stop], within)
        for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)
        if truth[stop - 1] == 1
    ]
    quiet = truth == 0
    return Warnings(np.array(leads, dtype=np.int64), int((began & quiet).sum()), int(quiet.sum()))


def _lead(alarm: NDArray[np.bool_], truth: NDArray[np.int64], within: int) -> int:
    """Steps of warning of one sequence that fails."""
    if not alarm[-1]:
        return 0
    reach = int((truth == 1).sum())
    beyond = within + 1 - reach if reach < len(truth) else 0  # of a sequence that was cut before its end
    stayed = len(alarm) if alarm.all() else int(np.argmin(alarm[::-1]))
    return stayed - 1 + max(0, beyond)


def lead_metrics(found: Warnings, within: int) -> dict[str, float]:
    """Metrics of warnings.

    Args:
        found: what the alarms came to.
        within: the reach, in steps before the end.

    Returns:
        `lead` (the median number of steps of warning, those without any counted as 0), `caught` (share of failures with
        an alarm that had come and stayed for half the reach), and `false_alarms` (how many began among 1,000
        steps outside of the reach); what cannot be computed is left out.

    Example:
        >>> lead_metrics(Warnings(np.array([0, 20, 28]), 2, 500), within=30)
        {'lead': 20.0, 'caught': 0.6666666666666666, 'false_alarms': 4.0}
    """
    metrics: dict[str, float] = {}
    if len(found.leads):
        metrics = {"lead": float(np.median(found.leads)), "caught": found.caught(-(-within // 2))}
    if found.quiet_steps:
        metrics["false_alarms"] = PER * found.false_alarms / found.quiet_steps
    return metrics
