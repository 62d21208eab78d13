"""A row of the grid: cases of one kind, who takes part, and what is to be reached."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.speed import rounds
from benchmarks.speed.case import Case
from benchmarks.speed.process import Peers
from benchmarks.speed.record import Measurement
from benchmarks.speed.rounds import Effort
from benchmarks.speed.target import Target

Measure = Callable[[Case, Sequence[str], Peers, Effort], Measurement]


@dataclass(frozen=True)
class Row:
    """One row.

    Args:
        name: on the command line, and of its files.
        title: heading on the page.
        protocol: what is timed, in a sentence or two.
        cases: what is computed.
        taking_part: peers, with a variant after a stroke; ours first.
        targets: what is to be reached.
        shown: what the page shows of each: `time`, `slow` (with the slowest of a hundred calls), `step` (per stream
            and step), `bytes`; each with a ratio beside it, but for `share` (of the product alone) and `alone`.
        measure: how a case is measured; by default in rounds.
    """

    name: str
    title: str
    protocol: str
    cases: tuple[Case, ...]
    taking_part: tuple[str, ...]
    targets: tuple[Target, ...]
    shown: str = "time"
    measure: Measure = rounds.measure
