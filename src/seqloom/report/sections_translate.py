"""What a report says about translations."""

from collections.abc import Sequence

import numpy as np

from seqloom.report.contents import Section
from seqloom.report.figures_translate import attention_figure, quality_by_length
from seqloom.report.sections import records_table
from seqloom.report.shortened import shortened
from seqloom.report.table import Cell
from seqloom.report.translate_outcome import TranslateOutcome
from seqloom.score import bleu_signature, translation_metrics

LISTED = 8
"""Translations of a kind that are listed."""
DRAWN = 4
"""Sentences whose attention is drawn."""
LONGEST = 16
"""Tokens of a source whose attention is drawn, at most: more cannot be read."""
GROUPS = 6
"""Groups of lengths, at most."""


def translate_sections(outcome: TranslateOutcome) -> tuple[Section, ...]:
    """Best, worst and other translations, attention, quality by length."""
    lists = {"Some translations": outcome.spread(LISTED, longest=1 << 30)}
    if len(outcome.scores) > LISTED:
        lists |= {"The worst translations": outcome.worst(LISTED), "The best translations": outcome.best(LISTED)}
    tables = tuple(records_table(title, _records(outcome, rows)) for title, rows in lists.items())
    drawn = [outcome.prediction.alignments[row] for row in outcome.spread(DRAWN, LONGEST)]
    return (
        Section(title="Translations", text=(_how(),), tables=tables),
        *([Section(title="Attention", figures=(attention_figure(drawn),))] if drawn else []),
        *_by_length(outcome),
    )


def _how() -> str:
    return f"BLEU and chrF are those of sacreBLEU, of texts as people write them ({bleu_signature()})."


def _records(outcome: TranslateOutcome, rows: Sequence[int]) -> list[dict[str, Cell]]:
    """Three lines for each text, as sentences need the whole width of a page."""
    sides = {"source": outcome.sources, "true": outcome.references, "written": outcome.prediction.texts}
    return [
        {
            "": side,
            "text": shortened(texts[row]),
            "chrF": float(outcome.scores[row].round(1)) if side == "written" else None,
        }
        for row in rows
        for side, texts in sides.items()
    ]


def _by_length(outcome: TranslateOutcome) -> tuple[Section, ...]:
    """BLEU in groups of lengths of the same width."""
    lengths = outcome.lengths
    width = max(1, -(-int(lengths.max() - lengths.min() + 1) // GROUPS))
    group = (lengths - lengths.min()) // width
    if len(np.unique(group)) == 1:
        return ()
    records: list[dict[str, Cell]] = []
    centres, heights = [], []
    for number in np.unique(group).tolist():
        rows, first = np.flatnonzero(group == number), int(lengths.min()) + number * width
        metrics = translation_metrics(outcome.prediction.texts[rows].tolist(), outcome.references[rows].tolist())
        words = f"{first} to {first + width - 1}" if width > 1 else str(first)
        records.append({"words": words, "sentences": len(rows), "BLEU": metrics["bleu"], "chrF": metrics["chrf"]})
        centres.append(first + (width - 1) / 2)
        heights.append(metrics["bleu"])
    figure = quality_by_length(np.array(centres), np.array(heights), float(width))
    return (Section(title="Length", tables=(records_table("", records),), figures=(figure,)),)
