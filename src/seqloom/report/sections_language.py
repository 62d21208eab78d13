"""What a report says about a language model."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.report.contents import Section
from seqloom.report.figure_data import Axis, FigureData, Line, Panel, Rule
from seqloom.report.language_outcome import LanguageOutcome
from seqloom.report.sections import records_table
from seqloom.report.table import Cell

LISTED = 12
BEFORE = 40
"""Tokens shown before a surprising one."""
LEAST = 5
"""Tokens of a line that may be called hard."""
GROUPS = 10
FEW = 30
"""Tokens a point of a curve stands for, at least."""
RETURN = "⏎"
"""How the end of a line is shown in a table."""

Floats = NDArray[np.float64]


def language_sections(outcome: LanguageOutcome) -> tuple[Section, ...]:
    """Surprise by what was read before, its calibration, and the hardest tokens, places and lines."""
    surprise = Section(
        title="Surprise",
        text=("Surprise is minus the logarithm of the probability the model gave to the token that came, in nats.",),
        figures=(_by_read(outcome), _calibration(outcome)),
    )
    hard = Section(
        title="The hardest tokens",
        tables=(
            records_table("Tokens that cost most", _tokens(outcome), "Share: of the surprise of all tokens together."),
            records_table("Surprises in their context", [_place(outcome, token) for token in outcome.hardest(LISTED)]),
            records_table("The hardest lines", _lines(outcome)),
        ),
    )
    return surprise, hard


def samples_section(samples: Sequence[tuple[str, str]]) -> Section:
    """Texts a model wrote.

    Args:
        samples: how each was drawn, and the text.
    """
    rows: list[dict[str, Cell]] = [{"drawn": drawn, "text": shown(text)} for drawn, text in samples]
    note = f"{RETURN} ends a line. The text the model went on from is not shown."
    return Section(title="Samples", tables=(records_table("What the model writes", rows, note),))


def shown(text: str) -> str:
    """A text for a table: the ends of its lines can be seen."""
    return text.replace("\n", f" {RETURN} ")


def _by_read(outcome: LanguageOutcome) -> FigureData:
    edges = np.unique(np.geomspace(1, int(outcome.read.max()) + 1, 40).round())
    group = np.searchsorted(edges, outcome.read, side="right") - 1
    x, y = _means(group, outcome.read.astype(np.float64), outcome.surprise, FEW)
    return FigureData(
        name="surprise-by-memory",
        title="Surprise by what was read before",
        caption="Each point is the mean over tokens before which about as many were read. Where the curve stops"
        " falling, more memory would not help, or the model does not use what it has. Of one long text, its ups and"
        " downs are those of the text.",
        panels=(
            Panel(
                marks=(Line(name="model", x=x, y=y, dots=True),),
                x=Axis(label="tokens read before", log=True),
                y=Axis(label="mean surprise, nats"),
                shape="wide",
            ),
        ),
    )


def _calibration(outcome: LanguageOutcome) -> FigureData:
    expected = outcome.prediction.expected
    edges = np.quantile(expected, np.arange(1, GROUPS) / GROUPS)
    x, y = _means(np.searchsorted(edges, expected), expected, outcome.surprise, 1)
    return FigureData(
        name="calibration",
        title="Calibration of surprise",
        caption="Tokens in ten groups by how much surprise the model expected, the entropy of its probabilities. On the"
        " diagonal it is as surprised as it expected to be; above it, it is too sure of itself, below it too timid.",
        panels=(
            Panel(
                marks=(Rule(name="perfect", along="diagonal"), Line(name="model", x=x, y=y, dots=True)),
                x=Axis(label="expected surprise, nats"),
                y=Axis(label="mean surprise, nats"),
            ),
        ),
    )


def _means(group: NDArray[np.int64], x: Floats, y: Floats, least: int) -> tuple[Floats, Floats]:
    """The mean x and y of each group of at least so many."""
    counts = np.bincount(group)
    filled = np.flatnonzero(counts >= least)
    if not len(filled):
        filled = np.flatnonzero(counts)
    return tuple(np.bincount(group, each)[filled] / counts[filled] for each in (x, y))  # type: ignore[return-value]  # two of them


def _tokens(outcome: LanguageOutcome) -> list[dict[str, Cell]]:
    codes, counts, sums = outcome.by_token()
    names = outcome.prediction.vocabulary
    total = float(sums.sum()) or 1.0
    return [
        {
            "token": shown(repr(names[codes[place]]) if names[codes[place]].isspace() else names[codes[place]]),
            "times": int(counts[place]),
            "mean surprise": float(sums[place] / counts[place]),
            "share": f"{100 * sums[place] / total:.1f} %",
        }
        for place in np.argsort(-sums, kind="stable")[:LISTED]
    ]


def _place(outcome: LanguageOutcome, token: int) -> dict[str, Cell]:
    prediction, place = outcome.prediction, int(outcome.place[token])
    first = place - min(BEFORE, int(outcome.read[token]))
    return {
        "before": shown(outcome.text(first, place)),
        "came": shown(outcome.text(place, place + 1)),
        "expected": shown(prediction.vocabulary[prediction.best[token]]),
        "probability of what came": float(np.exp(prediction.log_probabilities[token])),
    }


def _lines(outcome: LanguageOutcome) -> list[dict[str, Cell]]:
    found = outcome.hardest_lines(LISTED, LEAST)
    return [{"line": shown(line.strip("\n")), "mean surprise": surprise} for surprise, line in found]
