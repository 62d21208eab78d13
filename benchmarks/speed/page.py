"""The page of performance, written from the records alone."""

from collections.abc import Iterable, Sequence

from benchmarks.speed.ratio import ratio
from benchmarks.speed.record import Figure, Measurement, Record
from benchmarks.speed.row import Row
from benchmarks.speed.target import NAMES, seconds, share

ALIKE = 1e-3
"""Numbers of two peers that differ by less, relative to their size, are the same but for rounding."""

BESIDE: dict[str, list[str]] = {"share": ["of product"], "alone": []}
"""Heads of the columns beside the figures of others, where these are not ratios."""

HEAD = """# Performance

How fast the package is beside other libraries, on the CPU, row by row of a grid; every case is shown, also those lost.

Each library runs in a process of its own, and mostly in an environment of its own, made by `scripts/peers`. All get
the same cores, the same number of threads, the same inputs and, where their weights can be set, the same weights;
what they compute is compared. They take turns in short rounds, each in another order, and while one works the others
wait. A time is the median of all calls. Beside it stands, as *times*, what another needs for what seqloom needs once:
the ratio of the medians, and the quartiles of that ratio over the rounds. In the same rounds the engine's product of
matrices runs alone, on numbers that stay in the first cache; *of product* says which share of its speed the whole
work reached.

This page is written by `scripts/speed --rebuild` from the records kept in `benchmarks/results/speed`; `scripts/speed
ROW` measures a row anew.
"""

PICTURE = """![What others need for what seqloom needs once, by row of the grid](images/performance.svg)
"""


def page(rows: Sequence[Row], records: Iterable[Record]) -> str:
    """The whole page.

    Args:
        rows: in the order of the page; those without a record are named at its end.
        records: of any row; those with small sizes are left out.
    """
    kept = [record for record in records if not record.small]
    of_row = {row.name: [record for record in kept if record.row == row.name] for row in rows}
    measured = [row for row in rows if of_row[row.name]]
    parts = [HEAD]
    if measured:
        parts += [_targets(measured, of_row), PICTURE]
    parts += [_section(row, of_row[row.name]) for row in measured]
    missing = [row.title for row in rows if not of_row[row.name]]
    if missing:
        parts.append(f"## Not measured yet\n\n{'; '.join(missing)}.\n")
    if kept:
        parts.append(_machine(kept))
    return "\n".join(parts)


def _targets(rows: Sequence[Row], of_row: dict[str, list[Record]]) -> str:
    threads = sorted({record.threads for row in rows for record in of_row[row.name]}, reverse=True)
    lines = []
    for row in rows:
        by_threads = {record.threads: record for record in of_row[row.name]}
        for target in row.targets:
            verdicts = {number: target.verdict(record) for number, record in by_threads.items()}
            wanted = next(iter(verdicts.values())).wanted
            cells = [_verdict(verdicts[n].came, verdicts[n].reached) if n in verdicts else "" for n in threads]
            lines.append((row.title, wanted, *cells))
    return table(("row", "target", *(_threads(number) for number in threads)), lines)


def _verdict(came: str, reached: bool | None) -> str:  # noqa: FBT001 - as a verdict has it
    return came if reached is None else f"{came}, {'reached' if reached else '**missed**'}"


def _threads(number: int) -> str:
    return f"{number} thread{'s' if number > 1 else ''}"


def _section(row: Row, records: Sequence[Record]) -> str:
    parts = [f"## {row.title}\n", f"{row.protocol}\n"]
    for record in records:
        clock = ", processor time" if record.clock == "processor" else ""
        heading = f"### {row.title}, {_threads(record.threads)}{clock}\n"
        parts += [heading, _cases(row, record), _remarks(record)]
    return "\n".join(parts)


def _cases(row: Row, record: Record) -> str:
    us, *others = [who for who in row.taking_part if who != "seqloom/peak"]
    with_share = any(share(measured, us) for measured in record.measurements)
    header = ["case", NAMES.get(us, us), *(["of product"] if with_share else [])]
    for who in others:
        header += [NAMES.get(who, who), *BESIDE.get(row.shown, ["times"])]
    lines = []
    for measured in record.measurements:
        cells = [measured.name, shown(row, measured.figure(us)), *([_share(measured, us)] if with_share else [])]
        for who in others:
            cells += [shown(row, measured.figure(who)), *_beside(row, measured, us, who)]
        lines.append(cells)
    return table(header, lines)


def _beside(row: Row, measured: Measurement, us: str, who: str) -> list[str]:
    """What stands beside the figure of another: nothing, a share of the product, or a ratio."""
    if row.shown in BESIDE:
        return [_share(measured, who) for _ in BESIDE[row.shown]]
    found = ratio(measured.figure(us), measured.figure(who))
    if found is None:
        return [""]
    times = f"{found.value:.2f}" if found.value >= 1 else f"**{found.value:.2f}**"
    return [times if row.shown == "bytes" else f"{times} ({found.low:.2f} to {found.high:.2f})"]


def _share(measured: Measurement, who: str) -> str:
    found = share(measured, who)
    return "" if found is None else f"{100 * found:.0f} %"


def shown(row: Row, figure: Figure) -> str:
    """A figure as its row shows it."""
    if figure.value is None:
        return f"not measured: {figure.reason}"
    if row.shown == "bytes":
        return f"{figure.value / 1e6:.1f} MB"
    if row.shown == "step":
        held = figure.facts.get("bytes_per_stream", 0)
        return f"{1e9 * figure.value / figure.facts.get('steps', 1):.0f} ns, {held:.0f} bytes"
    slow = f", {seconds(figure.slow)}" if row.shown == "slow" and figure.slow else ""
    return seconds(figure.value) + slow


def _remarks(record: Record) -> str:
    """How far numbers agree, and what the product alone reached."""
    compared = [(f.differs, m.name, f.who) for m in record.measurements for f in m.figures if f.differs is not None]
    others = [each for each in compared if each[2].partition("/")[0] != "seqloom"]
    alike = [difference for difference, _, _ in others if difference <= ALIKE]
    remarks = []
    if alike:
        remarks.append(f"What is computed agrees to {max(alike):.0e} of its size.")
    remarks += [
        f"Not the same numbers: {name}, {NAMES.get(who, who)}, by {difference:.1g} of their size."
        for difference, name, who in others
        if difference > ALIKE
    ]
    peaks = [rate for m in record.measurements if (rate := m.figure("seqloom/peak").rate)]
    if peaks:
        remarks.append(
            f"The product alone: {min(peaks) / 1e9:.0f} to {max(peaks) / 1e9:.0f} billion operations per second."
        )
    return "".join(f"{remark}\n" for remark in remarks)


def _machine(records: Sequence[Record]) -> str:
    versions = {
        name: version for record in records for peer in record.versions.values() for name, version in peer.items()
    }
    processors = {
        f"{r.processor['architecture']}, {r.processor['vector']}, {r.processor['cores']} cores" for r in records
    }
    listed = ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))
    minutes = sum(record.seconds for record in records) / 60
    machine = f"Processor: {'; '.join(sorted(processors))}. All rows took {minutes:.0f} minutes."
    return f"## Measured with\n\n{listed}. {machine}\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
