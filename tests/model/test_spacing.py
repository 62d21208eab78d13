"""How far apart the windows of a forecast stand."""

import numpy as np
import pytest

from seqloom.model import ModelSettings, spacing
from seqloom.model.forecast import ForecastModel
from seqloom.model.spacing import judged_stride, taught_stride
from seqloom.prepare import Split
from seqloom.sequence import PreparedDataset


def cut(*lengths):
    """A split of sequences with ten training steps and so many test steps each."""
    rows = [np.array([0, 10, 10, 10 + length]) for length in lengths]
    return Split(np.array(rows) + np.cumsum([0, *(row[-1] for row in rows[:-1])])[:, None])


def series(steps):
    """One prepared series without features, the last three tenths of it validation and test."""
    empty, none = np.zeros((steps, 0), dtype=np.float32), np.zeros(0, dtype=np.bool_)
    codes, statics = empty.astype(np.int32), np.zeros((1, 0), dtype=np.float32)
    offsets, targets = np.array([0, steps]), np.arange(steps, dtype=np.float32)[:, None]
    prepared = PreparedDataset(
        offsets,
        empty,
        (),
        none,
        codes,
        (),
        none,
        (),
        statics,
        statics.astype(np.int32),
        targets,
        ("y",),
        None,
        np.array(["0"]),
    )
    return prepared, Split(np.array([[0, steps * 7 // 10, steps * 8 // 10, steps]]))


@pytest.mark.parametrize(("steps", "targets", "stride"), [(400_000, 1, 1), (400_001, 1, 2), (200_000, 7, 4)])
def test_training_windows_are_spaced_where_they_are_very_many(steps, targets, stride):
    """Every window up to the bound, fewer beyond it; each target column counts."""
    assert taught_stride(steps, targets) == stride


def test_every_window_of_an_ordinary_part_is_judged():
    """A hundred thousand windows are no reason to leave any out."""
    assert judged_stride(cut(60_000, 40_000), "test", 1, 1) == 1


@pytest.mark.parametrize(("horizon", "targets", "stride"), [(1, 1, 3), (24, 1, 3), (720, 7, 79)])
def test_windows_of_a_long_part_are_judged_as_far_as_the_bounds_allow(horizon, targets, stride):
    """Both the number of windows and the number of their values are bounded."""
    assert judged_stride(cut(250_000), "test", horizon, targets) == stride


def test_short_sequences_have_no_windows_to_leave_out():
    """Parts shorter than the horizon count nothing."""
    assert judged_stride(cut(*[5] * 100), "test", 6, 1) == 1


def test_judged_windows_are_evenly_spaced(monkeypatch):
    """Windows left out lie between those kept, all the way through the part."""
    monkeypatch.setattr(spacing, "JUDGED_WINDOWS", 10)
    prepared, split = series(505)
    settings = ModelSettings(lookback=4, horizon=2)
    stops = ForecastModel.examples(prepared, split, "test", settings).stop
    assert (len(stops), set(np.diff(stops).tolist())) == (10, {10})


def test_a_judged_stride_that_was_given_is_kept():
    """The user's choice wins over the bounds."""
    prepared, split = series(200)
    settings = ModelSettings(lookback=4, horizon=2, judged_stride=7)
    assert set(np.diff(ForecastModel.examples(prepared, split, "validation", settings).stop).tolist()) == {7}
