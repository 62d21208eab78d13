import numpy as np

from seqloom.report import TranslateOutcome, draw, translate_sections
from seqloom.sequence import Alignment, TranslatePrediction


def outcome(lengths):
    """Right translations of sources of these lengths in words."""
    count = len(lengths)
    texts = np.array([" ".join(["word"] * size) for size in lengths], dtype=object)
    found = tuple(Alignment(("t",) * size, ("s",), np.ones((2, size), np.float32) / size) for size in lengths)
    keys, zeros, ones = np.arange(count), np.zeros(count), np.ones(count, np.int64)
    prediction = TranslatePrediction(texts, zeros, "en", keys, found, zeros, ones)
    return TranslateOutcome(prediction, texts, texts)


def test_translations_stand_beside_source_and_truth():
    """Three lines for each text, the character score beside what was written."""
    translations, attention, length = translate_sections(outcome([4, 5, 30] * 3))
    assert [table.title for table in translations.tables] == [
        "Some translations",
        "The worst translations",
        "The best translations",
    ]
    first = translations.tables[2].rows[:3]
    assert [row[0] for row in first] == ["source", "true", "written"]
    assert [row[2] for row in first] == [None, None, 100.0]
    assert (len(attention.figures[0].panels), length.title) == (4, "Length")


def test_few_translations_are_listed_once():
    """The worst and the best of those that are all shown would be the same ones again."""
    translations, *_ = translate_sections(outcome([4, 5, 30]))
    assert [table.title for table in translations.tables] == ["Some translations"]


def test_groups_of_lengths_count_their_sentences():
    """Every sentence is in one of them."""
    *_, length = translate_sections(outcome([4, 5, 5, 16, 30]))
    assert [(row[0], row[1]) for row in length.tables[0].rows] == [("4 to 8", 3), ("14 to 18", 1), ("29 to 33", 1)]


def test_what_cannot_be_shown_is_left_out():
    """Long sentences of one length have neither attention nor groups."""
    assert [section.title for section in translate_sections(outcome([40, 40]))] == ["Translations"]


def test_all_figures_can_be_drawn():
    """None is refused by the drawing."""
    for section in translate_sections(outcome([4, 5, 9])):
        for figure in section.figures:
            assert draw(figure).axes
