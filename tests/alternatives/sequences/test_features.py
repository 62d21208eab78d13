import numpy as np
import pytest

from seqloom.alternatives.sequences.features import LABELS, order_blind, pooled

A = np.array([[1.0, -1], [4, 0], [2, 2], [2, 5]])
B = np.array([[3.0, 7]])


@pytest.fixture
def two(make_sequences):
    """A sequence of four steps and one of a single step."""
    return make_sequences(A, B, targets=np.zeros(2, np.int64))


def test_pooled_features_are_the_usual_statistics(two):
    """Mean, deviation, least, greatest, first, last and mean change of both features, then the length."""
    change = np.abs(np.diff(A, axis=0)).mean(axis=0)
    expected = np.concatenate([A.mean(0), A.std(0), A.min(0), A.max(0), A[0], A[-1], change, [4]])
    np.testing.assert_allclose(pooled(two)[0], expected, rtol=1e-12)


def test_a_single_step_has_no_spread_and_no_change(two):
    """Of one step all places are the step, spread and change are 0."""
    np.testing.assert_allclose(pooled(two)[1], [3, 7, 0, 0, 3, 7, 3, 7, 3, 7, 3, 7, 0, 0, 1], atol=1e-12)


def test_quantiles_are_those_of_numpy(two):
    """Mean and deviation, then seven quantiles of each feature, linear between values."""
    quantiles = np.quantile(A, (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0), axis=0).ravel()
    np.testing.assert_allclose(order_blind(two)[0], np.concatenate([A.mean(0), A.std(0), quantiles, [4]]), rtol=1e-12)


def test_order_blind_features_do_not_see_the_order(make_sequences):
    """Any order of the steps gives the same features."""
    steps = np.random.default_rng(0).normal(size=(20, 3))
    shuffled = np.random.default_rng(1).permutation(steps)
    first, second = order_blind(make_sequences(steps, shuffled, targets=np.zeros(2, np.int64)))
    np.testing.assert_allclose(first, second, rtol=1e-12)


def test_pooled_features_do_see_the_order(make_sequences):
    """The reversed sequence has other first and last values."""
    first, second = pooled(make_sequences(A, A[::-1], targets=np.zeros(2, np.int64)))
    assert not np.allclose(first, second)


@pytest.mark.parametrize("features", [pooled, order_blind])
def test_small_chunks_give_the_same(features, make_sequences, monkeypatch):
    """Gathering a few rows at a time changes nothing, whatever the order of lengths."""
    drawn = np.random.default_rng(0)
    examples = make_sequences(*[drawn.normal(size=(n, 2)) for n in (5, 1, 9, 3, 9)], targets=np.zeros(5, np.int64))
    whole = features(examples)
    monkeypatch.setattr("seqloom.alternatives.sequences.features.CELLS", 8)
    np.testing.assert_allclose(features(examples), whole, rtol=1e-12)


def test_categories_of_steps_are_shares(make_sequences):
    """A category seen in one of four steps has a share of a quarter; statics stand beside it."""
    examples = make_sequences(
        A,
        targets=np.zeros(1, np.int64),
        codes=np.array([[2], [0], [2], [2]], np.int32),
        code_sizes=(3, 2),
        static_numbers=np.array([[0.5]], np.float32),
        static_codes=np.array([[1]], np.int32),
    )
    assert pooled(examples)[0, -7:].tolist() == [4, 0.5, 0.25, 0, 0.75, 0, 1]


def test_rare_categories_of_a_large_vocabulary_share_a_column(make_sequences):
    """Codes beyond the bound are counted together, so that the features stay few."""
    codes = np.array([[0], [5000], [LABELS], [1]], np.int32)
    examples = make_sequences(A, targets=np.zeros(1, np.int64), codes=codes, code_sizes=(6000,))
    assert pooled(examples)[0, [-LABELS, -1]].tolist() == [0.25, 0.5]
