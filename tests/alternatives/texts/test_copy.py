from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.texts.copy import Copy


def test_a_text_is_its_own_translation(make_pairs):
    """Letter by letter."""
    examples = make_pairs(["Ein Hund.", "Oslo 1952"], ["A dog.", "Oslo 1952"])
    assert Copy.fit(examples, Hints()).predict(examples).tolist() == ["Ein Hund.", "Oslo 1952"]


def test_without_sentences_there_is_nothing_to_compare(make_pairs):
    """The reason is given."""
    nothing = make_pairs(["eins"], ["one"]).take(slice(0, 0))
    assert Copy.fit(nothing, Hints()) == Skipped("there is no training sentence")
