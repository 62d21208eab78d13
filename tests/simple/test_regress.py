"""Simple regressions as models."""

import numpy as np

from seqloom.alternatives import Hints, PooledRidge
from seqloom.model import InputSizes, ModelSettings, last_outputs, outputs
from seqloom.simple.regress import SimpleRegress, beginnings


def test_a_step_is_answered_by_what_came_up_to_it(make_sequences):
    """As if the sequence had ended there."""
    drawn = np.random.default_rng(0)
    numbers = [drawn.normal(size=(n, 2)) for n in (4, 2, 6)]
    values = np.concatenate([np.cumsum(rows[:, :1], axis=0) for rows in numbers]).astype(np.float32)
    examples = make_sequences(*numbers, targets=values, labelled_steps=True)
    alternative = PooledRidge.fit(examples, Hints())
    sizes = InputSizes(numbers=2, per_step=True)
    model = SimpleRegress(ModelSettings(method="ridge"), sizes, alternative)
    found = outputs(model, examples)["values"]
    assert found.shape == (12, 1)
    short = make_sequences(numbers[2][:3], targets=np.zeros((3, 1), np.float32), labelled_steps=True)
    np.testing.assert_allclose(found[4 + 2 + 2], alternative.predict(short)[0])
    np.testing.assert_allclose(last_outputs(model, examples)["values"], found[[3, 5, 11]])


def test_beginnings_come_one_sequence_after_the_other(make_sequences):
    """The shortest first."""
    examples = make_sequences(np.zeros((2, 1)), np.zeros((3, 1)), targets=np.zeros((2, 1)))
    found = beginnings(examples)
    assert found.sequence.tolist() == [0, 0, 1, 1, 1]
    assert list(zip(found.start.tolist(), found.stop.tolist(), strict=True)) == [(0, 1), (0, 2), (2, 3), (2, 4), (2, 5)]


def test_whole_sequences_are_answered_once(make_sequences):
    """Where a value belongs to each."""
    examples = make_sequences(*np.random.default_rng(0).normal(size=(5, 4, 1)), targets=np.arange(5.0)[:, None])
    alternative = PooledRidge.fit(examples, Hints())
    model = SimpleRegress(ModelSettings(method="ridge"), InputSizes(numbers=1), alternative)
    np.testing.assert_array_equal(outputs(model, examples)["values"], alternative.predict(examples))
