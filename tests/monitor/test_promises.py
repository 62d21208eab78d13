"""What the monitor promises, on streams with seeds: few false alarms, and changes found soon.

Here on some streams of each kind; `python -m benchmarks.drift` does the same on many and writes the table in the docs.
"""

import numpy as np
import pytest

from benchmarks.drift import alarms, delay
from tests.monitor.streams import KINDS

STREAMS, VALUES = 6, 9_000


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_does_not_change_alarms(kind):
    """300 windows of 180 values of each kind; one false alarm in 10,000 is allowed."""
    assert sum(alarms(KINDS[kind], seed, VALUES) for seed in range(STREAMS)) == 0


def test_a_shift_of_one_deviation_is_found_within_75_values():
    """And half of one within 200: nearly always."""
    large = np.array([delay(KINDS["independent"], seed, 1.0) for seed in range(20)])
    small = np.array([delay(KINDS["independent"], seed, 0.5) for seed in range(20)])
    assert (large <= 75).mean() >= 0.95
    assert (small <= 200).mean() >= 0.8
