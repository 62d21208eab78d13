"""Measures rows of the grid beside other libraries, and rewrites the page of performance.

    scripts/speed ROW... [--threads 1 2] [--seconds 1.5]     no row: all of them
    scripts/speed ROW... --small                             tiny sizes, nothing kept: does everything run?
    scripts/speed --list
    scripts/speed --rebuild

A row that has been measured is kept at once; what is stopped goes on with `--missing`.
"""

import argparse
import sys
import time
from pathlib import Path

from benchmarks.machine import processor
from benchmarks.speed.catalogue import every, named
from benchmarks.speed.page import page, shown
from benchmarks.speed.peer import CLOCKS
from benchmarks.speed.plot import draw
from benchmarks.speed.process import REPOSITORY, Cores, Peers, Unavailable
from benchmarks.speed.record import RESULTS, Measurement, Record
from benchmarks.speed.rounds import Effort
from benchmarks.speed.row import Row
from benchmarks.speed.target import NAMES

PAGE = REPOSITORY / "docs" / "performance.md"
PLOT = REPOSITORY / "docs" / "images" / "performance.svg"
BRIEF = Effort(seconds=0.05, rounds=2, warm=0.01)


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments ask for; 2 if they cannot be understood."""
    asked = _parser().parse_args(arguments)
    try:
        rows = named(asked.rows)
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    if asked.list:
        for row in rows:
            print(f"{row.name}: {row.title}, {len(row.cases)} cases beside {', '.join(row.taking_part[1:])}")
        return 0
    for threads in () if asked.rebuild else asked.threads:
        for row in rows:
            if not (asked.missing and Record.load(row.name, threads)):
                effort = BRIEF if asked.small else Effort(seconds=asked.seconds)
                record = measure(row, Cores(threads, asked.clock), effort, small=asked.small)
                _tell(row, record)
                if not asked.small:
                    print(f"kept {record.save().relative_to(REPOSITORY)}")
    if not asked.small:
        rebuild()
    return 0


def measure(row: Row, cores: Cores, effort: Effort, *, small: bool) -> Record:
    """Measure a row.

    Args:
        row: what is measured.
        cores: for everyone.
        effort: how much is measured.
        small: whether sizes are made small.
    """
    start = time.perf_counter()
    cores.hold()
    peers = Peers(cores)
    measurements: list[Measurement] = []
    try:
        for case in row.cases:
            measurements.append(row.measure(case.small() if small else case, row.taking_part, peers, effort))
            _tell_case(row, measurements[-1])
    finally:
        peers.close()
    return Record(
        row=row.name,
        threads=cores.threads,
        clock=cores.clock,
        small=small,
        seconds=round(time.perf_counter() - start, 1),
        measurements=tuple(measurements),
        versions=peers.versions,
        processor=processor(),
    )


def rebuild(results: Path = RESULTS, target: Path = PAGE, plot: Path = PLOT) -> None:
    """Write the page and its picture from all records."""
    rows = every()
    records = [record for row in rows for threads in (2, 1) if (record := Record.load(row.name, threads, results))]
    target.write_text(page(rows, records), encoding="utf-8")
    draw(rows, records, plot)


def _tell_case(row: Row, measured: Measurement) -> None:
    """One line while it goes on."""
    parts = (f"{NAMES.get(f.who, f.who)} {shown(row, f)}" for f in measured.figures)
    print(f"  {measured.name}: {'; '.join(parts)}", flush=True)


def _tell(row: Row, record: Record) -> None:
    """What came of a row's targets."""
    print(f"{row.name}, {record.threads} threads, {record.seconds:.0f} s")
    for target in row.targets:
        verdict = target.verdict(record)
        word = {True: "reached", False: "MISSED", None: "not measured"}[verdict.reached]
        print(f"  {verdict.wanted}: {verdict.came}: {word}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/speed", description="Speed beside other libraries.")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="rows of the grid; none: all")
    parser.add_argument("--threads", type=int, nargs="+", default=[2, 1], help="cores and threads, one after the other")
    parser.add_argument("--seconds", type=float, default=1.5, help="for each peer and case, about")
    parser.add_argument("--clock", choices=CLOCKS, default="wall", help="processor: on a busy machine, with one thread")
    parser.add_argument("--small", action="store_true", help="tiny sizes, nothing is kept")
    parser.add_argument("--missing", action="store_true", help="only rows that are not kept yet")
    parser.add_argument("--list", action="store_true", help="name the rows")
    parser.add_argument("--rebuild", action="store_true", help="only rewrite the page")
    return parser


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unavailable as reason:
        sys.exit(f"scripts/speed: {reason}")
