import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.prepare import irregularity


def hourly(*numbers):
    return np.datetime64("2001-01-01", "us") + np.array(numbers) * np.timedelta64(1, "h")


def with_times(dataset, times, lengths=None):
    return dataset({"y": np.zeros(len(times))}, times=times, lengths=lengths)


@pytest.mark.parametrize("chunk", [2, 3, 1000])
def test_steps_off_the_usual_interval_are_counted_and_the_first_is_named(dataset, chunk, monkeypatch):
    """A gap and an extra step, wherever chunks end; steps between sequences do not count."""
    monkeypatch.setattr("seqloom.prepare.table.Table.chunks.__defaults__", (chunk,))
    found = irregularity(with_times(dataset, hourly(0, 1, 2, 5, 6, 7, 0, 1, 2), [6, 3]))
    assert (found.place, found.interval) == ("table.csv, column 'date', row 4", "1:00:00")
    assert (found.count, found.steps) == (1, 7)


def test_the_report_is_a_sentence(dataset):
    """It says where, how many and what the interval is."""
    text = str(irregularity(with_times(dataset, hourly(0, 1, 2, 5))))
    assert text.startswith("table.csv, column 'date', row 4: 1 of 3 steps do not follow at the usual interval, 1:00:00")


@pytest.mark.parametrize(
    "times",
    [
        None,
        hourly(0, 1, 2),
        np.array([1.0, 3, 5]),
        np.array(["2001-01-31", "2001-02-28", "2001-03-31"], dtype="datetime64[us]"),
        hourly(5),
    ],
)
def test_regular_stamps_are_not_reported(dataset, times):
    """No clock, hours, numbers, month ends, and a single step."""
    count = 3 if times is None else len(times)
    assert irregularity(dataset({"y": np.zeros(count)}, times=times)) is None


@pytest.mark.parametrize("times", [hourly(0, 1, 1), hourly(0, 2, 1)])
def test_stamps_that_repeat_or_go_back_are_refused(dataset, times):
    """The message gives the row and the stamp before."""
    with pytest.raises(DataError, match=r"column 'date', row 3: expected a time stamp after 2001-01-01T0[12]:00"):
        irregularity(with_times(dataset, times))


def test_a_sequence_may_begin_before_the_last_one_ended(dataset):
    """Order counts within sequences."""
    assert irregularity(with_times(dataset, hourly(0, 1, 2, 0, 1, 2), [3, 3])) is None
