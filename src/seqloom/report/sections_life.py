"""What a report says about remaining life."""

import numpy as np
from numpy.typing import NDArray

from seqloom.report.contents import Section
from seqloom.report.figures_life import last_steps, life_errors, life_groups
from seqloom.report.sections import records_table
from seqloom.report.table import Cell, Table
from seqloom.report.value_outcome import ValueOutcome
from seqloom.score import life_metrics

Floats = NDArray[np.float64]

DECIMALS = 3
"""Of true lives, which were kept in single precision."""


def life_sections(outcome: ValueOutcome, cap: int) -> tuple[Section, ...]:
    """Errors by true life, and at the last step of each sequence.

    Args:
        outcome: a value for each step.
        cap: the largest life.
    """
    values = outcome.prediction.values[:, 0].astype(np.float64)
    truth = outcome.truth[:, 0].round(DECIMALS)
    known = np.isfinite(truth)
    if not known.any():
        return (Section(title="Remaining life", text=("Nobody knows the life of any step of this part.",)),)
    late, last = values - truth, _last(outcome, known)
    figures = [life_errors(late, truth, cap)]
    if len(np.unique(truth[last])) > 1:
        figures.insert(0, last_steps(values[last], truth[last]))
    return (
        Section(
            title="Remaining life",
            text=(_at_the_end(values[last], truth[last]),),
            tables=(_by_life(late, truth, cap),),
            figures=tuple(figures),
        ),
    )


def _last(outcome: ValueOutcome, known: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The last row with a known life of each sequence."""
    rows = np.flatnonzero(known)
    starts = np.cumsum(outcome.lengths == 1)[rows]  # which sequence, counted in the order of the rows
    last: NDArray[np.int64] = rows[np.append(starts[1:] != starts[:-1], True)]
    return last


def _at_the_end(values: Floats, truth: Floats) -> str:
    found = life_metrics(values[:, None], truth[:, None], np.arange(len(values)))
    late = int((values > truth).sum())
    sequences = f"{len(values):,} sequences" if len(values) > 1 else "1 sequence"
    sentence = (
        f"At the last step of each of {sequences} the root mean squared error is {found['rmse_last']:.2f} steps, the"
        f" PHM08 score {found['phm08']:,.1f}; {late:,} were told to last longer than they did."
    )
    ended = " All of them had reached their end there: this says how well an end is seen, not how early."
    return sentence + (ended if not truth.any() else "")


def _by_life(late: Floats, truth: Floats, cap: int) -> Table:
    """Errors of steps of about the same true life."""
    places, groups = life_groups(truth, cap)
    records: list[dict[str, Cell]] = []
    for place in range(len(places) - 1, -1, -1):
        own, lives = late[groups == place], truth[groups == place]
        low, high = int(lives.min()), int(lives.max())
        name = f"{low:,} to {high:,}" if high > low else f"{low:,}"
        records.append(
            {
                "true life": name + (" and more" if high >= cap else ""),
                "steps": len(own),
                "RMSE": float(np.sqrt(np.square(own).mean())),
                "mean error": float(own.mean()),
                "too late": f"{100 * (own > 0).mean():.0f} %",
            }
        )
    note = "Mean error: predicted minus true life. Too late: the share of steps whose life was told too long."
    return records_table("Errors by true life", records, note)
