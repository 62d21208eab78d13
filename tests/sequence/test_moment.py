"""Time stamps in words."""

import numpy as np
import pytest

from seqloom.sequence import moment


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (np.datetime64("2024-03-01", "us"), "2024-03-01"),
        (np.datetime64("2024-03-01T07:30", "us"), "2024-03-01 07:30"),
        (np.datetime64("2024-03-01T00:00:05", "us"), "2024-03-01 00:00:05"),
        (np.datetime64("2024-03-01T07:30:05.250000", "us"), "2024-03-01 07:30:05.250000"),
        (np.int64(12), "12"),
        (1.5, "1.5"),
    ],
)
def test_a_moment_is_written_without_what_says_nothing(time, words):
    """Midnights, whole minutes and whole seconds are left out, step numbers stay."""
    assert moment(time) == words
