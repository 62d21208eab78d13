"""Control charts."""

import numpy as np

from seqloom.usual import Chart, smoothed


def test_a_running_mean_is_that_of_the_textbook():
    """Each step weighs 2 / (span + 1), each sequence by itself."""
    values = np.array([[1.0], [10.0], [2.0], [20.0]], dtype=np.float32)
    found, after = smoothed(values, np.array([0, 1, 0, 1]), np.zeros((2, 1), np.float32), 3)
    np.testing.assert_allclose(found[:, 0], [0.5, 5.0, 1.25, 12.5])
    np.testing.assert_allclose(after[:, 0], [1.25, 12.5])


def test_a_missing_value_leaves_a_mean_where_it_was():
    """What is not known changes nothing."""
    values = np.array([[2.0], [np.nan], [2.0]], dtype=np.float32)
    found, _ = smoothed(values, np.zeros(3, np.int64), np.zeros((1, 1), np.float32), 1)
    assert found[:, 0].tolist() == [2.0, 2.0, 2.0]


def test_two_halves_give_what_the_whole_does():
    """The state after the first is where the second begins."""
    values = np.random.default_rng(0).normal(size=(20, 3)).astype(np.float32)
    owner, zero = np.zeros(20, np.int64), np.zeros((1, 3), np.float32)
    whole, end = smoothed(values, owner, zero, 4)
    first, between = smoothed(values[:7], owner[:7], zero, 4)
    second, last = smoothed(values[7:], owner[7:], between, 4)
    np.testing.assert_array_equal(np.concatenate([first, second]), whole)
    np.testing.assert_array_equal(last, end)


def test_parts_add_up_to_the_squared_distance():
    """That of Mahalanobis, divided by the number of signals."""
    chart = Chart(np.array([1.0, 0.0]), np.array([[2.0, 0.5], [0.5, 1.0]]))
    (parts,) = chart.parts(np.array([[3.0, 1.0]]))
    assert parts.tolist() == [2.0 * 4.5 / 2, 1.0 * 2.0 / 2]
