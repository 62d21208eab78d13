import numpy as np

from seqloom.alternatives.steps.tag_counts import class_counts, each_word, labelled_steps, shares_of, word_counts


def test_only_labelled_steps_are_counted(tagged):
    """The last word has no label."""
    rows, numbers = labelled_steps(tagged)
    assert rows.tolist() == [0, 1, 2, 3, 4, 5]
    assert class_counts(numbers, 4).tolist() == [3, 2, 1, 0]


def test_each_word_has_its_own_counts(tagged):
    """Dogs were nouns three times; words without a label are not met."""
    counts = word_counts(tagged, 3)
    assert {word: own.tolist() for word, own in counts.items()} == {
        "Oslo": [0, 0, 1],
        "bark": [0, 1, 0],
        "barking": [0, 1, 0],
        "dogs": [3, 0, 0],
    }


def test_examples_without_words_have_no_counts(make_sequences):
    """Steps of numbers are answered as usual."""
    examples = make_sequences(np.zeros((2, 1)), targets=np.array([0, 1]), labelled_steps=True)
    assert word_counts(examples, 2) == {}
    assert each_word(examples, {}, np.array([0.25, 0.75])).tolist() == [[0.25, 0.75]] * 2


def test_shares_leave_room_for_what_was_not_met():
    """One more observation is spread as usual."""
    np.testing.assert_allclose(shares_of(np.array([3.0, 0.0]), np.array([0.5, 0.5])), [3.5 / 4, 0.5 / 4])
