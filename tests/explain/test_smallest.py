"""The smallest part finds the planted step."""

import numpy as np
import torch

from seqloom.explain import smallest
from seqloom.explain.neutral import neutral_of


def test_the_planted_step_is_all_that_is_needed(planted):
    """It alone keeps the number, unless a neutral step says the same."""
    found = smallest(planted)
    assert found.width == 1
    for steps, empty in zip(found.steps, found.empty, strict=True):
        expected = np.zeros(len(steps), dtype=bool)
        expected[-3] = not empty
        np.testing.assert_array_equal(steps, expected)
    assert not found.empty.all()
    assert found.figure().panels


def test_no_window_of_it_can_be_left_out(network):
    """The answer is kept by the part, and by no part of it that lacks one step."""
    question = network("gru", lengths=(9, 9, 9))
    found = smallest(question)
    neutral, rows = neutral_of(question), question.batch.numbers

    def kept(inside):
        """Whether each answer is kept by these steps alone."""
        flat = torch.tensor(np.stack(inside, axis=1).ravel())  # equal lengths: time first
        return question.kept(neutral.without_rows(question.batch, ~flat)).tolist()

    assert rows.equal
    assert all(kept(found.steps))
    for place, steps in enumerate(found.steps):
        for step in np.flatnonzero(steps):
            fewer = [own.copy() for own in found.steps]
            fewer[place][step] = False
            assert not kept(fewer)[place]
