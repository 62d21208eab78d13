"""Alarms judged by the marks that were told."""

import numpy as np
import orjson
import pytest

from seqloom.retrain.alarms import Alarms
from seqloom.store import Record

BALANCED = "balanced mistakes"


def record(seq, alarm, truth=None, stream="a", score=1.0):
    """A record of a detector's answer; of no alarm at all where it is None."""
    answer = orjson.dumps({"score": score, "alarm": alarm} if alarm is not None else {"waiting": 1})
    told = None if truth is None else orjson.dumps(truth)
    return Record(stream, 0, seq, "d", 0, None, b"{}", answer, told)


def judged(rows, marks=("odd",)):
    """What comes of rows of mark, alarm of the champion, alarm of the challenger."""
    alarms = Alarms(marks)
    for seq, (truth, mine, other) in enumerate(rows):
        alarms.see(record(seq, mine, truth), record(seq, other))
    return alarms.errors()


def test_anomalies_count_as_much_as_all_usual_readings():
    """One that is missed weighs as much as three false alarms where there are three usual readings for it."""
    rows = [({"odd": 1}, False, True), ({"odd": 0}, False, True), (0, False, True), (False, False, True)]
    champion, challenger = judged(rows)
    assert champion[BALANCED] == pytest.approx([2, 0, 0, 0])
    assert challenger[BALANCED] == pytest.approx([0, 2 / 3, 2 / 3, 2 / 3])


def test_only_readings_whose_mark_was_told_count():
    """Whatever else was told; nothing at all where none was."""
    rows = [(1, True, True), (None, True, False), ({"load": 1}, True, False), ("x", True, False), (0, False, False)]
    champion, challenger = judged(rows)
    assert (len(champion[BALANCED]), len(challenger[BALANCED])) == (2, 2)
    assert judged(rows[1:4]) == ({}, {})
    assert judged(rows, marks=()) == ({}, {})


def test_an_answer_that_the_challenger_does_not_give_shows():
    """It is not left out, so that nobody wins by saying nothing; one the champion did not give is."""
    champion, challenger = judged([(0, False, None), (1, None, True), (1, True, True)])
    assert champion[BALANCED].tolist() == [0, 0]
    assert np.isnan(challenger[BALANCED]).tolist() == [True, False]
    alarms = Alarms(("odd",))
    alarms.see(record(0, alarm=False, truth=0), record(0, alarm=False, score=None))
    alarms.see(record(1, alarm=False, truth=0), None)
    assert np.isnan(alarms.errors()[1][BALANCED]).tolist() == [True]


def test_errors_are_in_the_order_of_stream_and_number():
    """However the streams took turns."""
    alarms = Alarms(("odd",))
    for seq, stream, mark in ((0, "b", 0), (0, "a", 1), (1, "b", 0), (1, "a", 0)):
        alarms.see(record(seq, mark == 0, mark, stream), record(seq, alarm=False, stream=stream))
    champion, challenger = alarms.errors()
    assert champion[BALANCED] == pytest.approx([2, 2 / 3, 2 / 3, 2 / 3])
    assert challenger[BALANCED] == pytest.approx([2, 0, 0, 0])


def test_a_block_is_a_stretch_that_is_all_usual_or_all_strange():
    """Of two streams that end and begin with an anomaly, these are two."""
    alarms = Alarms(("odd",))
    for stream, marks in (("a", [0, 0, 0, 0, 1, 1]), ("b", [1, 1, 0, 0, 0, 0])):
        for seq, mark in enumerate(marks):
            alarms.see(record(seq, alarm=False, truth=mark, stream=stream), record(seq, alarm=False, stream=stream))
    assert alarms.block == 12 // 5
    assert Alarms(("odd",)).block == 1
