import orjson

from seqloom.live import Call, Memory, Reading, Stepped
from seqloom.live.visit import Live, Visit


def memory(readings):
    """A memory of so many readings; nothing looks inside."""
    return Memory(readings, float(readings), None, None)


def test_a_visit_goes_on_from_what_was_answered_before():
    """Readings that were acknowledged are not read again."""
    visit = Visit(Call("a", [Reading({"x": place}) for place in range(3)], 4), Live(0, 5, memory(5)), [(4, {"y": 1})])
    assert visit.next.values == {"x": 1}
    visit.take(Stepped(memory(6), {"y": 2}))
    visit.take(Stepped(memory(7), {"y": 3}))
    assert not visit.waiting
    assert visit.reply().answers == [(4, {"y": 1}), (5, {"y": 2}), (6, {"y": 3})]
    assert (visit.after.seq, visit.after.memory.readings) == (7, 7)


def test_records_are_of_new_readings_alone():
    """Each with its own time, its inputs and its answer."""
    visit = Visit(Call("a", [Reading({"x": 1}, "2024-01-01")] * 2, 4), Live(2, 5, memory(5)), [(4, None)])
    visit.take(Stepped(memory(6), {"y": 2.5}))
    (record,) = visit.records("d1", 99)
    assert (record.stream, record.epoch, record.seq, record.digest, record.at, record.time) == ("a", 2, 5, "d1", 99, 6)
    assert orjson.loads(record.inputs) == {"values": {"x": 1}, "time": "2024-01-01", "ahead": []}
    assert orjson.loads(record.prediction) == {"y": 2.5}
