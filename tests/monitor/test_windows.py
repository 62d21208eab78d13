"""The latest values of a signal in windows."""

import numpy as np
import pytest

from seqloom.monitor import Numbers
from seqloom.monitor.reference import Channel
from seqloom.monitor.usual import Usual
from seqloom.monitor.windows import BLOCK, BLOCKS, LONGEST, RECENT, Windows, limit_of

USUAL = Usual(0.0, 1.0, 1.0, 1, 0.0, 100_000)
HALF = Usual(0.5, 0.5, 1.0, 1, 0.0, 100_000)


def filled(channel, values, streams=lambda _: 0):
    """Windows of one channel over these values."""
    windows = Windows([channel], 1)
    for first in range(0, len(values) - BLOCK + 1, BLOCK):
        rows = np.array(values[first : first + BLOCK], np.float64)[:, None]
        windows.add(rows, [streams(first + place) for place in range(BLOCK)])
    return windows


def test_windows_that_are_not_full_say_nothing():
    """The shortest has 60 values."""
    assert filled(Channel("level", USUAL), np.full(45, 9.0)).findings() == []
    assert len(filled(Channel("level", USUAL), np.full(60, 9.0)).findings()) == 1


def test_the_distance_is_that_of_a_mean_of_independent_values():
    """In units of the limit, by the normal distribution."""
    windows = filled(Channel("level", USUAL), np.full(60, 0.5))
    (found,) = windows.findings()
    expected = 0.5 / np.sqrt(1 / 60 + 1 / 100_000) / limit_of(USUAL, 1)
    assert (found.mean, found.values, found.excess) == (0.5, 60, pytest.approx(expected))


def test_values_that_depend_on_each_other_are_worth_less():
    """By their inflation."""
    far = Usual(0.0, 1.0, 10.0, 1, 0.0, 100_000)
    one, other = (filled(Channel("level", usual), np.full(60, 0.5)).findings()[0].excess for usual in (USUAL, far))
    assert one / other == pytest.approx(10**0.5, rel=1e-3)


def test_several_streams_are_worth_one_until_they_are_known():
    """They might all have the same season."""
    windows = filled(Channel("level", USUAL), np.full(60, 0.5), streams=lambda place: place % 10)
    assert windows.worth() == pytest.approx(6, rel=1e-3)
    assert filled(Channel("level", USUAL), np.full(60, 0.5)).worth() == pytest.approx(60, rel=1e-3)


def test_a_share_is_judged_by_what_is_possible_for_shares():
    """Chernoff's bound: never more extreme than the exact probability."""
    from scipy.stats import binom, norm  # noqa: PLC0415 - slow to import

    rare = Usual(0.002, 0.0447, 1.0, 1, 0.0, 10**9)
    for hits in (1, 2, 5, 20):
        values = np.zeros(60)
        values[:hits] = 1
        (found,) = filled(Channel("share", rare, share=True), values).findings()
        exact = -norm.ppf(binom.sf(hits - 1, 60, 0.002))
        assert found.excess * limit_of(rare, 1) <= exact + 0.6
    assert filled(Channel("share", rare, share=True), np.zeros(60)).findings()[0].excess < 0.2


@pytest.mark.parametrize(("side", "excess"), [(1, True), (0, True), (-1, False)])
def test_only_the_side_that_matters_is_looked_at(side, excess):
    """More hits are no alarm."""
    (found,) = filled(Channel("level", HALF, share=True, side=side), np.ones(60)).findings()
    assert (found.excess > 0) == excess


def test_the_limit_grows_with_what_is_tested_and_with_what_is_not_known():
    """More channels, and fewer stretches; of too few stretches nobody can tell."""
    assert limit_of(USUAL, 1) < limit_of(USUAL, 100)
    assert limit_of(USUAL, 1) < limit_of(Usual(0.0, 1.0, 30.0, 100, 0.0, 2000), 1)
    assert limit_of(Usual(0.0, 1.0, 30.0, 100, 0.0, 799), 1) is None
    assert limit_of(None, 1) is None


def test_skewed_values_are_given_their_long_tail():
    """A mean on its side is less of a surprise."""
    skewed = Usual(0.0, 1.0, 1.0, 1, 0.0, 100_000, skew=1.0)
    up, down = (filled(Channel("level", skewed), np.full(60, value)).findings()[0].excess for value in (0.6, -0.6))
    assert up < 0.95 * down


def test_what_is_forgotten_is_all_but_recent():
    """Windows begin again with the last 360 values."""
    values = np.concatenate([np.full(BLOCK * LONGEST, 3.0), np.zeros(BLOCK * RECENT)])
    windows = filled(Channel("level", USUAL), values)
    assert max(found.excess for found in windows.findings()) > 1
    windows.forget()
    assert len(windows) == BLOCK * RECENT
    assert max(found.excess for found in windows.findings()) == 0
    assert windows.mean(0) == 0


def test_channels_without_values_say_nothing():
    """All missing is no level."""
    numbers = Numbers.of([np.random.default_rng(0).normal(size=500)])
    windows = Windows(numbers.channels, 3)
    for _ in range(BLOCKS[-1]):
        windows.add(numbers.rows([None] * BLOCK), [0] * BLOCK)
    assert {found.channel for found in windows.findings()} == {2}
    assert windows.mean(0) is None
