"""How a server does at present."""

import numpy as np
import pytest

from seqloom.serve.pulse import LATEST, Pulse


class Clock:
    """One that is set."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        """The moment that is set."""
        return self.now


def test_times_are_told_to_a_tenth():
    """Of which half, and 99 in 100, are shorter."""
    times = np.random.default_rng(0).gamma(2.0, 0.01, size=5000)
    pulse = Pulse(Clock())
    for one in times.tolist():
        pulse.answered(200, one)
    found = pulse.standing()
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        exact = float(np.quantile(times, share))
        assert exact * 0.995 <= found[name] <= exact * 1.11
    assert found["answers"] == 5000


def test_refused_and_failed_ones_are_shares():
    """Of all that was answered."""
    pulse = Pulse(Clock())
    for status in [200] * 6 + [429] * 2 + [503, 500] + [422] * 10:
        pulse.answered(status, 0.01)
    found = pulse.standing()
    assert (found["refused"], found["failed"], found["answers"]) == (0.1, 0.1, 20)


def test_a_minute_is_looked_back_at():
    """What was before is forgotten, also where nothing came since; rates are those of the time there was."""
    clock = Clock()
    pulse = Pulse(clock)
    pulse.read(500)
    pulse.answered(200, 5.0)
    clock.now += 10
    assert pulse.standing()["readings_per_second"] == pytest.approx(50)
    clock.now += 30
    pulse.answered(200, 0.001)
    assert pulse.standing()["answers"] == 2
    clock.now += LATEST - 35
    assert (pulse.standing()["answers"], pulse.standing()["p99"] < 0.0012) == (1, True)
    clock.now += LATEST
    found = pulse.standing()
    assert (found["answers"], found["p50"], found["p99"], found["readings_per_second"]) == (0, None, None, 0.0)


def test_wild_times_are_no_harm():
    """Nothing, and more than a minute."""
    pulse = Pulse(Clock())
    for seconds in (0.0, 1e-9, 1e9):
        pulse.answered(200, seconds)
    assert pulse.standing()["p50"] == pytest.approx(1e-4)
    assert pulse.standing()["p99"] > 50
