"""The engine alone: its kernels, its memory, its first call."""

from benchmarks.speed import fresh, memory
from benchmarks.speed.case import Case
from benchmarks.speed.row import Row
from benchmarks.speed.rows.training import PEAK, SIZES, equal
from benchmarks.speed.target import AtMost, Faster, ShareOfPeak

WIDE = tuple(
    Case("kernel", cell, batch=b, steps=t, features=f, hidden=h)
    for cell in ("LSTM", "GRU", "Elman")
    for b, t, f, h, n in SIZES
    if h >= 128 and n == 1  # noqa: PLR2004 - where products are most of the work
)
ROWS = (
    Row(
        "kernels",
        "Kernels alone, hidden size from 128 on",
        "One layer forward, keeping what the way back needs, and back to its weights, without torch.",
        WIDE,
        ("seqloom/there", "seqloom/back", PEAK),
        (ShareOfPeak("seqloom/there", 0.65), ShareOfPeak("seqloom/back", 0.6)),
        shown="share",
    ),
    Row(
        "memory",
        "Memory of a training step",
        "The most that two training steps take beyond what the process holds before, each in a process of its own.",
        (*equal("train", "LSTM"), *equal("train", "GRU")[1:3]),
        ("seqloom", "torch_nn"),
        (Faster(("torch_nn",), each=1.0),),
        shown="bytes",
        measure=memory.measure,
    ),
    Row(
        "first-call",
        "First call",
        "The first training step of a cell in a new process: with nothing compiled before, and with what an earlier "
        "process compiled; and the import, beyond the start of Python.",
        tuple(Case("first", cell) for cell in ("LSTM", "GRU", "Elman")),
        ("cold", "cached", "import"),
        (AtMost("cold", 8.0), AtMost("cached", 0.3), AtMost("import", 0.1)),
        shown="alone",
        measure=fresh.measure,
    ),
)
