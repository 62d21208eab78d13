from dataclasses import replace

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.fitting.compressed import compressed
from seqloom.alternatives.texts.grams import grams
from seqloom.alternatives.texts.tfidf import Tfidf


def test_the_order_of_two_tokens_is_learned(make_ordered):
    """Both classes have the same words; only the pair tells them apart on texts not seen before."""
    model = Tfidf.fit(make_ordered(300, 0)[0], Hints(classes=2))
    asked, classes = make_ordered(100, 1)
    assert (model.predict(asked).argmax(axis=1) == classes).mean() > 0.9


def test_a_class_never_met_has_probability_zero(make_ordered):
    """There is a column for it, and the others sum to one."""
    texts, classes = make_ordered(40, 0)
    twice = replace(texts, prepared=replace(texts.prepared, targets=classes * 2))
    model = Tfidf.fit(twice, Hints(classes=4))
    answer = model.predict(texts)
    np.testing.assert_allclose(answer.sum(axis=1), 1)
    assert answer[:, [1, 3]].max() == 0


def test_one_class_is_skipped(make_texts):
    """There is nothing to tell apart."""
    outcome = Tfidf.fit(make_texts(*np.ones((3, 2), int), targets=np.array([1, 1, -1])), Hints(classes=2))
    assert outcome == Skipped("the training part has fewer than two classes")


@pytest.mark.parametrize("classes", [2, 3])
def test_probabilities_are_those_of_scikit_learn(make_texts, classes):
    """On texts with tokens and pairs that the training part does not have."""
    drawn = np.random.default_rng(1)
    texts = [drawn.integers(1, 40, 12) for _ in range(60)]
    examples = make_texts(*texts, targets=np.arange(60) % classes, size=40)
    some = examples.take(slice(0, 30))
    model = make_pipeline(TfidfTransformer(sublinear_tf=True), LogisticRegression(C=10.0, max_iter=200))
    expected = model.fit(compressed(grams(some)), some.truth()).predict_proba(compressed(grams(examples)))
    # 1e-9: columns that no training text has, left out here, are zeros that add up to nothing
    np.testing.assert_allclose(Tfidf.fit(some, Hints(classes=classes)).predict(examples), expected, atol=1e-9)
