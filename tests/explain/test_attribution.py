"""What is made of attributions."""

import numpy as np

from seqloom.explain import Attribution

FOUND = Attribution(
    "one",
    "a number",
    (np.array([0.0, -1.0, 3.0]), np.array([2.0])),
    (np.array([[0.0, 0.0], [-1.0, 0.0], [1.0, 2.0]]), np.array([[0.0, 2.0]])),
    ("a", "b"),
)


def test_shares_take_either_sign():
    """What lowers the number counts as what raises it."""
    np.testing.assert_allclose(FOUND.shares[0], [0, 0.25, 0.75])
    np.testing.assert_allclose(FOUND.feature_shares(), [0.25, 0.75])


def test_steps_from_the_end_are_those_of_sequences_so_long():
    """The last step of both, the one before of the longer one alone."""
    np.testing.assert_allclose(FOUND.from_the_end(), [0.875, 0.25, 0])
    np.testing.assert_allclose(FOUND.from_the_end(most=2), [1.0, 0])


def test_half_of_it_lies_in_the_last_step():
    """Of each sequence, in the median."""
    assert FOUND.half == 1


def test_it_is_drawn():
    """By step and by feature."""
    assert FOUND.figure().panels[0].marks[0].y == (0.0, 25.0, 87.5)
    assert FOUND.feature_figure().panels[0].x.labels == ("b", "a")
