"""Widths that follow what comes true."""

import numpy as np
import pytest

from seqloom.model import WidthRule
from seqloom.model.widths import MOST, RATE
from seqloom.prepare import Examples, Split, windows
from seqloom.sequence import PreparedDataset

RULE = WidthRule(horizon=3, interval=0.9)


def series(*lengths, seed=0, targets=1):
    """Random targets of some sequences, and nothing else."""
    rows = sum(lengths)
    return PreparedDataset(
        offsets=np.cumsum([0, *lengths]).astype(np.int64),
        numbers=np.zeros((rows, 0), np.float32),
        number_names=(),
        known=np.zeros(0, np.bool_),
        codes=np.zeros((rows, 0), np.int32),
        code_names=(),
        known_codes=np.zeros(0, np.bool_),
        code_sizes=(),
        static_numbers=np.zeros((len(lengths), 0), np.float32),
        static_codes=np.zeros((len(lengths), 0), np.int32),
        targets=np.random.default_rng(seed).normal(size=(rows, targets)).astype(np.float32),
        target_names=tuple(f"y{place}" for place in range(targets)),
        times=None,
        keys=np.array([f"s{place}" for place in range(len(lengths))]),
    )


def all_windows(prepared, stride=1):
    """Every window of a lookback of two."""
    begin, end = prepared.offsets[:-1], prepared.offsets[1:]
    split = Split(np.stack([begin, begin, begin, end], axis=1))
    return windows(prepared, split, "test", lookback=2, horizon=3, stride=stride)


def forecasts(examples, half=1.0):
    """Forecasts of 0 with bounds `half` away, the upper one twice as far."""
    values = np.zeros((len(examples), 3, examples.prepared.targets.shape[1]), np.float32)
    return values, np.stack([values - half, values + 2 * half], axis=-1)


def by_hand(examples, values, quantiles):
    """The definition, window by window, from all earlier windows of the sequence anew: slow and plain."""
    found = np.empty(quantiles.shape)
    for place in range(len(examples)):
        for step in range(3):
            for column in range(values.shape[-1]):
                log = 0.0
                for earlier in range(place):
                    truth_row = examples.stop[earlier] + step
                    if examples.sequence[earlier] == examples.sequence[place] and truth_row < examples.stop[place]:
                        low, high = found[earlier, step, column]
                        truth = examples.prepared.targets[truth_row, column]
                        if np.isfinite(truth):
                            log += RATE * (float(not low <= truth <= high) - 0.1)
                value = values[place, step, column]
                found[place, step, column] = value + np.exp(log) * (quantiles[place, step, column] - value)
    return found


@pytest.mark.parametrize("stride", [1, 2, 5])
def test_widths_follow_the_definition(stride):
    """As a slow and plain computation has them, for two sequences of two targets with a gap."""
    prepared = series(30, 20, targets=2)
    prepared.targets[12, 1] = np.nan
    examples = all_windows(prepared, stride)
    values, quantiles = forecasts(examples)
    found = RULE.followed(values, quantiles, examples)
    # 1e-5: float32 against float64
    np.testing.assert_allclose(found, by_hand(examples, values, quantiles), rtol=1e-5)


def test_nothing_that_comes_later_has_a_say():
    """Whatever the rows from a window's end on hold, its bounds are the same to the last bit."""
    honest, poisoned = series(40), series(40)
    poisoned.targets[25:] = 1e6
    examples = all_windows(honest)
    values, quantiles = forecasts(examples)
    before = examples.stop <= 25
    one, other = (RULE.followed(values, quantiles, all_windows(rows)) for rows in (honest, poisoned))
    assert (one[before] == other[before]).all()
    assert (one[~before] != other[~before]).any()


def test_the_share_of_misses_comes_to_the_promise():
    """Intervals three times too narrow hold nine of ten values in the end, at every step ahead."""
    prepared = series(6000)
    examples = all_windows(prepared)
    values, quantiles = forecasts(examples, half=0.3)
    found = RULE.followed(values, quantiles, examples)
    truth = examples.truth()
    held = ((truth >= found[..., 0]) & (truth <= found[..., 1])).mean(axis=(0, 2))
    fixed = ((truth >= quantiles[..., 0]) & (truth <= quantiles[..., 1])).mean()
    assert fixed < 0.4
    # The bound of `WidthRule`: logarithms between 0 and 2 allow 2 / (RATE n) = 0.017.
    assert (np.abs(held - 0.9) < 2 / (RATE * len(examples))).all()


def test_a_sequence_begins_with_the_calibrated_widths():
    """What another one taught is forgotten."""
    examples = all_windows(series(30, 30))
    values, quantiles = forecasts(examples)
    found = RULE.followed(values, quantiles, examples)
    first = int(np.flatnonzero(examples.sequence == 1)[0])
    assert (found[first] == quantiles[first]).all()
    assert (found[first - 1] != quantiles[first - 1]).all()


def test_windows_are_followed_in_the_order_of_time():
    """Whatever order they are given in."""
    examples = all_windows(series(30))
    values, quantiles = forecasts(examples)
    mixed = np.random.default_rng(1).permutation(len(examples))
    found = RULE.followed(values[mixed], quantiles[mixed], examples.take(mixed))
    assert (found == RULE.followed(values, quantiles, examples)[mixed]).all()


def test_a_window_that_ends_unknown_teaches_nothing():
    """A live stream says nothing new after a reading without a target."""
    known, gap = series(20), series(20)
    gap.targets[10] = np.nan
    examples = all_windows(gap)
    values, quantiles = forecasts(examples, half=1e-6)  # all miss
    after = int(np.flatnonzero(examples.stop == 12)[0])
    with_gap, without = (RULE.followed(values, quantiles, all_windows(rows)) for rows in (gap, known))
    assert (with_gap[: after - 1] == without[: after - 1]).all()
    assert with_gap[after, 0, 0, 1] < without[after, 0, 0, 1]


def test_widths_stay_within_bounds():
    """An interval without any width never holds, and its factor does not grow without end."""
    widths = RULE.begin(1)
    for _ in range(400):
        widths = RULE.learned(widths, np.ones(1))
        widths = RULE.said(widths, np.zeros((3, 1, 2), np.float32))
    assert widths.logs.max() == np.float32(MOST)


def test_a_row_of_numbers_holds_all_of_it():
    """There and back, in P (P + 2) C numbers."""
    rng, widths = np.random.default_rng(0), RULE.begin(2)
    for _ in range(5):
        widths = RULE.learned(widths, rng.normal(size=2))
        widths = RULE.said(widths, rng.normal(size=(3, 2, 2)).astype(np.float32))
    flat = RULE.flat(widths)
    assert flat.shape == (3 * 5 * 2,)
    again = RULE.opened(flat)
    np.testing.assert_array_equal(again.logs, widths.logs)
    np.testing.assert_array_equal(again.pending, widths.pending)


def test_examples_of_no_sequence_are_followed_to_nothing():
    """No window, no bounds."""
    examples = all_windows(series(20)).take(np.arange(0))
    assert isinstance(examples, Examples)
    assert RULE.followed(*forecasts(examples), examples).shape == (0, 3, 1, 2)
