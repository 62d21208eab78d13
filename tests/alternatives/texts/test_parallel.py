import numpy as np
import pytest

from seqloom.alternatives.texts.parallel import sources_of, translations_of, words_of, written_out


def test_both_sides_are_those_of_the_examples(make_pairs):
    """In their order, None where there is no translation."""
    examples = make_pairs(["eins", "zwei", "drei"], ["one", None, "three"]).take(slice(None, None, -1))
    assert sources_of(examples).tolist() == ["drei", "zwei", "eins"]
    assert translations_of(examples).tolist() == ["three", None, "one"]


def test_sequences_of_numbers_have_no_texts(make_sequences):
    """The message says what was expected."""
    with pytest.raises(ValueError, match="expected texts"):
        sources_of(make_sequences(np.zeros((1, 1)), targets=np.ones(1)))


@pytest.mark.parametrize("text", ["A man's dog, asleep.", "Two (small) dogs run!", "Zwei Männer stehen."])
def test_words_make_the_text_again(text):
    """Spaces are put where they belong."""
    assert written_out(words_of(text)) == text
