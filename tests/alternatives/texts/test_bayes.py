from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.fitting.compressed import compressed
from seqloom.alternatives.sparse import Sparse
from seqloom.alternatives.texts.bayes import BayesBigrams, Vocabulary, log_count_ratio, occurrences


def test_the_order_of_two_tokens_is_learned(make_ordered):
    """Both classes have the same words; only the pair tells them apart on texts not seen before."""
    model = BayesBigrams.fit(make_ordered(300, 0)[0], Hints(classes=2))
    asked, classes = make_ordered(100, 1)
    assert (model.predict(asked).argmax(axis=1) == classes).mean() > 0.9


def test_a_class_never_met_has_probability_zero(make_ordered):
    """There is a column for it, and the others sum to one."""
    texts, classes = make_ordered(40, 0)
    twice = replace(texts, prepared=replace(texts.prepared, targets=classes * 2))
    model = BayesBigrams.fit(twice, Hints(classes=4))
    answer = model.predict(texts)
    np.testing.assert_allclose(answer.sum(axis=1), 1)
    assert answer[:, [1, 3]].max() == 0


def test_one_class_is_skipped(make_texts):
    """There is nothing to tell apart."""
    outcome = BayesBigrams.fit(make_texts(*np.ones((3, 2), int), targets=np.array([1, 1, -1])), Hints(classes=2))
    assert outcome == Skipped("the training part has fewer than two classes")


def test_the_weight_of_a_token_is_its_log_count_ratio():
    """As Wang & Manning define it, by hand: each count and one, over the sum of all."""
    there = Sparse.counted(np.array([0, 1, 1, 2]), np.array([0, 0, 1, 1]), (3, 2))
    ratio = log_count_ratio(there, np.array([True, True, False]), 2)
    inside, outside = np.array([3, 2]) / 5, np.array([1, 2]) / 3
    np.testing.assert_allclose(ratio, np.log(inside / outside))


@pytest.mark.parametrize("classes", [2, 3])
def test_probabilities_are_those_of_scikit_learn(make_texts, classes):
    """One regression for each class on weighted occurrences, all columns kept, and their shares."""
    drawn = np.random.default_rng(1)
    texts = [drawn.integers(1, 40, 12) for _ in range(60)]
    examples = make_texts(*texts, targets=np.arange(60) % classes, size=40)
    some = examples.take(slice(0, 30))
    there, asked = occurrences(some), occurrences(examples)
    expected = np.empty((60, classes))
    for number in range(classes):
        mine = some.truth() == number
        ratio = log_count_ratio(there, mine, there.shape[1])
        model = LogisticRegression(max_iter=200).fit(csr_matrix(compressed(there).multiply(ratio)), mine)
        expected[:, number] = model.predict_proba(csr_matrix(compressed(asked).multiply(ratio)))[:, 1]
    expected /= expected.sum(axis=1, keepdims=True)
    # 1e-9: columns that no training text has, left out here, are zeros that add up to nothing
    np.testing.assert_allclose(BayesBigrams.fit(some, Hints(classes=classes)).predict(examples), expected, atol=1e-9)


@pytest.mark.parametrize("columns", [[1, 1], [2, 0], [0, 9]])
def test_a_vocabulary_in_disorder_is_refused(columns):
    """Whatever it was read from."""
    with pytest.raises(ValueError, match="columns of 9"):
        Vocabulary(np.array(columns), 9)
    with pytest.raises(ValueError, match="expected 9 columns, came 2"):
        Vocabulary(np.array([0, 1]), 9)(Sparse.counted(np.zeros(0, int), np.zeros(0, int), (1, 2)))
