"""Work with texts, from one end to the other."""

from benchmarks.speed import texts
from benchmarks.speed.case import Case
from benchmarks.speed.row import Row
from benchmarks.speed.target import AtMost

ROWS = (
    Row(
        "texts",
        "Work with texts",
        "Cutting 50,000 film reviews into words, their vocabulary learned before; a pass over the 25,000 to learn from "
        "by the recipe of the results page, with validation; 5,000 characters written one by one by an LSTM of 512 "
        "units; 1,000 sentences translated by a beam of 5. Each once.",
        (Case("texts", batch=29_000),),
        ("cut", "learn", "write", "translate"),
        (AtMost("cut", 20.0), AtMost("learn", 60.0), AtMost("write", 1.0), AtMost("translate", 20.0)),
        shown="alone",
        measure=texts.measure,
    ),
)
