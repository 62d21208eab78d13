"""What a report says about transcripts."""

from seqloom.report.contents import Section
from seqloom.report.sections import records_table
from seqloom.report.table import Cell
from seqloom.report.transcript_outcome import TranscriptOutcome

LISTED = 12
"""Transcripts and confusions that are listed."""


def transcript_sections(outcome: TranscriptOutcome) -> tuple[Section, ...]:
    """The worst transcripts, some good ones, and what is taken for what."""
    if not outcome.known:
        return (Section(title="Transcripts", text=("No sequence of this part has a known text.",)),)
    return (_transcripts(outcome), *_confusions(outcome))


def _transcripts(outcome: TranscriptOutcome) -> Section:
    right = [row for row in outcome.known if not outcome.errors[row].distance]
    worst = outcome.worst(LISTED)
    sentence = f"{len(right):,} of {len(outcome.known):,} texts are without an error."
    tables = [
        records_table("The worst transcripts", [_record(outcome, row) for row in worst]),
        records_table(
            "Some without an error", [_record(outcome, row) for row in right[:: max(1, len(right) // 5)][:5]]
        ),
    ]
    return Section(title="Transcripts", text=(sentence,), tables=tuple(table for table in tables if table.rows))


def _record(outcome: TranscriptOutcome, row: int) -> dict[str, Cell]:
    return {
        "sequence": str(outcome.prediction.keys[row]),
        "said": outcome.truth[row],
        "heard": outcome.text(row),
        "characters wrong": outcome.errors[row].distance,
        "log probability": float(outcome.prediction.scores[row]),
        "steps": outcome.lengths[row],
    }


def _confusions(outcome: TranscriptOutcome) -> tuple[Section, ...]:
    tables = []
    for title, words in (("Words", True), ("Characters", False)):
        found = outcome.confusions(words=words)
        several = not words or any(" " in outcome.truth[row] for row in outcome.known)
        if found and several:
            records: list[dict[str, Cell]] = [
                {"said": true, "heard": heard, "times": count} for true, heard, count in found[:LISTED]
            ]
            tables.append(records_table(title, records))
    if not tables:
        return ()
    note = "What stands beside nothing was left out, or put in where nothing was said."
    return (Section(title="Confusions", text=(note,), tables=tuple(tables)),)
