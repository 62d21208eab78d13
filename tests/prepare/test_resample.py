from dataclasses import replace

import numpy as np
import pytest

from seqloom.errors import DataError, SchemaError, SettingsError
from seqloom.prepare import resample
from seqloom.sequence import RemainingLife

NAN = float("nan")


def minutes(*numbers):
    return np.datetime64("2001-01-01", "us") + np.array(numbers) * np.timedelta64(1, "m")


@pytest.fixture
def made(dataset):
    """Two sequences with irregular steps; the hour from 01:00 of the first is empty."""
    return dataset(
        {"y": [1.0, 3, NAN, 7, 10, 20], "k": ["a", "b", None, "a", "b", "b"]},
        lengths=[4, 2],
        times=minutes(10, 50, 125, 130, 0, 59),
        statics={"size": [1.0, 2]},
    )


def test_numbers_become_the_mean_of_their_interval(made):
    """Missing values do not count; an interval without rows is missing."""
    np.testing.assert_equal(resample(made, "1h").steps["y"], [2, NAN, 7, 15])


def test_numbers_may_become_the_last_of_their_interval(made):
    """On request."""
    np.testing.assert_equal(resample(made, "1h:last").steps["y"], [3, NAN, 7, 20])


def test_categories_become_the_last_of_their_interval(made):
    """There is no mean of labels."""
    assert resample(made, "1h").steps["k"].tolist() == [1, -1, 0, 1]


def test_steps_are_stamped_with_the_start_of_their_interval(made):
    """The result is regular, and the schema knows the interval."""
    found = resample(made, "1h")
    assert found.times.tolist() == minutes(0, 60, 120, 0).tolist()
    assert found.offsets.tolist() == [0, 3, 4]
    assert found.schema.interval == 3600


def test_steps_remember_the_row_they_came_from(made):
    """An empty interval points at the row before it."""
    assert [resample(made, "1h").place("y", step)[-5:] for step in range(4)] == ["row 2", "row 2", "row 4", "row 6"]


def test_what_became_of_the_steps_is_noted(made):
    """Readers of the report are told, beside what the reader noted."""
    noted = resample(replace(made, notes=("a note of the reader",)), "1h").notes
    assert noted == ("a note of the reader", "the steps were brought to 1h: 6 became 4")


def test_static_columns_and_keys_stay(made):
    """Sequences are the same."""
    found = resample(made, "1h")
    assert found.statics["size"].tolist() == [1, 2]
    assert found.keys.tolist() == ["s0", "s1"]


def test_a_clock_of_numbers_has_an_interval_without_a_unit(dataset):
    """Halves of a unit as well."""
    made = dataset({"y": [1.0, 2, 3]}, times=np.array([0.1, 0.4, 1.2]))
    found = resample(made, "0.5")
    np.testing.assert_equal(found.steps["y"], [1.5, NAN, 3])
    assert found.times.tolist() == [0, 0.5, 1]


def test_stamps_before_1970_fall_into_the_interval_they_lie_in(dataset):
    """Division of negative numbers goes down, not towards zero."""
    times = np.array(["1969-12-31T23:59", "1970-01-01T00:01"], dtype="datetime64[us]")
    assert len(resample(dataset({"y": [1.0, 2]}, times=times), "1h").steps["y"]) == 2


def test_nothing_asked_for_changes_nothing(made):
    """The data set itself comes back."""
    assert resample(made, None) is made


@pytest.mark.parametrize("interval", ["", "hour", "1", "0h", "-1h", "1.5h", "1h:first"])
def test_what_is_no_interval_is_refused(made, interval):
    """The message shows how to write one."""
    with pytest.raises(SettingsError, match="resample: expected a whole number and a unit, as 15min, 1h or 1d"):
        resample(made, interval)


def test_a_data_set_without_a_clock_cannot_be_resampled(dataset):
    """There is nothing to go by."""
    with pytest.raises(SchemaError, match="resample: expected a time column, came none"):
        resample(dataset({"y": [1.0]}), "1h")


def test_a_stamp_far_off_does_not_fill_the_memory(dataset):
    """A year 9999 among minutes would make 8 thousand million steps."""
    times = np.array(["2001-01-01", "9999-01-01"], dtype="datetime64[us]")
    with pytest.raises(DataError, match="expected at most 1000 steps for each of the 2, came an interval that makes"):
        resample(dataset({"y": [1.0, 2]}, times=times), "1min")


def test_a_target_that_counts_steps_cannot_be_resampled(made):
    """Its steps would no longer be those that were counted."""
    counted = replace(made, schema=made.schema.model_copy(update={"ending": RemainingLife(cap=3)}))
    with pytest.raises(SettingsError, match="expected a target that does not count steps, came 'remaining_life'"):
        resample(counted, "1h")
