"""Streams beside their own past."""

import numpy as np

from seqloom.usual import VIEWS, Past


def surprise(past, values, expected=None):
    """Of one stream from its beginning, [T]."""
    values = np.asarray(values, dtype=np.float32)[:, None]
    expected = np.full_like(values, np.nan) if expected is None else np.asarray(expected, np.float32)[:, None]
    begin = np.zeros((1, past.width), np.float32)
    return past.surprise(values, expected, np.zeros(len(values), np.int64), begin)[0][:, 0]


def test_the_first_step_surprises_nobody():
    """There is no past."""
    assert surprise(Past(1, 5, 100), [7.0]).tolist() == [0.0]


def test_what_is_farther_than_ever_surprises_by_the_length_of_the_past():
    """Each view gives the logarithm of how many steps there were, as a rank among them does."""
    values = np.random.default_rng(0).normal(size=400)
    values[-1] = 50.0
    found = surprise(Past(1, 1, 1_000_000), values, np.zeros(400))
    assert len(VIEWS) == 3
    np.testing.assert_allclose(found[-1], np.log(400) + 2 * np.log(399), rtol=0.01)


def test_a_view_is_the_rank_of_a_distance():
    """The share of the past that was at least as far, to the width of a bin of the histogram."""
    drawn = np.random.default_rng(1)
    values = drawn.normal(size=3_000)
    past = Past(1, 1, 10_000_000)
    both, alone = surprise(past, values, np.zeros(3_000)), surprise(past, values)
    error = np.abs(values)
    rank = np.array([-np.log((1 + (error[:t] >= error[t]).sum()) / (t + 1)) for t in range(2_000, 3_000)])
    assert np.corrcoef((both - alone)[2_000:], rank)[0, 1] > 0.99
    assert np.abs((both - alone)[2_000:] - rank).mean() < 0.15


def test_a_level_that_moves_surprises_though_no_value_does():
    """Values stay within their range, and lie on one side for long."""
    values = np.random.default_rng(2).uniform(-1, 1, size=2_000)
    values[1_800:] = np.abs(values[1_800:])
    found = surprise(Past(1, 30, 100_000), values)
    assert found[1_830:1_860].mean() > 2 * found[1_000:1_800].mean()


def test_what_was_is_forgotten():
    """A new level is usual after a while, the sooner the less is remembered."""
    values = np.concatenate([np.zeros(1_000), np.full(1_000, 5.0)]) + np.random.default_rng(3).normal(size=2_000) * 0.1
    fast, slow = (surprise(Past(1, 10, forget), values)[1_700:].mean() for forget in (100, 100_000))
    assert fast < slow


def test_two_halves_give_what_the_whole_does():
    """Bit by bit, whatever is mixed with it."""
    past, drawn = Past(2, 4, 50), np.random.default_rng(4)
    values, expected = (drawn.normal(size=(40, 2)).astype(np.float32) for _ in range(2))
    owner, zero = np.tile([0, 1], 20), np.zeros((2, past.width), np.float32)
    whole, end = past.surprise(values, expected, owner, zero)
    first, between = past.surprise(values[:14], expected[:14], owner[:14], zero)
    second, last = past.surprise(values[14:], expected[14:], owner[14:], between)
    alone, _ = past.surprise(values[::2], expected[::2], owner[::2], zero)
    np.testing.assert_array_equal(np.concatenate([first, second]), whole)
    np.testing.assert_array_equal(last, end)
    np.testing.assert_array_equal(alone, whole[::2])


def test_a_missing_value_changes_nothing():
    """Its surprise is 0, and the state stays."""
    past = Past(1, 4, 50)
    ones, zero = np.ones((3, 1), np.float32), np.zeros((1, past.width), np.float32)
    _, state = past.surprise(ones, ones, np.zeros(3, np.int64), zero)
    gap = np.full((1, 1), np.nan, np.float32)
    found, after = past.surprise(gap, gap, np.zeros(1, np.int64), state)
    assert found[0, 0] == 0
    np.testing.assert_array_equal(after, state)
