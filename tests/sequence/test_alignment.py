import numpy as np
import pytest

from seqloom.sequence import alignment


@pytest.mark.parametrize(
    ("said", "truth", "places"),
    [
        ([1, 2, 3], [1, 2, 3], [[0, 0], [1, 1], [2, 2]]),
        ([1, 3], [1, 2, 3], [[0, 0], [-1, 1], [1, 2]]),
        ([1, 2, 3], [3], [[0, -1], [1, -1], [2, 0]]),
        ([5], [6], [[0, 0]]),
        ([], [4], [[-1, 0]]),
        ([], [], []),
    ],
)
def test_symbols_stand_beside_each_other_in_the_cheapest_way(said, truth, places):
    """Equal symbols face each other; what has no counterpart faces nothing."""
    found = alignment(np.array(said, dtype=np.int64), np.array(truth, dtype=np.int64))
    assert found.tolist() == places
