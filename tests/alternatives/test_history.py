from dataclasses import replace

import numpy as np

from seqloom.alternatives.history import chunks, future, history, target_history, training_series


def test_history_is_what_came_just_before_the_forecast(make_windows):
    """The last values are given oldest first, without the horizon."""
    examples = make_windows(np.arange(10.0), lookback=4, horizon=2)
    assert history(examples, examples.prepared.targets, 3)[0, :, 0].tolist() == [1, 2, 3]


def test_history_does_not_reach_into_the_sequence_before(make_windows):
    """Asked for more than there is, the first value of the window's own sequence is repeated."""
    examples = make_windows(np.zeros(6), np.arange(1.0, 7.0), lookback=2, horizon=4)
    assert history(examples, examples.prepared.targets, 4)[1, :, 0].tolist() == [1, 1, 1, 2]


def test_future_is_the_horizon(make_windows):
    """The values a forecast is about start right after the lookback."""
    examples = make_windows(np.arange(10.0), lookback=4, horizon=2)
    assert future(examples, examples.prepared.targets)[1, :, 0].tolist() == [5, 6]


def test_gaps_are_filled_as_they_were_prepared(make_windows):
    """Where the preparation filled gaps of the targets, its values are looked back on."""
    prepared = make_windows(np.array([1.0, np.nan, 3.0]), lookback=1, horizon=1).prepared
    filled = np.array([[1], [2], [3]], np.float32)
    assert target_history(replace(prepared, history=filled)) is filled


def test_training_series_end_where_the_last_horizon_ends(make_windows):
    """Rows no training window covers are not given."""
    examples = make_windows(np.arange(10.0), lookback=4, horizon=2).take(slice(0, 3))
    (rows,) = training_series(examples, examples.prepared.targets).values()
    assert rows[:, 0].tolist() == [0, 1, 2, 3, 4, 5, 6, 7]


def test_training_series_are_named_by_sequence(make_windows):
    """Only sequences with training windows are given, by their number."""
    examples = make_windows(np.zeros(5), np.ones(5), lookback=2, horizon=1)
    second = examples.take(np.flatnonzero(examples.sequence == 1))
    assert list(training_series(second, examples.prepared.targets)) == [1]


def test_chunks_cover_every_place_once():
    """The runs follow each other without a gap, however large each place is."""
    runs = list(chunks(10, 1_000_000))
    assert (np.concatenate(runs).tolist(), max(map(len, runs))) == (list(range(10)), 4)
