"""The picture of the page: every ratio, row by row, on an axis of multiples."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.speed.ratio import ratio
from benchmarks.speed.record import Record
from benchmarks.speed.row import Row
from benchmarks.speed.target import NAMES

COLOURS = {
    "torch_nn": "#d95f02",
    "keras_jax": "#7570b3",
    "onnxruntime": "#1b9e77",
    "eager_loop": "#666666",
    "darts": "#e7298a",
    "neuralforecast": "#a6761d",
}
MARKERS = {2: "o", 1: "+"}
TICKS = (0.5, 1, 2, 5, 10, 20, 50, 100)


def draw(rows: Sequence[Row], records: Sequence[Record], place: Path) -> None:
    """Draw the ratios of all records; nothing is drawn where there are none.

    Args:
        rows: in the order of the page.
        records: of these rows.
        place: where the picture is written, as SVG.
    """
    lines = [(row, who) for row in rows for who in _others(row) if _points(row, who, records)]
    if not lines:
        return
    with mpl.rc_context({"svg.hashsalt": "performance", "svg.fonttype": "path", "font.size": 9}):
        figure = Figure(figsize=(8, 0.28 * len(lines) + 1.1), layout="constrained")
        axes = figure.subplots()
        for height, (row, who) in enumerate(reversed(lines)):
            for threads, value in _points(row, who, records):
                colour = COLOURS[who.partition("/")[0]]
                axes.scatter(value, height, s=22, color=colour, marker=MARKERS.get(threads, "o"), alpha=0.75)
        labels = [f"{row.title}: {NAMES[who]}" for row, who in reversed(lines)]
        axes.set_yticks(range(len(lines)), labels)
        axes.set_xscale("log")
        axes.set_xticks(TICKS, [f"{tick:g}" for tick in TICKS])
        axes.minorticks_off()
        axes.axvline(1, color="black", linewidth=0.8)
        axes.grid(axis="x", alpha=0.3)
        axes.set_xlabel("times what seqloom needs; ● two threads, + one")
        axes.spines[["top", "right"]].set_visible(False)
        figure.savefig(place, metadata={"Date": None})


def _others(row: Row) -> list[str]:
    return [who for who in row.taking_part[1:] if who.partition("/")[0] in COLOURS]


def _points(row: Row, who: str, records: Sequence[Record]) -> list[tuple[int, float]]:
    """Threads and ratio of each case."""
    us = row.taking_part[0]
    return [
        (record.threads, found.value)
        for record in records
        if record.row == row.name
        for measured in record.measurements
        if (found := ratio(measured.figure(us), measured.figure(who))) is not None
    ]
