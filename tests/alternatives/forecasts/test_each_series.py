"""Models of single series."""

import numpy as np

from seqloom.alternatives.forecasts.each_series import SERIES, EachSeries


def mean(values):
    """The simplest model there is."""
    return np.array([values.mean()])


def error(parameters, values):
    """Mean square of the distance from it."""
    return float(((values - parameters[0]) ** 2).mean())


def test_each_of_few_sequences_has_its_own_model(make_windows):
    """And each target of theirs; all others have the one that serves all best."""
    examples = make_windows(np.full((30, 2), [1.0, 2.0]), np.full((40, 2), [3.0, 4.0]), lookback=3, horizon=2)
    found = EachSeries.fit(examples, mean, error)
    assert found.models == {"s0": 0, "s1": 1}
    assert found.parameters[:2, :, 0].tolist() == [[1, 2], [3, 4]]
    assert found.parameters[2, 0, 0] in (1, 3)


def test_many_sequences_share_the_model_that_serves_them_best(make_windows):
    """Of those that were fitted, the one of least error in all of them together."""
    random = np.random.default_rng(0)
    series = [random.normal(level, 0.1, 30) for level in np.linspace(0, 4, SERIES + 5)]
    found = EachSeries.fit(make_windows(*series, lookback=3, horizon=2), mean, error)
    assert found.models == {}
    assert abs(found.parameters[-1, 0, 0] - 2) < 0.3


def test_windows_come_with_their_own_model(make_windows):
    """By the key of their sequence, and with the values before each."""
    training = make_windows(np.full(30, 1.0), np.full(30, 3.0), lookback=3, horizon=2, keys=["a", "b"])
    found = EachSeries.fit(training, mean, error)
    asked = make_windows(np.arange(10.0), np.full(10, 7.0), lookback=3, horizon=2, keys=["b", "c"])
    runs = {
        int(place): (channel, float(parameters[0]), values[row].tolist())
        for places, channel, parameters, values in found.runs(asked, 4)
        for row, place in enumerate(places)
    }
    first, other = int(np.flatnonzero(asked.sequence == 0)[0]), int(np.flatnonzero(asked.sequence == 1)[0])
    assert runs[first] == (0, 3.0, [0.0, 0.0, 1.0, 2.0])
    assert runs[other][1] == found.parameters[-1, 0, 0]
    assert len(runs) == len(asked)
