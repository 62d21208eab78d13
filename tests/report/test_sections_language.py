"""What a report says about a language model."""

import numpy as np
import pytest

from seqloom.report import LanguageOutcome, language_sections, samples_section
from seqloom.report.sections_language import GROUPS, shown
from seqloom.sequence import LanguagePrediction

COUNT = 900


@pytest.fixture
def sections():
    """The sections of a model whose surprise falls with what it has read, and is twice what it expects."""
    place = np.arange(1, COUNT + 1)
    surprise = 1.0 + 1.0 / place
    prediction = LanguagePrediction(
        log_probabilities=-surprise,
        expected=surprise / 2,
        best=np.full(COUNT, 2),
        came=1 + place % 2,
        vocabulary=("[UNK]", " ", "b"),
        keys=np.array(["text"] * COUNT),
        steps=place + 1,
    )
    text = " b" * COUNT
    return language_sections(LanguageOutcome(prediction, place, place // 30, place, lambda a, b: text[a:b]))


def test_surprise_is_drawn_by_what_was_read(sections):
    """The curve falls as the model's surprise does, and no point stands for a handful of tokens."""
    line = sections[0].figures[0].panels[0].marks[0]
    assert list(line.y) == sorted(line.y, reverse=True)
    assert 2 < len(line.x) < COUNT / 20


def test_calibration_compares_expected_with_found_surprise(sections):
    """Ten points lie twice as high as the model expected."""
    line = sections[0].figures[1].panels[0].marks[1]
    assert len(line.x) == GROUPS
    np.testing.assert_allclose(line.y, 2 * np.array(line.x), rtol=1e-6)


def test_the_hardest_are_listed(sections):
    """Tokens with their share, places with what stands before them, and lines."""
    tokens, places, lines = sections[1].tables
    assert [row[:2] for row in tokens.rows] == [("b", 450), ("' '", 450)]
    assert places.rows[0] == (" ", "b", "b", pytest.approx(np.exp(-2)))
    assert lines.rows[0][0] == "b " * 14 + "b"


def test_samples_show_where_lines_end():
    """Ends of lines are written as signs, since a table cell has none."""
    table = samples_section([("greedy", "to be\nor not")]).tables[0]
    assert table.rows == (("greedy", "to be ⏎ or not"),)
    assert shown("\n") == " ⏎ "
