"""Judgements with their page."""

from benchmarks.speed import reports
from benchmarks.speed.case import Case
from benchmarks.speed.row import Row
from benchmarks.speed.target import AtMost

ROWS = (
    Row(
        "reports",
        "A judgement and its page",
        "`seqloom evaluate MODEL DATA -o judged.html` from the table in memory to the page: forecasts of ETTh1's oil "
        "temperature 24 hours ahead, with both widths of their intervals; classes, values and tags of sequences of 20 "
        "steps.",
        (Case("reports", batch=10_000),),
        ("forecasts", "classes", "values", "tags"),
        tuple(AtMost(who, 60.0) for who in ("forecasts", "classes", "values", "tags")),
        shown="alone",
        measure=reports.measure,
    ),
)
