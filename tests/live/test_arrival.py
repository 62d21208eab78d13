import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.live import Memory, Reading
from seqloom.live.arrival import MOST_KEPT, Arrivals, Reception
from seqloom.live.steps import Steps
from tests.live.conftest import memory_of


@pytest.fixture
def memory(form):
    """A stream before its first reading."""
    return Memory.begin(form("numbers"), np.empty(0, np.float32))


@pytest.fixture
def reception(form):
    """Of readings with a clock that need nothing ahead."""
    return Reception(form("numbers"), 0, whole=False)


def read(*times, **values):
    """Readings of these times."""
    return [Reading({"a": 1.0, **values}, time) for time in times]


def test_readings_arrive_with_all_that_is_known_of_their_streams(reception, memory):
    """Rows are the kept ones, the new ones, and those ahead."""
    found = reception.receive(["a", "b"], [memory, memory_of(2, clock="numbers")], [read(5.0, size=2.0), read(6, 7)])
    assert (found.names, found.counts.tolist(), found.rows.tolist()) == (["a", "b"], [1, 2], [1, 4])
    assert [own.times.tolist() for own in found.own()] == [[5.0], [6.0, 7.0]]
    assert [said.numbers.tolist() for said in found.statics] == [[2.0], [1.5]]


def test_events_may_share_a_time(form, memory):
    """Where training had ties."""
    later = Memory(1, 5.0, memory.kept, memory.carried)
    with pytest.raises(DataError, match="stream 'a', reading 1, time: expected a time after that of the reading"):
        Reception(form("numbers"), 0, whole=False).receive(["a"], [later], [read(5.0)])
    ties = form("numbers", schema=form().schema.model_copy(update={"ties": True}))
    assert Reception(ties, 0, whole=False).receive(["a"], [later], [read(5.0)]).steps.times.tolist() == [5.0]


def test_time_goes_forward_in_every_stream_by_itself(reception, memory):
    """The first reading of a stream may be of any time; each later one comes after the one before."""
    assert reception.receive(["a", "b"], [memory, memory], [read(5.0, 6.0), read(-1.0, 0.0)]).steps.times[2] == -1.0
    with pytest.raises(DataError, match="stream 'b', reading 1, time"):
        reception.receive(["a", "b"], [memory, memory], [read(5.0, 6.0), read(2.0, 1.0)])


def test_a_reading_that_cannot_be_used_stops_its_own_stream(reception, memory):
    """Those before it are used, and so are all of the others."""
    wrong = [*read(1.0, 2.0), Reading({"a": "x"}, 3.0), *read(4.0)]
    found = reception.usable(["a", "b", "c", "d"], [memory] * 4, [read(1), wrong, read(None), read(1, 2, 3)])
    assert (list(found.places), found.arrivals.names) == ([0, 1, 3], ["a", "b", "d"])
    assert found.arrivals.counts.tolist() == [1, 2, 3]
    assert "stream 'b', reading 2, column 'a': expected a number, came 'x'" in str(found.errors[1])
    assert "stream 'c', reading 0, time: expected a number, came none" in str(found.errors[2])
    assert found.errors.keys() == {1, 2}


def test_where_nothing_can_be_used_nothing_arrives(reception, memory):
    """Of one stream and of several."""
    for count in (1, 2):
        found = reception.usable(["a", "b"][:count], [memory] * count, [read("x")] * count)
        assert (list(found.places), found.arrivals, len(found.errors)) == ([], None, count)


def test_what_a_stream_is_does_not_change(reception, memory):
    """Within one call as well as between two."""
    message = "stream 'a', reading 1, size, make: expected the values of the first reading, came others"
    with pytest.raises(DataError, match=message):
        reception.receive(["a"], [memory], [[*read(1.0, size=2.0), *read(2.0, size=3.0)]])
    found = reception.receive(["a"], [memory], [[*read(1.0, size=2.0), *read(2.0), *read(3.0, size=2.0)]])
    later = Memory(3, found.steps.last, memory.kept, memory.carried, found.statics[0])
    assert (later.last, later.statics.numbers.tolist()) == (3.0, [2.0])
    with pytest.raises(DataError, match="reading 3, size, make"):
        reception.receive(["a"], [later], [read(4.0, size=5.0)])


def test_every_reading_tells_enough_of_what_is_known_ahead(form, memory):
    """Of the last one of a stream it is used."""
    reception = Reception(form("numbers", known=("b",)), 2, whole=False)
    enough, short = [{"b": 1.0}, {"b": 2.0}], [{"b": 1.0}]
    found = reception.receive(["a"], [memory], [[Reading({}, 1, enough), Reading({}, 2, [*enough, {"b": 3.0}])]])
    assert (found.rows.tolist(), found.ahead[0].numbers[:, 1].tolist()) == ([5], [1.0, 2.0, 3.0])
    with pytest.raises(DataError, match="stream 'a', reading 0, ahead: expected the next 2 values of b, came 1"):
        reception.receive(["a"], [memory], [[Reading({}, 1, short), Reading({}, 2, enough)]])


def test_only_so_many_steps_are_kept_whole(form, memory):
    """More would be read again with each further one."""
    reception = Reception(form("numbers"), 0, whole=True)
    every = Steps(np.zeros((MOST_KEPT - 1, 2)), np.zeros((MOST_KEPT - 1, 1), np.int32), np.arange(MOST_KEPT - 1.0))
    long = Memory(MOST_KEPT - 1, MOST_KEPT, every, memory.carried)
    assert len(reception.receive(["a"], [long], [read(10_001)])) == 1
    with pytest.raises(DataError, match=f"reading {MOST_KEPT}: expected at most {MOST_KEPT} readings"):
        reception.receive(["a"], [long], [read(10_001, 10_002)])


def test_streams_are_taken_apart_and_put_together(reception, memory):
    """Singly, chosen, and the readings of one in two parts."""
    every = reception.receive(["a", "b", "c"], [memory] * 3, [read(1), read(1, 2, 3), read(4, 5)])
    assert [one.names for one in every.each()] == [["a"], ["b"], ["c"]]
    assert Arrivals.joined(every.each()).steps.times.tolist() == every.steps.times.tolist()
    assert every.chosen([2, 0]).steps.times.tolist() == [4.0, 5.0, 1.0]
    one = every.each()[1]
    assert (one.until(2).steps.times.tolist(), one.until(2).counts.tolist()) == ([1.0, 2.0], [2])
    rest = one.since(2, memory_of(2))
    assert (rest.steps.times.tolist(), rest.counts.tolist(), rest.memories[0].readings) == ([3.0], [1], 7)
