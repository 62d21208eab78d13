import numpy as np

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.steps.word_tag import WordTag


def test_a_word_has_its_most_frequent_tag_and_a_new_one_that_of_all(tagged, make_sentences):
    """Bark is a verb; Pisa, which is new, is taken for a noun, as most words are."""
    asked = make_sentences([[2, 1], [0]], [-1, -1, -1])
    answer = WordTag.fit(tagged, Hints(classes=3)).predict(asked)
    assert answer.argmax(axis=1).tolist() == [1, 0, 2]
    np.testing.assert_allclose(answer.sum(axis=1), 1)


def test_numbers_are_no_words(make_sequences):
    """It is left out with the reason."""
    examples = make_sequences(np.zeros((2, 1)), targets=np.array([0, 1]), labelled_steps=True)
    assert WordTag.fit(examples, Hints(classes=2)) == Skipped("the steps are no words")
