"""Origins of a backtest."""

import numpy as np
import pytest

from seqloom.errors import DataError, SettingsError
from seqloom.evaluate import Origins, folds_of
from seqloom.sequence import Column, Schema, SequenceDataset


def series(*lengths, times=None):
    """Sequences of numbers that count on from 0."""
    total = sum(lengths)
    schema = Schema(columns=(Column(name="load", kind="number", role="target"),))
    return SequenceDataset(
        schema=schema,
        offsets=np.concatenate([[0], np.cumsum(lengths)]),
        steps={"load": np.arange(total, dtype=np.float64)},
        statics={},
        keys=np.array([f"s{place}" for place in range(len(lengths))]),
        times=times,
    )


def test_what_follows_an_origin_is_never_known_before_it():
    """And nothing between the first origin and the end is left out or judged twice."""
    folds = folds_of(series(100), Origins(folds=4, first=0.6))
    assert [fold.learned.column("load").tolist() for fold in folds] == [list(range(stop)) for stop in (60, 70, 80, 90)]
    judged = np.concatenate([fold.later.column("load") for fold in folds])
    assert judged.tolist() == list(range(60, 100))


def test_a_sliding_window_forgets_as_much_as_it_learns():
    """It is always as long as the first one."""
    folds = folds_of(series(100), Origins(folds=4, first=0.6, window="sliding"))
    assert [fold.learned.column("load")[[0, -1]].tolist() for fold in folds] == [[0, 59], [10, 69], [20, 79], [30, 89]]


def test_fits_come_at_every_so_many_origins():
    """The first one among them."""
    assert [fold.fits for fold in folds_of(series(100), Origins(folds=5, every=2))] == [True, False, True, False, True]


def test_without_a_clock_an_origin_is_a_share_of_each_sequence():
    """Long and short ones alike."""
    (fold,) = folds_of(series(100, 10), Origins(folds=1, first=0.5))
    assert fold.learned.lengths.tolist() == [50, 5]
    assert fold.later.keys.tolist() == ["s0", "s1"]


def test_with_a_clock_an_origin_is_one_time_for_all():
    """What is known of one sequence is not later than what is forecast of another."""
    days = np.array(["2026-01-01"], dtype="datetime64[us]") + np.arange(40) * np.timedelta64(86_400_000_000, "us")
    times = np.concatenate([days[:40], days[20:40]])
    folds = folds_of(series(40, 20, times=times), Origins(folds=3, first=0.5))
    for fold in folds:
        assert fold.learned.times.max() < fold.later.times.min()
    assert sum(fold.later.total_steps for fold in folds) + folds[0].learned.total_steps == 60


def test_a_fold_without_steps_is_refused():
    """By its number."""
    with pytest.raises(DataError, match=r"fold 1: expected steps after its origin, came none"):
        folds_of(series(4), Origins(folds=8, first=0.5))


@pytest.mark.parametrize(("name", "value"), [("folds", 0), ("first", 1.0), ("every", 0)])
def test_numbers_out_of_range_are_refused(name, value):
    """By name."""
    with pytest.raises(SettingsError, match=f"{name}: expected"):
        Origins(**{name: value})
