import numpy as np

from seqloom.alternatives import Hints
from seqloom.alternatives.forecasts.drift import Drift


def test_a_line_is_continued_without_error(make_windows):
    """On a straight line the forecast equals the truth, for each target's own slope."""
    steps = np.arange(12.0)[:, None]
    examples = make_windows(np.concatenate([2 * steps, 5 - steps], axis=1), lookback=4, horizon=3)
    np.testing.assert_allclose(Drift.fit(examples, Hints()).predict(examples), examples.truth(), atol=1e-6)


def test_only_the_ends_of_the_lookback_count(make_windows):
    """From 0 to 6 over four values the line rises by 2 a step, whatever lies between."""
    examples = make_windows(np.array([0, 9, -9, 6, 0, 0.0]), lookback=4, horizon=2)
    assert Drift().predict(examples)[0, :, 0].tolist() == [8, 10]


def test_a_lookback_of_one_has_no_slope(make_windows):
    """One value is repeated."""
    assert Drift().predict(make_windows(np.array([4.0, 0, 0]), lookback=1, horizon=2))[0, :, 0].tolist() == [4, 4]
