import numpy as np
import orjson

from seqloom.live import Call, Memory, Reading
from seqloom.live.stepper import Stretch
from seqloom.live.visit import Live, Visit, met


def memory(readings):
    """A memory of so many readings; nothing looks inside."""
    return Memory(readings, float(readings), None, np.array([3.0, 4.0], np.float32))


def test_a_visit_goes_on_from_what_was_answered_before():
    """Readings that were acknowledged are not read again."""
    visit = Visit(Call("a", [Reading({"x": place}) for place in range(3)], 4), Live(0, 5, memory(5)), [(4, {"y": 1})])
    assert [reading.values["x"] for reading in visit.readings] == [1, 2]
    assert not visit.moved
    visit.came(Stretch(memory(7), [{"y": 2}, {"y": 3}], [6.0, 7.0]))
    assert visit.moved
    assert visit.reply().answers == [(4, {"y": 1}), (5, {"y": 2}), (6, {"y": 3})]
    assert (visit.after.seq, visit.after.memory.readings) == (7, 7)


def test_only_a_call_that_begins_meets_another_stream_than_the_one_there():
    """The next epoch, or the one it names if that is a later one."""
    there, fresh = Live(4, 5, memory(5)), memory(0)
    for epoch, begun in ((None, 5), (5, 5), (9, 9), (4, None), (3, None)):
        found = met(Call("a", [], epoch=epoch, begin=True), there, fresh)
        assert found == (there if begun is None else Live(begun, 0, fresh))
    assert met(Call("a", [], epoch=9), there, fresh) is there
    assert met(Call("a", [], epoch=9), None, fresh) == Live(0, 0, fresh)
    assert met(Call("a", [], epoch=9, begin=True), None, fresh) == Live(9, 0, fresh)


def test_records_are_of_new_readings_alone():
    """Each with its own time, its inputs and its answer."""
    readings = [Reading({"x": 1}, "2024-01-01"), Reading({"x": 2}), Reading({"x": 3})]
    visit = Visit(Call("a", readings, 4), Live(2, 5, memory(5)), [(4, None)])
    visit.came(Stretch(memory(6), [{"y": 2.5}], [6.0]))
    (record,) = visit.records("d1", 99)
    assert (record.stream, record.epoch, record.seq, record.digest, record.at, record.time) == ("a", 2, 5, "d1", 99, 6)
    assert orjson.loads(record.inputs) == {"values": {"x": 2}, "time": None, "ahead": []}
    assert orjson.loads(record.prediction) == {"y": 2.5}


def test_the_size_of_the_state_is_that_after_the_last_reading():
    """What was carried after readings before it nobody knows any more."""
    visit = Visit(Call("a", [Reading({"x": 1}), Reading({"x": 2})], 5), Live(2, 5, memory(5)), [])
    visit.came(Stretch(memory(7), [{}, {}], [6.0, 7.0]))
    assert [record.norm for record in visit.records("d1", 99)] == [None, 12.5**0.5]
