import numpy as np

from seqloom.evaluate.example_errors import log_losses, mistakes, squared_errors


def test_squared_errors_are_averaged_over_what_is_known():
    """Horizon and targets of an example are averaged, unknown values left out."""
    truth = np.array([[[1.0, 2], [3, np.nan]], [[0, 0], [0, 0]]])
    np.testing.assert_allclose(squared_errors(np.zeros((2, 2, 2)), truth), [(1 + 4 + 9) / 3, 0])


def test_an_example_without_truth_has_no_error():
    """Where nothing is known the error is NaN, not 0."""
    assert np.isnan(squared_errors(np.zeros((1, 2)), np.full((1, 2), np.nan))).all()


def test_log_losses_are_of_the_true_class():
    """Only the probability of the class that came counts; an impossible one is bounded."""
    probabilities = np.array([[0.25, 0.75], [0.0, 1.0], [0.5, 0.5]])
    losses = log_losses(probabilities, np.array([0, 0, -1]))
    np.testing.assert_allclose(losses, [np.log(4), -np.log(np.finfo(float).eps), np.nan])


def test_mistakes_are_counted_where_the_class_is_known():
    """1 for a wrong class, 0 for the right one, NaN where unlabelled."""
    np.testing.assert_array_equal(mistakes(np.array([0, 1, 1]), np.array([0, 0, -1])), [0, 1, np.nan])
