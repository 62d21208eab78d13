import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

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


@pytest.mark.parametrize("classes", [2, 3])
def test_probabilities_are_those_of_scikit_learn(make_sequences, classes):
    """To nine digits, step by step."""
    steps = np.random.default_rng(0).normal(size=(60, 3)).astype(np.float32)
    targets = np.arange(60) % classes
    examples = make_sequences(steps, targets=targets, labelled_steps=True)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=200)).fit(steps.astype(float), targets)
    found = LogisticTag.fit(examples, Hints(classes=classes)).predict(examples)
    np.testing.assert_allclose(found, model.predict_proba(steps.astype(float)), atol=1e-9)
