from dataclasses import replace

import numpy as np
import pytest

from seqloom.report import TranscriptOutcome, transcript_sections
from seqloom.sequence import TranscriptPrediction


@pytest.fixture
def outcome():
    """A right and a wrong text."""
    prediction = TranscriptPrediction(
        np.array(["one two", "one too"], dtype=object), np.array([-0.1, -2.0]), "said", np.array(["a", "b"])
    )
    return TranscriptOutcome(prediction, ("one two", "one two"), (20, 21))


def test_what_was_heard_stands_beside_what_was_said(outcome):
    """Wrong texts are listed with their errors, right ones apart."""
    transcripts, confusions = transcript_sections(outcome)
    worst, right = transcripts.tables
    assert worst.rows == (("b", "one two", "one too", 1, -2.0, 21),)
    assert right.rows[0][:3] == ("a", "one two", "one two")
    assert "1 of 2 texts are without an error" in transcripts.text[0]
    assert [table.rows for table in confusions.tables] == [(("two", "too", 1),), (("w", "o", 1),)]


def test_perfect_transcripts_have_no_confusions(outcome):
    """Where all is right nothing was taken for anything else."""
    perfect = replace(outcome.prediction, texts=np.array(["one two"] * 2, dtype=object))
    (section,) = transcript_sections(replace(outcome, prediction=perfect))
    assert "2 of 2" in section.text[0]


def test_unknown_texts_are_told(outcome):
    """Without a truth there is nothing to compare with."""
    (section,) = transcript_sections(replace(outcome, truth=("", "")))
    assert "No sequence" in section.text[0]
