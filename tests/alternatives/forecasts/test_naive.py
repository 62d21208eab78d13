import numpy as np

from seqloom.alternatives import Hints
from seqloom.alternatives.forecasts.naive import Naive


def test_the_last_value_is_repeated(make_windows):
    """Every step ahead is the last value of the lookback, for each target on its own."""
    examples = make_windows(np.arange(20.0).reshape(10, 2), lookback=3, horizon=2)
    forecast = Naive.fit(examples, Hints()).predict(examples)
    np.testing.assert_array_equal(forecast[0], [[4, 5], [4, 5]])
