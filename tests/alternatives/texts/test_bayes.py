from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.texts.bayes import BayesBigrams, log_count_ratio


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
    there = csr_matrix(np.array([[1, 0], [1, 1], [0, 1]]))
    ratio = log_count_ratio(there, np.array([True, True, False]))
    inside, outside = np.array([3, 2]) / 5, np.array([1, 2]) / 3
    np.testing.assert_allclose(ratio, np.log(inside / outside))
