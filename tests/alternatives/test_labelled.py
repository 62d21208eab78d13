import numpy as np

from seqloom.alternatives.labelled import drawn, with_classes, with_values


def test_unlabelled_sequences_are_left_out(make_sequences):
    """Only sequences with a class are learned from."""
    examples, numbers = with_classes(make_sequences(*np.zeros((3, 2, 1)), targets=np.array([1, -1, 0])), 0)
    assert (examples.sequence.tolist(), numbers.tolist()) == ([0, 2], [1, 0])


def test_sequences_with_a_missing_value_are_left_out(make_sequences):
    """Only sequences with all values are learned from."""
    targets = np.array([[1, 2], [np.nan, 3]], np.float32)
    examples, values = with_values(make_sequences(*np.zeros((2, 2, 1)), targets=targets), 0)
    assert (examples.sequence.tolist(), values.tolist()) == ([0], [[1, 2]])


def test_values_per_step_give_beginnings(make_sequences):
    """Each labelled step of a short sequence is one example: the beginning that ends there."""
    targets = np.array([[1], [np.nan], [3]], np.float32)
    examples, values = with_values(make_sequences(np.zeros((3, 1)), targets=targets), 0)
    assert (examples.stop.tolist(), values.tolist()) == ([1, 3], [[1], [3]])


def test_long_sequences_give_few_beginnings(make_sequences, monkeypatch):
    """The rows of all beginnings together stay near the bound."""
    monkeypatch.setattr("seqloom.alternatives.labelled.ROWS", 2000)
    examples, _ = with_values(make_sequences(np.zeros((1000, 1)), targets=np.zeros((1000, 1), np.float32)), 0)
    assert (examples.stop - examples.start).sum() <= 4000


def test_too_many_are_drawn_from(monkeypatch):
    """At most the bound is kept, in order, each at most once."""
    monkeypatch.setattr("seqloom.alternatives.labelled.EXAMPLES", 10)
    chosen = drawn(np.arange(100), 0)
    assert (len(chosen), np.unique(chosen).tolist()) == (10, chosen.tolist())
