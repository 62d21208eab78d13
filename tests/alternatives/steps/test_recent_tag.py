import numpy as np
import pytest

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.steps.recent_tag import RecentTag, recent


def test_a_step_is_seen_with_the_means_of_the_last_ones(make_sequences):
    """By hand: of its own sequence alone, and of fewer steps where there are not so many."""
    rising, other = np.arange(30.0)[:, None], np.full((2, 1), 7.0)
    seen = recent(make_sequences(rising, other, targets=np.zeros(32, np.int64), labelled_steps=True))
    np.testing.assert_allclose(seen[[0, 2, 29, 30, 31]], [[0, 0, 0], [2, 1, 1], [29, 27, 19.5], [7, 7, 7], [7, 7, 7]])


def test_a_level_is_told_through_noise_that_hides_it_in_a_single_step(make_sequences):
    """Sequences half at one level and half at another, below their noise."""
    drawn = np.random.default_rng(0)
    levels = np.repeat([0, 1], 40)
    steps = [(levels[:, None] + drawn.normal(0, 1.5, (80, 1))).astype(np.float32) for _ in range(10)]
    examples = make_sequences(*steps, targets=np.tile(levels, 10), labelled_steps=True)
    answers = RecentTag.fit(examples, Hints(classes=2)).predict(examples).argmax(axis=1)
    assert (answers == np.tile(levels, 10)).mean() > 0.85


@pytest.mark.parametrize("kept", [20, 21, 50])
def test_the_last_twenty_steps_are_enough(make_sequences, kept):
    """A stream keeps no more of them than its reach."""
    steps = np.random.default_rng(1).normal(size=(60, 2)).astype(np.float32)
    examples = make_sequences(steps, targets=np.arange(60) % 2, labelled_steps=True)
    method = RecentTag.fit(examples, Hints(classes=2))
    last = make_sequences(steps[-kept:], targets=np.zeros(kept, np.int64), labelled_steps=True)
    assert kept >= method.reach
    np.testing.assert_allclose(method.predict(last)[-1], method.predict(examples)[-1], atol=1e-12)


def test_words_have_no_numbers(tagged):
    """It is left out with the reason."""
    assert RecentTag.fit(tagged, Hints(classes=3)) == Skipped("the steps have no numbers")


def test_one_class_leaves_nothing_to_tell_apart(make_sequences):
    """It is left out with the reason."""
    examples = make_sequences(np.zeros((2, 1)), targets=np.array([0, 0]), labelled_steps=True)
    assert RecentTag.fit(examples, Hints(classes=2)) == Skipped("the training part has fewer than two classes")
