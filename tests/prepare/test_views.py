import numpy as np

from seqloom.prepare.views import covered_rows, joint, labelled_prefixes

NONE = np.nan


def test_windows_of_single_columns_become_windows_of_all(make_windows):
    """Examples that are one column each are joined to what the same call without `independent` gives."""
    values = np.arange(24.0).reshape(12, 2)
    alone = make_windows(values, lookback=3, horizon=2, independent=True)
    together = make_windows(values, lookback=3, horizon=2)
    assert joint(alone).stop.tolist() == together.stop.tolist()


def test_joined_windows_have_all_targets(make_windows):
    """The truth of a joined window holds every target column."""
    values = np.arange(24.0).reshape(12, 2)
    alone = make_windows(values, lookback=3, horizon=2, independent=True)
    np.testing.assert_array_equal(joint(alone).truth()[0], values[3:5])


def test_rows_are_given_example_by_example(make_sequences):
    """The rows of the second of two taken sequences follow those of the first."""
    examples = make_sequences(*[np.zeros((n, 1)) for n in (2, 3, 1)], targets=np.zeros(3, np.int64))
    assert covered_rows(examples.take(np.array([2, 1]))).tolist() == [5, 2, 3, 4]


def test_one_prefix_ends_at_the_last_label(make_sequences):
    """With one step per sequence the beginning up to the last labelled step is taken, labelled or not before."""
    targets = np.array([[NONE], [1], [2], [NONE], [3], [4]], np.float32)
    examples = make_sequences(np.zeros((4, 1)), np.zeros((2, 1)), targets=targets)
    prefixes, owner = labelled_prefixes(examples, 1)
    assert (prefixes.start.tolist(), prefixes.stop.tolist(), owner.tolist()) == ([0, 4], [3, 6], [0, 1])


def test_several_prefixes_are_evenly_spaced_back_from_the_last(make_sequences):
    """Of ten labelled steps five are taken, every second one, the last among them."""
    examples = make_sequences(np.zeros((10, 1)), targets=np.arange(10, dtype=np.float32)[:, None])
    prefixes, _ = labelled_prefixes(examples, 5)
    assert prefixes.stop.tolist() == [2, 4, 6, 8, 10]


def test_the_truth_of_a_prefix_is_its_last_label(make_sequences):
    """What is asked of a beginning is the value at its last step."""
    examples = make_sequences(np.zeros((4, 1)), targets=np.array([[5], [6], [7], [NONE]], np.float32))
    prefixes, _ = labelled_prefixes(examples, 1)
    assert prefixes.truth().tolist() == [[7.0]]


def test_sequences_without_a_label_have_no_prefix(make_sequences):
    """A sequence whose steps are all unlabelled is left out."""
    targets = np.array([[NONE], [NONE], [1]], np.float32)
    _, owner = labelled_prefixes(make_sequences(np.zeros((2, 1)), np.zeros((1, 1)), targets=targets), 4)
    assert owner.tolist() == [1]


def test_labelled_steps_are_found_piece_by_piece(make_sequences, monkeypatch):
    """Looking through a few rows at a time finds the same beginnings."""
    drawn = np.random.default_rng(0)
    lengths = (4, 1, 7, 2)
    targets = np.where(drawn.random(sum(lengths)) < 0.3, np.nan, 1.0).astype(np.float32)[:, None]
    examples = make_sequences(*[drawn.normal(size=(length, 1)) for length in lengths], targets=targets)
    whole, owner = labelled_prefixes(examples, 2)
    monkeypatch.setattr("seqloom.prepare.views.ROWS", 3)
    pieces, owner_of_pieces = labelled_prefixes(examples, 2)
    assert (pieces.stop.tolist(), owner_of_pieces.tolist()) == (whole.stop.tolist(), owner.tolist())
