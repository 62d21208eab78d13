import numpy as np

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.steps.ending_tag import EndingTag


def test_a_new_word_has_the_tag_of_its_ending(tagged, make_sentences):
    """Walking ends as barking does; Pisa begins with a capital, as Oslo does; dogs were met."""
    asked = make_sentences([[5, 1], [4]], [-1, -1, -1])
    answer = EndingTag.fit(tagged, Hints(classes=3)).predict(asked)
    assert answer.argmax(axis=1).tolist() == [1, 2, 0]
    np.testing.assert_allclose(answer.sum(axis=1), 1)


def test_numbers_have_no_endings(make_sequences):
    """It is left out with the reason."""
    examples = make_sequences(np.zeros((2, 1)), targets=np.array([0, 1]), labelled_steps=True)
    assert EndingTag.fit(examples, Hints(classes=2)) == Skipped("the steps are no words")
