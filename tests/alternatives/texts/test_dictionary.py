import numpy as np

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.texts.dictionary import Dictionary

SOURCES = ["das Haus", "das Buch", "ein Buch", "ein Haus", "das Haus steht.", "ein Buch."]
TRANSLATIONS = ["the house", "the book", "a book", "a house", "the house stands.", "a book."]


def test_words_are_learned_from_the_texts_they_meet_in(make_pairs):
    """The book's example: no word ever stands alone, and still each one's meaning is found."""
    model = Dictionary.fit(make_pairs(SOURCES, TRANSLATIONS), Hints())
    assert model.meanings == {"das": "the", "Haus": "house", "Buch": "book", "ein": "a", "steht": "stands", ".": "."}


def test_texts_are_translated_word_by_word(make_pairs):
    """In the same order, with words never met as they are."""
    model = Dictionary.fit(make_pairs(SOURCES, TRANSLATIONS), Hints())
    assert model.predict(make_pairs(["ein Oslo steht."], [None])).tolist() == ["a Oslo stands."]


def test_probabilities_are_those_of_the_textbook(make_pairs):
    """One round of expectation maximisation by hand agrees on which meaning leads after five."""
    sources, translations = ["a b", "a"], ["x y", "x"]
    table = {(f, e): 1.0 for f in ("", "a", "b") for e in ("x", "y")}
    pairs = [(["", "a", "b"], ["x", "y"]), (["", "a"], ["x"])]
    for _ in range(5):
        counts = dict.fromkeys(table, 0.0)
        for source, target in pairs:
            for e in target:
                total = sum(table[f, e] for f in source)
                for f in source:
                    counts[f, e] += table[f, e] / total
        sums = {f: sum(counts[f, e] for e in ("x", "y")) for f in ("", "a", "b")}
        table = {(f, e): counts[f, e] / sums[f] for f, e in table}
    expected = {f: max(("x", "y"), key=lambda e: table[f, e]) for f in ("a", "b")}
    assert Dictionary.fit(make_pairs(sources, translations), Hints()).meanings == expected


def test_pairs_without_a_translation_are_left_out(make_pairs):
    """Where there is no other, the alternative is skipped."""
    model = Dictionary.fit(make_pairs(["eins", "zwei"], ["one", None]), Hints())
    assert model.meanings == {"eins": "one"}
    assert Dictionary.fit(make_pairs(["eins"], [None]), Hints()) == Skipped("no training sentence has a translation")


def test_many_pairs_are_learned_from_quickly(make_pairs):
    """A thousand pairs of a made-up language of two hundred words, each word of which is found."""
    rng = np.random.default_rng(0)
    texts = [rng.integers(0, 200, 8) for _ in range(1000)]
    sources = [" ".join(f"f{word}" for word in text) for text in texts]
    translations = [" ".join(f"e{word}" for word in text[::-1]) for text in texts]
    model = Dictionary.fit(make_pairs(sources, translations), Hints())
    assert model.meanings == {f"f{word}": f"e{word}" for word in range(200)}
