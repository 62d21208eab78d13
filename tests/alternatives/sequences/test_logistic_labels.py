"""Logistic regression, label by label."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from seqloom.alternatives import Hints
from seqloom.alternatives.sequences.features import pooled
from seqloom.alternatives.sequences.logistic_labels import BayesLabels, LogisticLabels, TfidfLabels


def labelled_texts(make_texts, count, seed):
    """Texts of noise in which token 1, and the pair of 2 and 3, are labels of their own."""
    rng = np.random.default_rng(seed)
    truth = (rng.random((count, 2)) < 0.5).astype(float)
    texts = []
    for one, pair in truth:
        tokens = rng.integers(4, 30, 12)
        tokens[0] = 1 if one else tokens[0]
        tokens[5:7] = (2, 3) if pair else (3, 2)
        texts.append(tokens)
    return make_texts(*texts, targets=truth, size=30), truth


@pytest.mark.parametrize("kind", [TfidfLabels, BayesLabels])
def test_tokens_and_pairs_tell_labels_of_texts(make_texts, kind):
    """Both labels are found in texts not seen before, each by itself."""
    model = kind.fit(labelled_texts(make_texts, 300, 0)[0], Hints())
    asked, truth = labelled_texts(make_texts, 100, 1)
    assert ((model.predict(asked)[:, :, 1] == truth).mean(axis=0) > 0.9).all()


def test_numbers_are_labelled_as_one_against_the_rest_of_scikit_learn_does(make_sequences, monkeypatch):
    """At the same strength the probabilities are those of its classifier."""
    rng = np.random.default_rng(0)
    truth = (rng.random((80, 3)) < 0.4).astype(float)
    examples = make_sequences(*(rng.normal(size=(80, 6, 3)) + truth[:, None]), targets=truth)
    monkeypatch.setattr("seqloom.alternatives.fitting.logistic_regression.STRENGTHS", (0.1,))
    model = make_pipeline(StandardScaler(), OneVsRestClassifier(LogisticRegression(C=0.1, max_iter=500, tol=1e-3)))
    expected = model.fit(pooled(examples), truth).predict_proba(pooled(examples))
    found = LogisticLabels.fit(examples, Hints()).predict(examples)[:, :, 0]
    np.testing.assert_allclose(found, expected, rtol=1e-6)
