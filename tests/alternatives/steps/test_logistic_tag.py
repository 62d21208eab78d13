import numpy as np

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.steps.logistic_tag import LogisticTag


def test_a_step_is_told_by_its_numbers(make_sequences):
    """Steps of high numbers are of the second class; the third, which no step has, has no probability."""
    steps = np.array([[0.0], [3.0], [0.2], [2.8], [3.1], [0.1]])
    examples = make_sequences(steps, steps[:2], targets=np.array([0, 1, 0, 1, 1, 0, 0, 1]), labelled_steps=True)
    answer = LogisticTag.fit(examples, Hints(classes=3)).predict(examples)
    assert answer.argmax(axis=1).tolist() == [0, 1, 0, 1, 1, 0, 0, 1]
    assert (answer[:, 2] == 0).all()


def test_words_have_no_numbers(tagged):
    """It is left out with the reason."""
    assert LogisticTag.fit(tagged, Hints(classes=3)) == Skipped("the steps have no numbers")


def test_one_class_leaves_nothing_to_tell_apart(make_sequences):
    """It is left out with the reason."""
    examples = make_sequences(np.zeros((2, 1)), targets=np.array([0, 0]), labelled_steps=True)
    assert LogisticTag.fit(examples, Hints(classes=2)) == Skipped("the training part has fewer than two classes")
