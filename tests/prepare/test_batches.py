from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from seqloom.prepare import Examples, batches, epoch, whole_sequences


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=60),
    st.integers(1, 9),
    st.integers(0, 6),
    st.one_of(st.none(), st.integers(0, 9)),
)
def test_an_epoch_holds_every_example_once_in_full_batches(prepared, lengths, size, buckets, seed):
    """All batches are full but one."""
    generator = None if seed is None else np.random.default_rng(seed)
    batches = list(epoch(whole_sequences(prepared(lengths)), size, generator=generator, buckets=buckets))
    assert sorted(np.concatenate(batches).tolist()) == list(range(len(lengths)))
    assert sorted(len(batch) for batch in batches)[1:] == [size] * (len(batches) - 1)


def test_without_a_generator_examples_come_in_order(prepared):
    """Predictions are asked for so."""
    batches = epoch(whole_sequences(prepared([3, 1, 2])), 2, generator=None)
    assert [batch.tolist() for batch in batches] == [[0, 1], [2]]


def test_the_same_generator_gives_the_same_epoch(prepared):
    """And another epoch with another seed."""
    examples = whole_sequences(prepared([4] * 50))
    first, again, other = (
        np.concatenate(list(epoch(examples, 8, generator=np.random.default_rng(seed)))).tolist() for seed in (0, 0, 1)
    )
    assert first == again
    assert first != other


@pytest.mark.parametrize("buckets", [0, 8])
def test_batches_hold_examples_of_similar_length(prepared, buckets):
    """The spread within a batch is a fraction of the spread in the data."""
    lengths = np.random.default_rng(0).integers(1, 101, size=400)
    examples = whole_sequences(prepared(lengths))
    batches = list(epoch(examples, 8, generator=np.random.default_rng(0), buckets=buckets))
    spread = np.mean([np.ptp(lengths[batch]) for batch in batches])
    assert spread < 25  # of 99; without buckets it is about 77


def test_one_bucket_is_none(prepared):
    """Batches are drawn from all lengths."""
    lengths = np.random.default_rng(0).integers(1, 101, size=400)
    batches = list(epoch(whole_sequences(prepared(lengths)), 8, generator=np.random.default_rng(0), buckets=1))
    assert np.mean([np.ptp(lengths[batch]) for batch in batches]) > 60


def test_batches_of_a_bucket_are_mixed_anew_each_epoch(prepared):
    """Neighbours in length are not always neighbours in a batch."""
    examples = whole_sequences(prepared(np.arange(1, 101).tolist()))
    generator = np.random.default_rng(0)
    first, second = ({frozenset(batch.tolist()) for batch in epoch(examples, 5, generator=generator)} for _ in range(2))
    assert not first & second


@pytest.mark.parametrize("lengths", [[4] * 50, [400] * 50, [3] * 30 + [4] * 20, [0] * 0])
def test_batches_gathered_together_are_those_gathered_alone(prepared, lengths):
    """To the last number, whatever their lengths, of few or of many numbers."""
    examples = whole_sequences(prepared(lengths))
    order = list(epoch(examples, 8, generator=np.random.default_rng(0)))
    for batch, places in zip(batches(examples, order), order, strict=True):
        alone = examples.batch(places)
        for field in ("codes", "static_numbers", "static_codes", "future_numbers", "target", "order"):
            assert torch.equal(getattr(batch, field), getattr(alone, field))
        assert torch.equal(batch.numbers.values, alone.numbers.values)
        assert torch.equal(batch.numbers.sizes, alone.numbers.sizes)


def test_examples_with_symbols_are_gathered_batch_by_batch(prepared):
    """Their targets have lengths of their own and cannot be cut apart."""
    made = replace(prepared([2] * 4, numbers=1), targets=np.arange(6), target_offsets=np.array([0, 1, 3, 3, 6]))
    examples = Examples(made, np.arange(4), made.offsets[:-1], made.offsets[1:])
    order = [np.array([0]), np.array([1]), np.array([2]), np.array([3])]
    assert [batch.target.tolist() for batch in batches(examples, order)] == [[0], [1, 2], [], [3, 4, 5]]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=60), st.integers(1, 80), st.integers(0, 9))
def test_a_budget_of_steps_is_kept(prepared, lengths, steps, seed):
    """Every example once; no batch has more steps than allowed, but for a single example that is longer itself."""
    generator = np.random.default_rng(seed)
    found = list(epoch(whole_sequences(prepared(lengths)), 4, generator=generator, steps=steps))
    assert sorted(np.concatenate(found).tolist()) == list(range(len(lengths)))
    costs = [(sum(lengths[place] for place in batch), len(batch)) for batch in found]
    assert all(cost <= steps or count == 1 for cost, count in costs)


def test_long_and_short_examples_cost_alike(prepared):
    """Batches by their steps vary less in them than batches by their examples."""
    lengths = np.random.default_rng(0).integers(1, 101, size=800)
    examples = whole_sequences(prepared(lengths))
    spreads = []
    for steps in (None, 400):
        found = epoch(examples, 8, generator=np.random.default_rng(0), steps=steps)
        spreads.append(np.std([lengths[batch].sum() for batch in found]))
    assert spreads[1] < spreads[0] / 3
