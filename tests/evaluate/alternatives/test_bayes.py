import numpy as np
from scipy.sparse import csr_matrix

from seqloom.evaluate.alternatives import Hints, Skipped
from seqloom.evaluate.alternatives.bayes import BayesBigrams, _ratio


def in_order(count: int, seed: int):
    """Texts of noise in which two tokens follow each other, in one order for each class."""
    drawn = np.random.default_rng(seed)
    classes = np.arange(count) % 2
    texts = []
    for number in classes:
        tokens = drawn.integers(3, 30, 12)
        place = drawn.integers(0, 11)
        tokens[place : place + 2] = (1, 2) if number else (2, 1)
        texts.append(tokens)
    return texts, classes


def examples(make_texts, count: int, seed: int):
    """Their examples."""
    texts, classes = in_order(count, seed)
    return make_texts(*texts, targets=classes, size=30), classes


def test_the_order_of_two_tokens_is_learned(make_texts):
    """Both classes have the same words; only the pair tells them apart on texts not seen before."""
    model = BayesBigrams.fit(examples(make_texts, 300, 0)[0], Hints(classes=2))
    asked, classes = examples(make_texts, 100, 1)
    assert (model.predict(asked).argmax(axis=1) == classes).mean() > 0.9


def test_a_class_never_met_has_probability_zero(make_texts):
    """There is a column for it, and the others sum to one."""
    texts, classes = in_order(40, 0)
    model = BayesBigrams.fit(make_texts(*texts, targets=classes * 2, size=30), Hints(classes=4))
    answer = model.predict(make_texts(*texts, targets=classes, size=30))
    np.testing.assert_allclose(answer.sum(axis=1), 1)
    assert answer[:, [1, 3]].max() == 0


def test_one_class_is_skipped(make_texts):
    """There is nothing to tell apart."""
    outcome = BayesBigrams.fit(make_texts(*np.ones((3, 2), int), targets=np.array([1, 1, -1])), Hints(classes=2))
    assert outcome == Skipped("the training part has fewer than two classes")


def test_the_weight_of_a_token_is_its_log_count_ratio():
    """As Wang & Manning define it, by hand: each count and one, over the sum of all."""
    there = csr_matrix(np.array([[1, 0], [1, 1], [0, 1]]))
    ratio = _ratio(there, np.array([True, True, False]))
    inside, outside = np.array([3, 2]) / 5, np.array([1, 2]) / 3
    np.testing.assert_allclose(ratio, np.log(inside / outside))
