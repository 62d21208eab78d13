import numpy as np


def test_sequences_with_the_most_mistakes_come_first(tags):
    """Those without a mistake are left out."""
    assert tags.worst_sequences(9) == [1, 0]
    assert tags.worst_sequences(1) == [1]


def test_unlabelled_steps_cannot_be_wrong_and_unlearned_ones_are(tags):
    """The third step has no label, the last one a label nobody learned."""
    assert tags.wrong.tolist() == [True, False, False, True, True, True, False]
    assert tags.known.tolist() == [0, 1, 3, 4, 6]


def test_pairs_are_counted_by_what_is_true_and_what_was_said(tags):
    """Two verbs were taken for nouns."""
    assert tags.confusions(1) == [(1, 0, 2)]
    assert tags.confusions(9) == [(1, 0, 2), (0, 1, 1)]


def test_steps_know_their_sequence(tags):
    """A sequence begins with its first step."""
    np.testing.assert_array_equal(tags.sequence, [0, 0, 0, 1, 1, 1, 2])
