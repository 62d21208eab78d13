"""Figures about translations: plain arrays to figure data."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.report.figure_data import Axis, Bars, Cells, FigureData, Panel
from seqloom.sequence import Alignment

SPACE = "▁"
"""Stands for a space in pieces of words."""
END = "(end)"
"""How the end of a text is shown among its symbols."""


def attention_figure(alignments: Sequence[Alignment]) -> FigureData:
    """What each symbol of some translations read of its source.

    Args:
        alignments: one panel each.
    """
    return FigureData(
        name="attention",
        title="What was read while writing",
        caption="Each row is a symbol of a translation, written from top to bottom; each column a token of its source. "
        "The stronger the colour, the more of the token was read when the symbol was written. A path along the "
        "diagonal is a translation in the same order; crossings show where the order changes.",
        panels=tuple(_panel(alignment) for alignment in alignments),
    )


def _panel(alignment: Alignment) -> Panel:
    rows, columns = np.nonzero(np.ones_like(alignment.weights))
    shares = alignment.weights[rows, columns].astype(np.float64).round(4)
    return Panel(
        marks=(Cells(x=columns, y=rows, share=shares, text=("",) * len(rows)),),
        x=Axis(label="source", kind="label", labels=shown(alignment.source)),
        y=Axis(label="translation", kind="label", labels=(*shown(alignment.target), END)),
        shape="square",
    )


def shown(pieces: Sequence[str]) -> tuple[str, ...]:
    """Tokens as a reader knows them: those that begin a word as they are, what goes on in a word behind a dot.

    Example:
        >>> shown(("▁Zwei", "▁Renn", "räder", "."))
        ('Zwei', 'Renn', '·räder', '.')
    """
    if not any(piece.startswith(SPACE) for piece in pieces):
        return tuple(pieces)
    return tuple(
        piece.replace(SPACE, "") if piece.startswith(SPACE) or not piece.isalnum() else f"·{piece}" for piece in pieces
    )


def quality_by_length(centres: NDArray[np.float64], bleu: NDArray[np.float64], width: float) -> FigureData:
    """Are longer texts translated worse?

    Args:
        centres: words of a source, the middle of each group, [groups].
        bleu: of each group, [groups].
        width: words a group spans.
    """
    panel = Panel(
        marks=(Bars(name="BLEU", x=centres, y=bleu, width=width),),
        x=Axis(label="words of the source"),
        y=Axis(label="BLEU"),
        shape="wide",
    )
    return FigureData(
        name="quality-by-length",
        title="BLEU by length",
        caption="Sentences are grouped by the length of their source. Bars that fall to the right show that long ones "
        "are translated worse than short ones. Groups of few sentences scatter: the table says how many there are.",
        panels=(panel,),
    )
