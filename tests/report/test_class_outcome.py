from dataclasses import replace

import numpy as np


def test_the_surest_mistake_comes_first(make_classes):
    """Mistakes are ordered by the probability of the wrong class."""
    outcome = make_classes(mistakes=3)
    probabilities = outcome.prediction.probabilities.copy()
    probabilities[2, outcome.labels[2]] = 0.99
    surer = replace(outcome, prediction=replace(outcome.prediction, probabilities=probabilities))
    assert surer.mistakes(1) == [2]


def test_only_mistakes_are_mistakes(make_classes):
    """Rows with the right class are never among them."""
    assert sorted(make_classes(mistakes=2).mistakes(99)) == [0, 1]


def test_unlabelled_rows_cannot_be_wrong(make_classes):
    """A row without a true class is left out."""
    outcome = make_classes(mistakes=2)
    truth = outcome.truth.copy()
    truth[0] = -1
    outcome = replace(outcome, truth=truth)
    assert outcome.mistakes(99) == [1]
    assert 0 not in outcome.known


def test_labels_become_class_numbers(make_classes):
    """A label's number is its place among the classes."""
    outcome = make_classes(mistakes=0)
    np.testing.assert_array_equal(outcome.labels, outcome.truth)
