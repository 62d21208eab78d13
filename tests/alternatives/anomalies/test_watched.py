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


@pytest.mark.parametrize("method", [ValueChart, OwnPast, WindowedGaussian])
def test_steps_before_the_asked_ones_are_only_read(usual, method):
    """The threshold is that of the asked ones."""
    asked = replace(usual, warm=np.array([150, 190]))
    found = method.fit(usual, Hints(choosing=asked, false_alarms=0.1)).predict(usual)
    assert len(found) == 400
    assert (found[[*range(150, 200), *range(390, 400)]] > 1).sum() == 6


@pytest.mark.parametrize("method", [ValueChart, OwnPast, WindowedGaussian])
def test_steps_known_to_be_strange_do_not_count_as_usual(usual, method):
    """Neither for the threshold nor for a chart."""
    strange = np.zeros(400, np.float32)
    strange[[50, 51, 250]] = 1
    targets = usual.prepared.targets.copy()
    targets[strange > 0] += 30
    told, untold = (replace(usual, prepared=replace(usual.prepared, targets=targets, marks=m)) for m in (strange, None))
    plain, spoiled = (method.fit(told, Hints(choosing=one, span=1)) for one in (told, untold))
    assert plain.predict(told)[50] > spoiled.predict(told)[50]


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
