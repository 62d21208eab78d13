"""What methods of anomalies share."""

from dataclasses import replace

import numpy as np
import pytest

from seqloom.alternatives import Hints, OwnPast, ValueChart, WindowedGaussian
from seqloom.alternatives.anomalies.watched import Watched


@pytest.fixture
def usual(make_sequences):
    """Two sequences of noise in two columns."""
    drawn = np.random.default_rng(0).normal(size=(400, 2)).astype(np.float32)
    empty = np.zeros((200, 0))
    return make_sequences(empty, empty, targets=drawn, watched=True)


def test_steps_before_the_asked_ones_are_only_read(usual):
    """All rows are there, and which of them are asked."""
    watched = Watched.of(replace(usual, warm=np.array([150, 190])))
    assert len(watched.values) == 400
    assert watched.asked.tolist() == [*range(150, 200), *range(390, 400)]


def test_the_step_before_the_first_is_the_first(usual):
    """Nothing comes from another sequence."""
    watched = Watched.of(usual)
    assert watched.count == 2
    np.testing.assert_array_equal(watched.before[[0, 200]], watched.values[[0, 200]])
    np.testing.assert_array_equal(watched.before[201], watched.values[200])


@pytest.mark.parametrize("method", [ValueChart, OwnPast, WindowedGaussian])
@pytest.mark.parametrize("share", [0.01, 0.1])
def test_as_many_usual_steps_are_alarms_as_was_allowed(usual, method, share):
    """The threshold is chosen on the steps it may be chosen by."""
    found = method.fit(usual, Hints(choosing=usual, false_alarms=share)).predict(usual)
    assert (found > 1).mean() == pytest.approx(share, abs=0.003)
