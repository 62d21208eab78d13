"""What becomes of an answer when steps were never there."""

import numpy as np
import pytest
import torch

from seqloom.explain import ask, cut_out, occlude
from seqloom.explain.cutting import without
from seqloom.explain.question import at_rest


def test_a_shorter_sequence_is_answered_as_if_it_had_come_so(network):
    """Whatever the network reads: the answer to what is left is that to such a sequence."""
    question = network()
    away = torch.zeros(question.batch.rows, dtype=torch.bool)
    packing = question.batch.numbers
    away[(packing.sequence_rows == 0) & (packing.row_steps < 6)] = True  # the longest is the shortest now
    batch, order = without(question.batch, away)
    assert batch.numbers.lengths.tolist() == [7, 5, 4, 3]
    assert order.tolist() == [1, 2, 3, 0]
    left = packing.values[(packing.sequence_rows == 0) & ~away]
    torch.testing.assert_close(batch.numbers.values[batch.numbers.sequence_rows == 3], left)
    with at_rest(question.model), torch.no_grad():
        same = question.scores(batch)[:3]
    # 1e-6: sums of float32 in another order
    torch.testing.assert_close(same, question.before[1:], rtol=1e-6, atol=1e-6)


def test_what_a_step_moves_is_found(planted):
    """Without the third step from the end the answer is about the one before it; earlier steps move nothing."""
    found = cut_out(planted, width=1)
    assert found.method == "cutting steps out"
    values = planted.examples.prepared.numbers
    for place, effects in enumerate(found.steps):
        first, stop = int(planted.examples.start[place]), int(planted.examples.stop[place])
        own = 3 * values[first:stop, 0]
        expected = np.zeros(len(own))
        expected[-3:] = own[-3] - own[-4]  # all that follows moves up by one, too
        np.testing.assert_allclose(effects, expected, atol=1e-5)


def test_a_sequence_of_one_window_is_left_whole(network):
    """Nothing would be left of it."""
    found = cut_out(network(lengths=(7, 2)), width=2)
    assert (found.steps[1] == 0).all()
    assert (found.steps[0] != 0).any()


@pytest.mark.parametrize("task", ["forecast", "tag", "translate"])
def test_answers_about_single_steps_are_not_asked(made, task):
    """A forecast reads a whole lookback, and tags would have lost their words."""
    model, data = made(task)
    network = model.bundle_.model
    prepared = model.bundle_.pipeline.transform(model._load_like_training(*data))
    assert cut_out(ask(network, network.latest(prepared, network.settings).take(slice(1)))) is None


def test_it_agrees_with_occlusion_where_steps_are_added_up(network):
    """An untrained network that takes the largest value is moved by much the same steps either way."""
    question = network(pooling="max")
    one, other = (method(question, width=1) for method in (cut_out, occlude))
    assert len(one.steps) == len(other.steps)
    assert all(own.shape == same.shape for own, same in zip(one.steps, other.steps, strict=True))
