"""How a signal went, in as many points as a picture needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqloom.monitor.history import History


def test_blocks_are_points_as_long_as_they_are_few():
    """A block without values is a gap."""
    history = History()
    history.add(1, 15, 6.0, 3)
    history.add(2, 30, 0.0, 0)
    assert history.to_json() == {"at": [1, 2], "place": [15, 30], "mean": [2.0, None]}


@given(st.integers(1, 9), st.integers(1, 400))
def test_of_many_neighbours_are_put_together(points, blocks):
    """The mean of all stays, times increase, and there are never more points than fit."""
    history = History(points)
    for place in range(blocks):
        history.add(place, place, float(place), 1)
    found = history.to_json()
    assert len(found["at"]) <= points + 1
    assert found["at"] == sorted(found["at"]) == found["place"]
    assert found["at"][-1] == blocks - 1
    assert sum(history._counts) == blocks
    assert sum(history._sums) == pytest.approx(blocks * (blocks - 1) / 2)
