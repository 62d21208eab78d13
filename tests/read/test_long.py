import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings, read

DAYS = ["2024-01-01", "2024-01-02", "2024-01-03"]
SETTINGS = ReadSettings(target="load", group="place")
SORTED = SETTINGS.model_copy(update={"sort": True})


def table(*, places, days, **columns):
    """A table of places and days."""
    return {"place": list(places), "day": [DAYS[day] for day in days], **columns}


def test_rows_in_order_are_taken_as_they_come():
    """Ordered rows keep their order, and row numbers are not stored."""
    found = read(table(places="bbaa", days=[0, 1, 0, 1], load=[1.0, 2.0, 3.0, 4.0]), settings=SETTINGS)
    assert found.keys.tolist() == ["b", "a"]
    assert found.offsets.tolist() == [0, 2, 4]
    assert found.steps["load"].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert found.rows is None


def test_without_a_group_all_rows_are_one_sequence():
    """A table without groups is the sequence `0`."""
    found = read({"load": [1.0, 2.0]})
    assert (found.keys.tolist(), found.offsets.tolist(), found.times) == (["0"], [0, 2], None)


def test_time_stamps_that_go_back_are_refused():
    """The row, its time stamp and the one before are named, and how to have them sorted."""
    with pytest.raises(DataError, match=r"'day', row 2: .* in order .*, came 2024-01-01 after 2024-01-02; .* --sort"):
        read(table(places="aa", days=[1, 0], load=[1.0, 2.0]), settings=SETTINGS)


def test_rows_out_of_order_are_sorted_on_request_and_noted():
    """Rows are sorted by group and time; their original numbers are kept, and the fact is noted."""
    source = table(places="aabb", days=[1, 0, 0, 1], load=[1.0, 2.0, 3.0, 4.0], mood=["x", "y", "y", "x"])
    found = read(source, settings=SORTED)
    assert found.steps["load"].tolist() == [2.0, 1.0, 3.0, 4.0]
    assert [found.categories["mood"][code] for code in found.steps["mood"]] == ["y", "x", "y", "x"]
    assert found.times.astype("datetime64[D]").astype(str).tolist() == [DAYS[0], DAYS[1], DAYS[0], DAYS[1]]
    assert found.rows.tolist() == [1, 0, 2, 3]
    assert any(
        note.startswith("rows were sorted by 'place' and 'day': row 2 holds a time stamp") for note in found.notes
    )


def test_interleaved_sequences_are_parted():
    """Sequences whose rows alternate come out one after the other, in order of first appearance."""
    found = read(table(places="baba", days=[0, 0, 1, 1], load=[1.0, 2.0, 3.0, 4.0]), settings=SETTINGS)
    assert found.keys.tolist() == ["b", "a"]
    assert found.steps["load"].tolist() == [1.0, 3.0, 2.0, 4.0]


def test_messages_after_sorting_name_the_original_row():
    """The place of a step is given by its row in the source."""
    found = read(table(places="aa", days=[1, 0], load=[1.0, 2.0]), settings=SORTED)
    assert found.place("load", 0) == "table, column 'load', row 2"


def test_repeated_time_stamps_are_refused():
    """Two rows of one sequence and time are refused with both row numbers."""
    source = table(places="aab", days=[0, 0, 0], load=[1.0, 2.0, 3.0])
    with pytest.raises(DataError, match=r"column 'day', row 2: .* of a sequence, came the time stamp of row 1 again"):
        read(source, settings=SETTINGS)


def test_a_missing_group_is_refused():
    """A row that belongs to no sequence is refused."""
    source = table(places=["a", None], days=[0, 1], load=[1.0, 2.0])
    with pytest.raises(DataError, match="column 'place', row 2: expected a name of a sequence, came an empty cell"):
        read(source, settings=SETTINGS)


def test_bad_rows_may_be_skipped():
    """Skipped rows are left out, the others keep their row numbers."""
    source = table(places="aaa", days=[2, 0, 1], load=["1", "oops", "3"])
    found = read(source, settings=SORTED.model_copy(update={"on_error": "skip"}))
    assert found.steps["load"].tolist() == [3.0, 1.0]
    assert found.rows.tolist() == [2, 0]
    assert any(note.startswith("bad rows skipped: 1; the first is row 2") for note in found.notes)


def test_repeated_time_stamps_may_be_skipped():
    """The later of two rows with one time stamp is skipped."""
    source = table(places="aaa", days=[0, 0, 1], load=[1.0, 2.0, 3.0])
    found = read(source, settings=SETTINGS.model_copy(update={"on_error": "skip"}))
    assert found.steps["load"].tolist() == [1.0, 3.0]


def test_nothing_left_after_skipping_is_refused():
    """A table of bad rows only holds no data."""
    with pytest.raises(DataError, match="expected rows of data, came only bad rows"):
        read({"load": [np.inf, np.inf]}, settings=ReadSettings(target="load", on_error="skip"))


def test_groups_may_be_numbers():
    """Sequences may be called by numbers; keys are text."""
    found = read({"unit": [2, 2, 10], "load": [1.0, 2.0, 3.0]}, settings=ReadSettings(target="load", group="unit"))
    assert found.keys.tolist() == ["2", "10"]
