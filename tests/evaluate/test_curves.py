import numpy as np

from seqloom.evaluate import confusion, precision_recall, roc

TRUTH = np.array([0, 0, 1, 1, -1])
SCORES = np.array([0.1, 0.4, 0.35, 0.8, 0.9])
PROBABILITIES = np.stack([1 - SCORES, SCORES], axis=1)


def test_confusion_has_the_truth_in_rows():
    """One of two sequences of class 1 was taken for class 0; the unlabelled one does not count."""
    counts = confusion(np.array([0, 0, 0, 1, 1]), TRUTH, 3)
    assert counts.tolist() == [[2, 0, 0], [1, 1, 0], [0, 0, 0]]


def test_the_area_under_roc_is_the_share_of_pairs_in_order():
    """Three of the four pairs of a positive and a negative are ranked rightly."""
    assert roc(PROBABILITIES, TRUTH, 1).area == 0.75


def test_roc_runs_from_nothing_to_everything():
    """The curve begins at the lower left and ends at the upper right."""
    curve = roc(PROBABILITIES, TRUTH, 1)
    assert [(curve.x[end], curve.y[end]) for end in (0, -1)] == [(0, 0), (1, 1)]


def test_average_precision_sums_precision_over_recall():
    """The first positive is found at precision 1, the second at 2/3."""
    np.testing.assert_allclose(precision_recall(PROBABILITIES, TRUTH, 1).area, 0.5 * 1 + 0.5 * 2 / 3)


def test_long_curves_are_thinned():
    """A curve of thousands of points keeps 200 of them, both ends included."""
    drawn = np.random.default_rng(0)
    scores = drawn.random(5000)
    truth = (scores + drawn.normal(size=5000) > 0.5).astype(np.int64)
    curve = precision_recall(np.stack([1 - scores, scores], axis=1), truth, 1)
    assert (len(curve.x), curve.x[0], curve.x[-1]) == (200, 1.0, 0.0)


def test_one_class_in_the_truth_has_no_curve():
    """Without both sides there is no threshold to speak of."""
    assert roc(PROBABILITIES[:2], TRUTH[:2], 1) is None
    assert precision_recall(PROBABILITIES[2:4], TRUTH[2:4], 1) is None
