from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from seqloom.errors import DataError, SettingsError
from seqloom.prepare import Split, last_windows, sequences, whole_sequences, windows, windows_so_far

PARTS = ("train", "validation", "test")
CUTS = st.lists(st.tuples(*[st.integers(0, 12)] * 3), min_size=1, max_size=4)


def cut(cuts):
    """Sequences of the given numbers of rows per part, and their borders."""
    lengths = [sum(cut) for cut in cuts]
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    borders = np.array([[0, *np.cumsum(cut)] for cut in cuts]) + starts[:, None]
    return lengths, Split(borders.astype(np.int64))


def by_hand(split, part, *, lookback, horizon, stride):
    """Every window, found by looking at every row."""
    found = []
    for sequence, (first, *borders) in enumerate(split.borders.tolist()):
        begin, end = ([first, *borders][PARTS.index(part) + side] for side in (0, 1))
        fits = []
        for stop in range(first, borders[-1] + 1):
            wanted = range(stop, stop + horizon) if horizon else range(stop - 1, stop)
            if stop - lookback >= first and all(begin <= row < end for row in wanted):
                fits.append((sequence, stop - lookback, stop))
        found += fits[::stride]
    return found


@given(CUTS, st.sampled_from(PARTS), st.integers(1, 4), st.integers(0, 3), st.integers(1, 3))
def test_windows_are_all_those_whose_horizon_lies_in_the_part(prepared, cuts, part, lookback, horizon, stride):
    """The same windows as by looking at every row; a training sequence without one is an error."""
    lengths, split = cut(cuts)
    expected = by_hand(split, part, lookback=lookback, horizon=horizon, stride=stride)
    starved = part == "train" and {s for s, *_ in expected} != set(split.sequences(part).tolist())
    assume(expected and not starved)
    found = windows(prepared(lengths), split, part, lookback=lookback, horizon=horizon, stride=stride)
    assert list(zip(found.sequence.tolist(), found.start.tolist(), found.stop.tolist(), strict=True)) == expected


@given(CUTS, st.integers(1, 4), st.integers(1, 3))
def test_training_windows_never_touch_a_later_row(prepared, cuts, lookback, horizon):
    """Every row a training batch holds, target rows included, lies in the training part."""
    lengths, split = cut([(train + lookback + horizon, *rest) for train, *rest in cuts])
    found = windows(prepared(lengths), split, "train", lookback=lookback, horizon=horizon)
    batch = found.batch(np.arange(len(found)))
    train = split.rows("train")
    assert np.isin(batch.target.numpy().astype(np.int64), train).all()  # each cell of the target holds its row
    assert np.isin(batch.numbers.values[:, 0].numpy().astype(np.int64), train).all()


def test_a_lookback_may_reach_into_earlier_parts(prepared):
    """The first validation window sees the end of training."""
    lengths, split = cut([(10, 4, 4)])
    found = windows(prepared(lengths), split, "validation", lookback=5, horizon=2)
    assert (found.start.tolist(), found.stop.tolist()) == ([5, 6, 7], [10, 11, 12])


def test_windows_end_before_the_future(prepared):
    """Rows at the end without a known target have nothing to be compared with."""
    lengths, split = cut([(10, 0, 0)])
    made = prepared(lengths)
    made.targets[7:] = np.nan
    assert windows(made, split, "train", lookback=3, horizon=2).stop.tolist() == [3, 4, 5]


def test_windows_of_single_columns_stand_side_by_side(prepared):
    """Each window once per target column, in the order of the columns."""
    lengths, split = cut([(6, 0, 0)])
    found = windows(prepared(lengths, targets=2), split, "train", lookback=3, horizon=2, independent=True)
    assert found.stop.tolist() == [3, 3, 4, 4]
    assert found.channel.tolist() == [0, 1, 0, 1]
    assert found.truth().shape == (4, 2, 1)


def test_index_arrays_of_windows_take_twelve_bytes_each(prepared):
    """Nothing else is held: rows are gathered when a batch is asked for."""
    lengths, split = cut([(1000, 0, 0)])
    found = windows(prepared(lengths), split, "train", lookback=100, horizon=10)
    assert sum(array.nbytes for array in (found.sequence, found.start, found.stop)) == 12 * len(found)


def test_a_training_sequence_too_short_for_a_window_is_named(prepared):
    """It would be dropped without a word otherwise."""
    lengths, split = cut([(20, 0, 0), (6, 0, 0)])
    with pytest.raises(DataError, match="sequence 's1', train part: expected room for a window of 5 steps and the 2"):
        windows(prepared(lengths), split, "train", lookback=5, horizon=2)


def test_a_short_test_part_beside_longer_ones_has_no_windows(prepared):
    """Judging goes on with the others."""
    lengths, split = cut([(20, 0, 5), (20, 0, 1)])
    found = windows(prepared(lengths), split, "test", lookback=5, horizon=2)
    assert set(found.sequence.tolist()) == {0}


def test_a_part_without_a_single_window_is_refused(prepared):
    """Too short everywhere, or empty."""
    lengths, split = cut([(20, 0, 1)])
    with pytest.raises(DataError, match=r"sequence 's0', test part.*came 1 steps"):
        windows(prepared(lengths), split, "test", lookback=5, horizon=2)
    with pytest.raises(DataError, match="validation part: expected some steps, came none"):
        windows(prepared(lengths), split, "validation", lookback=5, horizon=2)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"lookback": 0}, "lookback: expected at least 1, came 0"),
        ({"horizon": -1}, "horizon: expected at least 0, came -1"),
        ({"stride": 0}, "stride: expected at least 1, came 0"),
        ({"segment": 2}, "lookback: expected a multiple of the segment, 2, came 5; choose 4"),
        ({"horizon": 0, "independent": True}, "independent: expected a horizon"),
    ],
)
def test_lengths_that_make_no_sense_are_refused(prepared, settings, message):
    """Each with what would be possible."""
    lengths, split = cut([(20, 0, 0)])
    with pytest.raises(SettingsError, match=message):
        windows(prepared(lengths), split, "train", **{"lookback": 5, "horizon": 2} | settings)


def test_targets_of_sequences_have_no_horizon(prepared):
    """There is nothing ahead of a sequence."""
    lengths, split = cut([(20, 0, 0)])
    with pytest.raises(SettingsError, match="horizon: expected 0 for targets with one value per sequence, came 2"):
        windows(prepared(lengths, per_step=False), split, "train", lookback=5, horizon=2)


def test_the_last_windows_end_where_the_known_targets_end(prepared):
    """One per sequence; what is to be predicted is not known."""
    made = prepared([6, 8], numbers=0, known=0)
    found = last_windows(made, lookback=3, horizon=2)
    assert found.batch(np.arange(2)).numbers.values[:, 0].tolist() == [3, 11, 4, 12, 5, 13]
    assert np.isnan(found.truth()).all()
    assert found.keys().tolist() == ["s0", "s1"]
    assert found.times().tolist() == [[6, 7], [8, 9]]


def test_the_last_windows_of_single_columns_stand_side_by_side(prepared):
    """As windows do."""
    found = last_windows(prepared([6], targets=2, numbers=0, known=0), lookback=3, horizon=2, independent=True)
    assert found.channel.tolist() == [0, 1]


def test_the_windows_so_far_end_with_the_last_ones(prepared):
    """All that came before stands before it, sequence by sequence, and nothing of the next sequence is seen."""
    made = prepared([6, 8], numbers=0, known=0)
    found, last = (cut(made, lookback=3, horizon=2) for cut in (windows_so_far, last_windows))
    assert found.keys().tolist() == ["s0"] * 4 + ["s1"] * 6
    assert found.times()[[3, 9]].tolist() == last.times().tolist()
    truth = np.concatenate([found.truth()[first:stop, 0, 0] for first, stop in ((0, 4), (4, 10))])
    np.testing.assert_array_equal(truth, [3, 4, 5, np.nan, 9, 10, 11, 12, 13, np.nan])
    ends = found.batch(np.array([3, 9])).numbers.values[:, 0]
    assert ends.tolist() == last.batch(np.arange(2)).numbers.values[:, 0].tolist()


def test_the_windows_so_far_of_single_columns_stand_side_by_side(prepared):
    """As windows do."""
    found = windows_so_far(prepared([5], targets=2, numbers=0, known=0), lookback=3, horizon=2, independent=True)
    assert found.channel.tolist() == [0, 1] * 3


def test_a_sequence_shorter_than_the_lookback_is_named(prepared):
    """The network has learned to read more."""
    for cut in (last_windows, windows_so_far):
        with pytest.raises(DataError, match=r"sequence 's1': expected at least 5 steps with known targets, .* came 3"):
            cut(prepared([6, 3]), lookback=5, horizon=2)


def test_sequences_of_a_part_are_examples_of_their_own(prepared):
    """Only the rows that lie in the part."""
    lengths, split = cut([(4, 0, 2), (0, 3, 0), (0, 0, 5)])
    found = sequences(prepared(lengths), split, "test")
    assert (found.sequence.tolist(), found.start.tolist(), found.stop.tolist()) == ([0, 2], [4, 9], [6, 14])


def test_an_empty_part_has_no_sequences(prepared):
    """That is an error, not an empty training."""
    lengths, split = cut([(4, 0, 2)])
    with pytest.raises(DataError, match="validation part: expected some sequences, came none"):
        sequences(prepared(lengths), split, "validation")


def test_all_sequences_may_be_examples(prepared):
    """To predict for each."""
    found = whole_sequences(prepared([4, 3]))
    assert found.lengths.tolist() == [4, 3]
    assert found.keys().tolist() == ["s0", "s1"]


def test_sequences_of_unfolded_rows_are_found_where_their_steps_are(prepared):
    """A split counts rows of the data; each has become several steps."""
    made = replace(prepared([3, 2, 4]), starts=np.array([0, 3, 5, 9]))
    found = sequences(made, Split(np.array([[0, 1, 1, 1], [1, 1, 1, 2], [2, 3, 3, 3]])), "train")
    assert (found.start.tolist(), found.stop.tolist()) == ([0, 5], [3, 9])
