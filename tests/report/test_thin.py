import numpy as np

from seqloom.report.thin import spread, thin


def test_a_short_series_is_kept_whole():
    """A series within the limit loses no point."""
    assert thin(np.arange(10.0), limit=10).tolist() == list(range(10))


def test_a_single_peak_survives():
    """One high point among ten thousand is among those kept."""
    values = np.zeros(10_000)
    values[6_543] = 9.0
    assert 6_543 in thin(values, limit=100)


def test_the_limit_holds_but_for_the_ends():
    """Of a long series about `limit` points are kept, and both ends."""
    kept = thin(np.random.default_rng(0).normal(size=10_000), limit=100)
    assert len(kept) <= 102
    assert (kept[0], kept[-1]) == (0, 9_999)


def test_missing_values_are_never_taken_for_a_peak():
    """Where a stretch holds numbers and NaN, the numbers are kept."""
    values = np.full(1_000, np.nan)
    values[::10] = 1.0
    kept = thin(values, limit=50)
    assert np.isfinite(values[kept]).sum() >= 25


def test_spread_takes_both_ends():
    """A sample of places includes the first and the last."""
    assert spread(1_000, 7)[[0, -1]].tolist() == [0, 999]


def test_spread_of_nothing_is_nothing():
    """No places are taken where there are none."""
    assert spread(0, 5).tolist() == []
