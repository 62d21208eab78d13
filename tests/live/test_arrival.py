import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.live import Memory, Reading
from seqloom.live.arrival import Reception


@pytest.fixture
def memory(form):
    """A stream before its first reading."""
    return Memory.begin(form("numbers"), np.empty(0, np.float32))


def test_a_reading_arrives_with_all_that_is_known_of_its_stream(form, memory):
    """Its rows are the kept ones, its own, and those ahead."""
    reading = Reading({"a": 1.0, "size": 2.0, "make": "x"}, 5.0)
    arrived = Reception(form("numbers"), 0, whole=False).receive("a", memory, reading)
    assert (arrived.name, arrived.rows, arrived.step.time) == ("a", 1, 5.0)
    assert arrived.statics.numbers.tolist() == [2.0]


def test_events_may_share_a_time(form, memory):
    """Where training had ties."""
    later = Memory(1, 5.0, memory.kept, memory.carried)
    with pytest.raises(DataError, match="stream 'a', reading 1, time: expected a time after that of the reading"):
        Reception(form("numbers"), 0, whole=False).receive("a", later, Reading({}, 5.0))
    ties = form("numbers", schema=form().schema.model_copy(update={"ties": True}))
    assert Reception(ties, 0, whole=False).receive("a", later, Reading({}, 5.0)).step.time == 5.0
