import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings, read

HEADER = "id,label,t0,t1,t2,t3,t4,t5,t6,t7\n"
LABEL = ReadSettings(target="label")


def test_empty_cells_at_the_end_make_a_shorter_sequence(write):
    """A row ends with its last value; an empty cell before it is a missing value."""
    path = write("a.csv", HEADER + "a,x,1,2,3,4,5,6,7,8\nb,y,1,,3,,,,,\nc,x,9\n")
    found = read(path, settings=LABEL)
    assert found.keys.tolist() == ["a", "b", "c"]
    assert found.lengths.tolist() == [8, 3, 1]
    np.testing.assert_array_equal(found.steps["value"][8:], [1.0, np.nan, 3.0, 9.0])


def test_labels_and_statics_have_one_value_per_sequence(write):
    """Columns besides the steps hold one value per sequence."""
    found = read(write("a.csv", HEADER + "a,x,1,2,3,4,5,6,7,8\nb,y,1,2,3,4,5,6,7,8\n"), settings=LABEL)
    assert found.statics["label"].tolist() == [0, 1]
    assert found.categories["label"] == ("x", "y")
    assert not found.schema.per_step_target


def test_without_a_target_the_values_are_forecast(write):
    """Without a target the steps themselves are to be predicted."""
    found = read(write("a.csv", HEADER.replace("label,", "") + "a,1,2,3,4,5,6,7,8\nb,1,2,3,4,5,6,7,8\n"))
    assert found.schema.targets == ("value",)
    assert found.schema.per_step_target


def test_a_column_called_value_is_not_mixed_up_with_the_steps(write):
    """The steps then have another name, and a target of that name is the file's own column."""
    path = write("a.csv", HEADER.replace("label", "value") + "a,7,1,2,3,4,5,6,7,8\nb,9,1,2,3,4,5,6,7,8\n")
    found = read(path, settings=ReadSettings(target="value"))
    assert (found.schema.targets, found.schema.per_step_target) == (("value",), False)
    assert found.statics["value"].tolist() == [7, 9]
    assert read(path, schema=found.schema).steps["values"].tolist() == found.steps["values"].tolist()


def test_messages_name_the_row_of_the_sequence(write):
    """The place of a step is the row its sequence stands in."""
    found = read(write("a.csv", HEADER + "a,x,1,2,3,4,5,6,7,8\nb,y,1,2,3,4,5,6,7,8\n"), settings=LABEL)
    assert found.place("value", 8) == "a.csv, column 'value', row 2"


def test_a_row_without_values_is_refused(write):
    """A sequence needs at least one step."""
    with pytest.raises(DataError, match="row 2: expected at least one value, came only empty cells"):
        read(write("a.csv", HEADER + "a,x,1,2,3,4,5,6,7,8\nb,y,,,,,,,,\n"), settings=LABEL)


def test_text_among_the_steps_is_refused(write):
    """A cell that is no number is refused with its own column."""
    rows = "a,x,1,2,3,4,5,6,7,8\nb,y,1,2,3,4,5,6,7,8\nc,y,1,2,3,oops,5,6,7,8\n"
    with pytest.raises(DataError, match="column 't3', row 3: expected a number, came 'oops'"):
        read(write("a.csv", HEADER + rows), settings=ReadSettings(target="label", layout="wide"))


def test_bad_rows_may_be_skipped(write):
    """A skipped row takes its sequence with it."""
    rows = "a,x,1,2,3,4,5,6,7,8\nb,y,,,,,,,,\nc,y,1,2,3,4,5,6,7,8\n"
    found = read(write("a.csv", HEADER + rows), settings=ReadSettings(target="label", on_error="skip"))
    assert found.keys.tolist() == ["a", "c"]
    assert found.statics["label"].tolist() == [0, 1]


def test_two_rows_of_one_name_are_refused(write):
    """A name that comes twice is refused."""
    path = write("a.csv", HEADER + "a,x,1,2,3,4,5,6,7,8\na,y,1,2,3,4,5,6,7,8\n")
    with pytest.raises(DataError, match="column 'id', row 2: expected a name of its own for each row, came 'a' again"):
        read(path, settings=ReadSettings(target="label", group="id", layout="wide"))


def test_nothing_left_after_skipping_is_refused(write):
    """A table of bad rows only holds no data."""
    path = write("a.csv", HEADER + "a,x,,,,,,,,\nb,y,,,,,,,,\n")
    with pytest.raises(DataError, match="expected rows of data, came only bad rows"):
        read(path, settings=ReadSettings(target="label", layout="wide", on_error="skip"))
