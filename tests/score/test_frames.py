import numpy as np
import pytest
from scipy.stats import bernoulli
from sklearn.metrics import f1_score, jaccard_score, precision_score, recall_score

from seqloom.errors import DataError
from seqloom.score import entry_nats, frame_metrics

RNG = np.random.default_rng(0)
LOGITS, TRUTH = RNG.normal(size=(30, 5)), (RNG.random((30, 5)) < 0.3).astype(float)
FIRST = np.zeros(30, dtype=bool)
FIRST[[0, 12]] = True


def test_nats_are_those_of_independent_coins():
    """The negative log-likelihood of an entry is that of scipy's Bernoulli variable."""
    expected = -bernoulli(1 / (1 + np.exp(-LOGITS))).logpmf(TRUTH)
    np.testing.assert_allclose(entry_nats(LOGITS, TRUTH), expected)


def test_metrics_are_counted_as_elsewhere():
    """Precision, recall and F1 are scikit-learn's over all entries, accuracy is its Jaccard score."""
    metrics = frame_metrics(LOGITS, TRUTH, FIRST)
    said, on = (LOGITS >= 0).ravel(), (TRUTH > 0).ravel()
    for name, score in {
        "precision": precision_score,
        "recall": recall_score,
        "f1": f1_score,
        "accuracy": jaccard_score,
    }.items():
        assert metrics[name] == pytest.approx(score(on, said))


def test_frames_are_counted_with_and_without_the_first():
    """`nll` counts 30 frames, `nll_after_first` the 28 that are not the first, `nats` the two sequences."""
    nats = entry_nats(LOGITS, TRUTH).sum(axis=1)
    metrics = frame_metrics(LOGITS, TRUTH, FIRST)
    assert metrics["nll"] == pytest.approx(nats.sum() / 30)
    assert metrics["nll_after_first"] == pytest.approx(nats[~FIRST].sum() / 28)
    assert metrics["nats"] == pytest.approx(nats.sum() / 2)


def test_what_cannot_be_computed_is_left_out():
    """Where nothing is on and nothing is said to be on there is no precision, recall or F1."""
    metrics = frame_metrics(np.full((1, 2), -9.0), np.zeros((1, 2)), np.array([True]))
    assert metrics.keys() == {"nll", "nats"}
    assert frame_metrics(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0, dtype=bool)) == {}


def test_very_sure_answers_cost_no_infinity():
    """A logit of 800 against the truth costs 800 nats, not infinity."""
    assert entry_nats(np.array([[800.0]]), np.array([[0.0]])).tolist() == [[800.0]]


def test_other_shapes_are_refused():
    """There must be a logit for each entry."""
    with pytest.raises(
        DataError, match=r"frames: expected a logit for each entry, came shapes \[30, 5\] and \[30, 4\]"
    ):
        entry_nats(LOGITS, TRUTH[:, :4])
