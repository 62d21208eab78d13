"""Metrics of classes, compared with numbers by hand and with scipy."""

import math

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from seqloom.errors import DataError
from seqloom.score import cheapest_threshold, choose_threshold, class_metrics, cost_of


@pytest.fixture
def ranking():
    """Probabilities of the positive class that lean towards the truth, and the truth, of 200 sequences."""
    numbers = np.random.default_rng(4)
    truth = numbers.integers(0, 2, 200)
    positive = 1 / (1 + np.exp(-numbers.standard_normal(200) - truth))
    return np.stack([1 - positive, positive], axis=1), truth


def certain(classes):
    """Probabilities of 0.9 for the given classes of three."""
    return np.full((len(classes), 3), 0.05) + 0.85 * np.eye(3)[classes]


def test_binary_metrics_are_about_the_second_class():
    """Two hits, one false alarm and two misses of four positives and one negative."""
    probabilities = np.array([[0.1, 0.9], [0.4, 0.6], [0.7, 0.3], [0.8, 0.2], [0.2, 0.8]])
    metrics = class_metrics(probabilities, np.array([1, 1, 1, 1, 0]))
    assert metrics["precision"] == pytest.approx(2 / 3)
    assert metrics["recall"] == pytest.approx(2 / 4)
    assert metrics["f1"] == pytest.approx(2 * 2 / (2 * 2 + 1 + 2))
    assert metrics["accuracy"] == pytest.approx(2 / 5)


def test_several_classes_are_averaged_alike():
    """Macro averages weigh each class once, however rare it is."""
    metrics = class_metrics(certain([0, 0, 0, 1, 2]), np.array([0, 0, 1, 1, 2]))
    assert metrics["recall"] == pytest.approx((1 + 1 / 2 + 1) / 3)
    assert metrics["precision"] == pytest.approx((2 / 3 + 1 + 1) / 3)
    assert metrics["f1"] == pytest.approx((4 / 5 + 2 / 3 + 1) / 3)


def test_roc_auc_is_the_chance_that_a_positive_ranks_above_a_negative(ranking):
    """Scipy's Mann-Whitney statistic, divided by the number of pairs, is the same number."""
    probabilities, truth = ranking
    positive, negative = probabilities[truth == 1, 1], probabilities[truth == 0, 1]
    expected = mannwhitneyu(positive, negative).statistic / (len(positive) * len(negative))
    assert class_metrics(probabilities, truth)["roc_auc"] == pytest.approx(expected)


def test_roc_auc_of_several_classes_is_the_mean_over_each_against_the_rest():
    """Each class against all others by scipy's statistic, averaged uniformly."""
    numbers = np.random.default_rng(5)
    truth = numbers.integers(0, 3, 90)
    probabilities = numbers.dirichlet(np.ones(3), 90)
    areas = []
    for k in range(3):
        own, rest = probabilities[truth == k, k], probabilities[truth != k, k]
        areas.append(mannwhitneyu(own, rest).statistic / (len(own) * len(rest)))
    assert class_metrics(probabilities, truth)["roc_auc"] == pytest.approx(np.mean(areas))


def test_pr_auc_is_the_mean_precision_at_each_positive():
    """Positives at ranks 1, 3 and 4 of four have precisions 1, 2/3 and 3/4."""
    positive = np.array([0.9, 0.8, 0.7, 0.6])
    metrics = class_metrics(np.stack([1 - positive, positive], axis=1), np.array([1, 0, 1, 1]))
    assert metrics["pr_auc"] == pytest.approx((1 + 2 / 3 + 3 / 4) / 3)


def test_log_loss_and_brier_of_two_classes_are_those_by_hand():
    """Mean of the negative log probability of the truth, and of the squared error of the positive's probability."""
    metrics = class_metrics(np.array([[0.2, 0.8], [0.6, 0.4]]), np.array([1, 1]))
    assert metrics["log_loss"] == pytest.approx(-(math.log(0.8) + math.log(0.4)) / 2)
    assert metrics["brier"] == pytest.approx((0.2**2 + 0.6**2) / 2)


def test_brier_of_several_classes_sums_over_them():
    """Brier's own definition: squared errors of all classes added up."""
    assert class_metrics(np.array([[0.5, 0.3, 0.2]]), np.array([0]))["brier"] == pytest.approx(0.25 + 0.09 + 0.04)


@pytest.mark.parametrize("probabilities", [np.array([[0.2, 0.8], [0.6, 0.4]]), np.array([[0.2, 0.3, 0.5]] * 2)])
def test_ranking_metrics_are_left_out_where_a_class_is_missing(probabilities):
    """One class only in the truth has no ranking; the other metrics stay."""
    metrics = class_metrics(probabilities, np.array([1, 1]))
    assert set(metrics) == {"accuracy", "f1", "precision", "recall", "log_loss", "brier"}


def test_unlabelled_sequences_do_not_count():
    """A class number of -1 is no label."""
    assert class_metrics(certain([0, 1, 2]), np.array([0, 1, -1]))["accuracy"] == 1.0


def test_without_labels_there_are_no_metrics():
    """Nothing known gives nothing."""
    assert class_metrics(np.array([[0.5, 0.5]]), np.array([-1])) == {}


def test_single_precision_probabilities_are_taken_as_they_come():
    """Sums that differ from 1 by rounding raise neither error nor warning."""
    probabilities = np.full((7, 3), 1 / 3, dtype=np.float32)
    assert class_metrics(probabilities, np.arange(7) % 3)["log_loss"] == pytest.approx(math.log(3))


@pytest.mark.parametrize("bad", [[2.0, -1.0], [3.0, 1.0], [float("nan"), 0.5]])
def test_logits_are_refused(bad):
    """Rows that do not sum to 1, or hold negative numbers, are no probabilities."""
    with pytest.raises(DataError, match=r"rows that sum to 1.*pass probabilities, not logits"):
        class_metrics(np.array([bad]), np.array([1]))


def test_rows_without_a_label_array_of_their_length_are_refused():
    """Probabilities and truth must have one row per sequence."""
    with pytest.raises(DataError, match=r"expected the shape of the targets \[3\], came \[2\]"):
        class_metrics(np.full((2, 2), 0.5), np.zeros(3, dtype=int))


def test_a_threshold_moves_the_choice():
    """Below 0.5 the positive class is chosen already from the threshold on."""
    metrics = class_metrics(np.array([[0.7, 0.3], [0.9, 0.1]]), np.array([1, 0]), threshold=0.3)
    assert metrics["accuracy"] == 1.0


def test_the_chosen_threshold_is_the_best_of_all(ranking):
    """No threshold on a fine grid gives a better F1."""
    probabilities, truth = ranking
    chosen = class_metrics(probabilities, truth, choose_threshold(probabilities, truth))["f1"]
    grid = [class_metrics(probabilities, truth, threshold)["f1"] for threshold in np.linspace(0, 1, 201)]
    assert chosen >= max(grid)
    assert chosen > class_metrics(probabilities, truth)["f1"]


def test_a_threshold_lies_between_the_probabilities_it_separates():
    """New sequences near the gap have room on both sides."""
    assert choose_threshold(np.array([0.1, 0.2, 0.6, 0.7]), np.array([0, 0, 1, 1])) == pytest.approx(0.4)


def test_of_equally_good_thresholds_the_one_nearest_the_middle_is_taken():
    """Cuts at 0.725 and at 0.375 have the same F1, 2/3; the second one is nearer to 0.5."""
    positive, truth = np.array([0.9, 0.55, 0.5, 0.45, 0.3]), np.array([1, 0, 0, 1, 0])
    assert choose_threshold(positive, truth) == pytest.approx(0.375)


def test_one_class_leaves_the_threshold_in_the_middle():
    """Nothing can be chosen where there is nothing to tell apart."""
    assert choose_threshold(np.array([0.2, 0.3]), np.array([1, 1])) == 0.5


def test_several_classes_have_no_threshold():
    """A threshold is refused where there is no positive class."""
    with pytest.raises(DataError, match="expected two classes, came 3"):
        choose_threshold(certain([0, 1, 2]), np.array([0, 1, 2]))


@pytest.mark.parametrize("cost", [0.2, 1.0, 7.0])
def test_the_cheapest_threshold_is_the_cheapest_of_all(ranking, cost):
    """No other cut of the ranking costs less."""
    probabilities, truth = ranking
    found, probabilities = cheapest_threshold(probabilities, truth, cost), probabilities[:, 1]
    cuts = np.concatenate([[0.0], np.unique(probabilities), [1.1]])
    costs = [cost_of((probabilities >= cut).astype(int), truth, cost) for cut in cuts]
    assert cost_of((probabilities >= found).astype(int), truth, cost) == pytest.approx(min(costs))


def test_of_equally_cheap_thresholds_the_one_nearest_to_that_of_true_probabilities_is_taken():
    """Where all cuts between the classes cost nothing."""
    assert cheapest_threshold(np.array([0.05, 0.2, 0.9]), np.array([0, 0, 1]), 9.0) == pytest.approx(0.55)
    assert cheapest_threshold(np.array([0.3, 0.4]), np.array([0, 0]), 9.0) == pytest.approx(0.1)


def test_a_missed_case_costs_what_it_is_said_to_cost():
    """One missed at a cost of 5 and one false alarm, of four sequences; the unlabelled one does not count."""
    assert cost_of(np.array([0, 1, 1, 0, 1]), np.array([1, 0, 1, 0, -1]), 5.0) == pytest.approx(1.5)
    assert math.isnan(cost_of(np.array([1]), np.array([-1]), 5.0))
