"""How a signal behaves as long as nothing changes."""

import numpy as np
import pytest

from seqloom.monitor.usual import FEWEST, Usual


def autoregressive(rng, count, r):
    """A stationary series whose neighbours are correlated by `r`, of variance 1."""
    values = np.empty(count)
    values[0] = rng.normal()
    noise = rng.normal(size=count) * np.sqrt(1 - r * r)
    for place in range(1, count):
        values[place] = r * values[place - 1] + noise[place]
    return values


def test_independent_values_count_each_for_itself():
    """Their mean and deviation are numpy's."""
    values = np.random.default_rng(0).normal(3.0, 2.0, 4000)
    found = Usual.of([values])
    assert (found.mean, found.deviation) == (pytest.approx(values.mean()), pytest.approx(values.std()))
    assert (found.inflation, found.stretch, found.floor, found.count) == (1.0, 1, 0.0, 4000)
    assert found.stretches == 4000


@pytest.mark.parametrize("r", [0.5, 0.8, 0.9])
def test_values_that_depend_on_their_neighbours_count_for_fewer(r):
    """The inflation of a first-order autocorrelation is known."""
    found = [Usual.of([autoregressive(np.random.default_rng(seed), 20_000, r)]).inflation for seed in range(10)]
    assert np.median(found) == pytest.approx((1 + r) / (1 - r), rel=0.25)


def test_a_season_counts_for_about_a_quarter_of_its_length():
    """The largest variance of a mean, times its length, is 0.23 of a period for a sine."""
    found = Usual.of([np.sin(np.arange(4800) * 2 * np.pi / 48)])
    assert 0.15 * 48 < found.inflation < 0.4 * 48


def test_streams_of_different_levels_never_come_to_one_mean():
    """However long one is looked at."""
    rng = np.random.default_rng(1)
    found = Usual.of([rng.normal() * 2 + rng.normal(size=50) for _ in range(60)])
    assert found.floor == pytest.approx(2.0, rel=0.3)
    assert found.independent(1e9) == pytest.approx((found.deviation / found.floor) ** 2)


@pytest.mark.parametrize("values", [[], [np.ones(500)], [np.arange(FEWEST - 1.0)]])
def test_nothing_is_claimed_of_few_values_or_of_one(values):
    """There is no usual behaviour to tell."""
    assert Usual.of(values) is None


def test_it_survives_json():
    """And what is none is refused."""
    found = Usual.of([np.random.default_rng(0).exponential(size=300)])
    assert found.skew > 1
    assert Usual.from_json(found.to_json()) == found
    with pytest.raises(ValueError, match="deviation"):
        Usual.from_json(found.to_json() | {"deviation": 0})
    with pytest.raises(KeyError, match="count"):
        Usual.from_json({"stretch": 1})


def test_what_follows_from_a_slow_signal_is_slow():
    """Its neighbours depend on each other at least as long, and its level wanders as much."""
    fast, slow = Usual(0.0, 2.0, 1.0, 1, 0.0, 900), Usual(5.0, 1.0, 50.0, 64, 0.5, 9000)
    found = fast.slowed(slow)
    assert (found.mean, found.deviation, found.inflation, found.stretch, found.floor) == (0.0, 2.0, 50.0, 64, 1.0)
    assert slow.slowed(fast) == slow
