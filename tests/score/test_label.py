"""Metrics of several labels, against scikit-learn."""

import numpy as np
import pytest
from sklearn import metrics as sklearn

from seqloom.errors import DataError
from seqloom.score import choose_thresholds, label_losses, label_metrics

RNG = np.random.default_rng(0)
TRUTH = (RNG.random((60, 4)) < (0.2, 0.5, 0.7, 0.4)).astype(float)
STATED = np.clip(0.6 * TRUTH + 0.5 * RNG.random((60, 4)), 0.01, 0.99)
CHOSEN = STATED >= 0.55
REFERENCES = {
    "f1_micro": sklearn.f1_score(TRUTH, CHOSEN, average="micro"),
    "f1_macro": sklearn.f1_score(TRUTH, CHOSEN, average="macro"),
    "subset_accuracy": sklearn.accuracy_score(TRUTH, CHOSEN),
    "hamming": sklearn.hamming_loss(TRUTH, CHOSEN),
    "log_loss": np.mean([sklearn.log_loss(TRUTH[:, k], STATED[:, k]) for k in range(4)]),
    "brier": np.mean([sklearn.brier_score_loss(TRUTH[:, k], STATED[:, k]) for k in range(4)]),
    "roc_auc": sklearn.roc_auc_score(TRUTH, STATED, average="macro"),
    "pr_auc": sklearn.average_precision_score(TRUTH, STATED, average="macro"),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_a_metric_is_that_of_scikit_learn(name):
    """Each number agrees with the function of scikit-learn that has its definition."""
    assert label_metrics(STATED, CHOSEN, TRUTH)[name] == pytest.approx(REFERENCES[name], rel=1e-12)


def test_no_metric_is_without_a_reference():
    """Every number that is given stands in the table above."""
    assert label_metrics(STATED, CHOSEN, TRUTH).keys() == REFERENCES.keys()


def test_a_label_that_is_neither_there_nor_given_has_an_f1_of_0():
    """As scikit-learn counts it in the macro mean; it has no curve and is left out of the areas."""
    truth, chosen = TRUTH.copy(), CHOSEN.copy()
    truth[:, 0], chosen[:, 0] = 0, False
    found = label_metrics(STATED, chosen, truth)
    assert found["f1_macro"] == pytest.approx(sklearn.f1_score(truth, chosen, average="macro", zero_division=0))
    assert found["roc_auc"] == pytest.approx(sklearn.roc_auc_score(truth[:, 1:], STATED[:, 1:]))


def test_what_is_unknown_counts_nothing():
    """Sequences without a known label change no metric, and of others only the known labels count."""
    unknown = np.full((5, 4), np.nan)
    padded = label_metrics(*(np.vstack([part, part[:5]]) for part in (STATED, CHOSEN)), np.vstack([TRUTH, unknown]))
    assert padded == pytest.approx(label_metrics(STATED, CHOSEN, TRUTH))
    one = TRUTH.copy()
    one[0, 1:] = np.nan
    right = (CHOSEN == TRUTH)[1:].sum() + (CHOSEN == TRUTH)[0, 0]
    assert label_metrics(STATED, CHOSEN, one)["hamming"] == pytest.approx(1 - right / (59 * 4 + 1))
    assert label_metrics(STATED, CHOSEN, np.full((60, 4), np.nan)) == {}


def test_the_loss_of_a_label_is_minus_the_logarithm_of_what_is_true():
    """A label that is there costs -log p, one that is not costs -log(1 - p)."""
    losses = label_losses(np.array([[0.8, 0.3, 0.5]]), np.array([[1.0, 0.0, np.nan]]))
    np.testing.assert_allclose(losses, [[-np.log(0.8), -np.log(0.7), np.nan]])


def test_each_label_has_a_threshold_of_about_its_best_f1():
    """No other cut of its ranking is better by more than one of the sequences that have it."""
    stated = np.clip(STATED - 0.3, 0, 1)
    for k, threshold in enumerate(choose_thresholds(stated, TRUTH)):
        best = max(sklearn.f1_score(TRUTH[:, k], stated[:, k] >= cut) for cut in stated[:, k])
        assert sklearn.f1_score(TRUTH[:, k], stated[:, k] >= threshold) >= best - 1 / TRUTH[:, k].sum()


def test_the_threshold_of_right_probabilities_is_half_the_best_f1():
    """Found on few sequences, it gives on many others an F1 near the best that any threshold gives there."""
    rng = np.random.default_rng(1)
    stated = rng.beta(0.3, 3, (30_000, 1))
    truth = (rng.random(stated.shape) < stated).astype(float)
    (threshold,) = choose_thresholds(stated[:300], truth[:300])
    others = [sklearn.f1_score(truth[300:], stated[300:] >= cut) for cut in np.arange(0.02, 0.6, 0.02)]
    assert threshold == pytest.approx(max(others) / 2, abs=0.03)
    assert sklearn.f1_score(truth[300:], stated[300:] >= threshold) > max(others) - 0.01


def test_one_sequence_does_not_move_a_threshold():
    """A label found with certainty but for one sequence is cut far above that one."""
    truth = (np.arange(100) < 20).astype(float)[:, None]
    stated = np.where(truth, 0.95, 0.01)
    stated[0] = 0.02
    assert 0.4 < choose_thresholds(stated, truth)[0] < 0.6


def test_a_label_that_few_sequences_have_is_cut_at_one_half():
    """Four sequences with a label, or without it, or known at all, are too few to choose by."""
    few, many = (np.arange(40)[:, None] < count for count in (4, 36))
    truth = np.hstack([few, many, few]).astype(float)
    truth[4:, 2] = np.nan
    assert choose_thresholds(np.full((40, 3), 0.2), truth).tolist() == [0.5, 0.5, 0.5]


@pytest.mark.parametrize("stated", [np.full((2, 1), 1.5), np.full((2, 1), np.nan), np.full((2, 2), 0.5)])
def test_other_numbers_than_probabilities_are_refused(stated):
    """Logits, NaN and another shape are errors."""
    with pytest.raises(DataError, match=r"expected (numbers from 0 to 1|the shape)"):
        label_metrics(stated, np.ones((2, 1)), np.ones((2, 1)))
