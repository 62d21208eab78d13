import math

import numpy as np

from seqloom.live import Memory
from seqloom.live.arrival import Arrivals
from seqloom.live.columns import Statics
from seqloom.live.form import UNSEEN
from seqloom.live.steps import Steps
from seqloom.live.table import STRANGE, table
from tests.live.conftest import form_of, memory_of

NOTHING = np.empty(0, np.float32)


def step(numbers, code, word, time):
    """One step; nobody knows its time yet where it is None."""
    times = None if time is None else np.array([time])
    return Steps(np.array([numbers]), np.array([[code]], np.int32), times, [(word,)])


def arrived(name, memory, new, ahead=None, statics=None):
    """A stream with one new reading."""
    return Arrivals([name], [memory], np.array([1]), new, [new[:0] if ahead is None else ahead], [statics])


def test_streams_are_the_rows_a_file_of_them_would_have():
    """What is kept, the reading, what lies ahead; words and labels as codes; what each stream is."""
    own = form_of("numbers")
    new = arrived("new", Memory.begin(own, NOTHING), step([7.0, 8.0], 1, "ä☃", 4.0))
    ahead = step([math.nan, 3.0], -1, None, None)
    before = memory_of(2, clock="numbers")
    old = arrived("old", before, step([9.0, math.nan], UNSEEN, "new", 2.0), ahead, before.statics)
    found = table(own, Arrivals.joined([new, old]))
    assert found.offsets.tolist() == [0, 1, 5]
    np.testing.assert_array_equal(found.steps["a"], [7.0, 0.0, 2.0, 9.0, math.nan])
    np.testing.assert_array_equal(found.steps["b"], [8.0, 1.0, 3.0, math.nan, 3.0])
    assert (found.steps["mode"].tolist(), found.categories["mode"]) == ([1, 0, 1, 2, -1], ("off", "on", STRANGE))
    assert (found.steps["said"].tolist(), found.categories["said"]) == ([0, 0, -1, 1, -1], ("ä☃", "new"))
    np.testing.assert_array_equal(found.statics["size"], [math.nan, 1.5])
    assert found.statics["make"].tolist() == [-1, 0]
    assert found.times.tolist() == [4.0, 0.0, 1.0, 2.0, 3.0]
    assert found.keys.tolist() == ["new", "old"]
    assert found.rows.tolist() == [0, 5, 6, 7, 8]


def test_stamps_go_on_as_they_did():
    """What lies ahead has the times that follow."""
    own = form_of("stamps")
    hour = 3_600_000_000
    before = memory_of(2)
    times = np.array([0, hour], np.int64)
    kept = Steps(before.kept.numbers, before.kept.codes, times, before.kept.words)
    ahead = Steps.joined([step([math.nan, 3.0], -1, None, None)] * 2)
    one = arrived("x", Memory(2, float(hour), kept, NOTHING), step([9.0, 1.0], 0, "w", 2 * hour), ahead)
    found = table(own, one)
    assert found.times.astype("datetime64[h]").astype(int).tolist() == [0, 1, 2, 3, 4]
    assert found.source == "stream 'x'"


def test_a_stream_without_a_kept_step_has_one_row():
    """Most models look back at nothing."""
    own = form_of("none")
    new, said = step([1.0, 2.0], 0, "w", None), Statics(np.array([1.0]), np.array([0]))
    found = table(own, Arrivals.joined([arrived(one, Memory.begin(own, NOTHING), new, None, said) for one in "ab"]))
    assert found.offsets.tolist() == [0, 1, 2]
    assert found.times is None
    assert found.source == "stream"
