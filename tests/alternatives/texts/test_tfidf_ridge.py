import numpy as np
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.fitting.compressed import compressed
from seqloom.alternatives.texts.grams import grams
from seqloom.alternatives.texts.tfidf_ridge import TfidfRidge


def test_words_that_raise_a_value_are_found(make_texts):
    """The value follows one word; texts not seen before are ordered by it."""
    drawn = np.random.default_rng(0)
    texts = [drawn.integers(2, 20, 10) for _ in range(200)]
    values = np.arange(200) % 3.0
    for tokens, value in zip(texts, values, strict=True):
        tokens[: int(value)] = 1
    whole = make_texts(*texts, targets=values[:, None].astype(np.float32), size=20)
    answer = TfidfRidge.fit(whole.take(slice(0, 150)), Hints()).predict(whole.take(slice(150, None)))
    assert np.corrcoef(answer[:, 0], values[150:])[0, 1] > 0.8


def test_one_value_is_skipped(make_texts):
    """There is nothing to learn from it."""
    outcome = TfidfRidge.fit(make_texts(np.array([1, 2]), targets=np.array([[1.0]])), Hints())
    assert outcome == Skipped("the training part has fewer than two known values")


def test_values_are_those_of_scikit_learn(make_texts):
    """To nine digits, on texts with tokens and pairs that the training part does not have."""
    drawn = np.random.default_rng(1)
    texts = [drawn.integers(1, 40, 12) for _ in range(60)]
    examples = make_texts(*texts, targets=drawn.normal(size=(60, 1)), size=40)
    some = examples.take(slice(0, 30))
    model = make_pipeline(TfidfTransformer(sublinear_tf=True), Ridge(1.0, solver="lsqr", tol=1e-6))
    expected = model.fit(compressed(grams(some)), some.truth()).predict(compressed(grams(examples))).reshape(60, 1)
    np.testing.assert_allclose(TfidfRidge.fit(some, Hints()).predict(examples), expected, rtol=1e-9, atol=1e-9)
