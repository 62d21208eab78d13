import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.sequences.features import pooled
from seqloom.alternatives.sequences.logistic import Logistic


def pulses(count: int):
    """Sequences of noise, every other one with a step up at its end."""
    drawn = np.random.default_rng(0)
    classes = np.arange(count) % 2
    numbers = [drawn.normal(size=(n, 1)) for n in drawn.integers(8, 16, count)]
    for rows, number in zip(numbers, classes, strict=True):
        rows[-1] += 8 * number
    return numbers, classes


def test_what_pooled_features_show_is_learned(make_sequences):
    """A last value far above the others tells the classes apart on sequences not seen before."""
    numbers, classes = pulses(120)
    examples = make_sequences(*numbers, targets=classes)
    model = Logistic.fit(examples.take(slice(0, 80)), Hints(classes=2))
    assert (model.predict(examples.take(slice(80, None))).argmax(axis=1) == classes[80:]).mean() > 0.95


def test_probabilities_sum_to_one_over_all_classes(make_sequences):
    """A class without a training sequence has a column, and probability 0."""
    numbers, classes = pulses(40)
    examples = make_sequences(*numbers, targets=classes * 2)
    answer = Logistic.fit(examples, Hints(classes=4)).predict(examples)
    np.testing.assert_allclose(answer.sum(axis=1), 1)
    assert answer[:, [1, 3]].max() == 0


def test_classes_too_rare_for_folds_are_fitted(make_sequences):
    """One sequence of a class is enough for a model of the usual strength."""
    numbers, classes = pulses(20)
    classes = np.where(np.arange(20) == 5, 1, 0)
    examples = make_sequences(*numbers, targets=classes)
    assert Logistic.fit(examples, Hints(classes=2)).predict(examples)[5, 1] > 0.3


def test_one_class_is_skipped(make_sequences):
    """There is nothing to tell apart."""
    outcome = Logistic.fit(make_sequences(*np.zeros((3, 2, 1)), targets=np.array([1, 1, -1])), Hints(classes=2))
    assert outcome == Skipped("the training part has fewer than two classes")


@pytest.mark.parametrize("classes", [2, 3])
def test_probabilities_are_those_of_scikit_learn(make_sequences, monkeypatch, classes):
    """To nine digits, at the same strength."""
    drawn = np.random.default_rng(1)
    examples = make_sequences(*(5 + drawn.normal(size=(60, 6, 2))), targets=np.arange(60) % classes)
    monkeypatch.setattr("seqloom.alternatives.fitting.logistic_regression.STRENGTHS", (0.1,))
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=500, tol=1e-3))
    expected = model.fit(pooled(examples), examples.truth()).predict_proba(pooled(examples))
    np.testing.assert_allclose(Logistic.fit(examples, Hints(classes=classes)).predict(examples), expected, atol=1e-9)
