"""Hidden states in order."""

import numpy as np
import torch

from seqloom.explain import states
from seqloom.nn import Recurrent


def test_states_are_those_of_the_sequences_in_order(network):
    """Each sequence alone gives the same rows."""
    question = network("gru")
    found = states(question)
    assert found.lengths.tolist() == [7, 5, 9, 4]
    assert (len(found), found.split) == (25, 5)
    recurrent = next(part for part in question.model.modules() if isinstance(part, Recurrent))
    values = question.examples.prepared.numbers[7:12]
    alone = question.batch.numbers.__class__(torch.from_numpy(values), torch.ones(5, dtype=torch.int64))
    with torch.no_grad():
        expected = recurrent.sequence(None, alone)[1].values
    np.testing.assert_allclose(found.of(1), expected.numpy(), atol=1e-5)


def test_places_go_from_nothing_to_all(network):
    """The first step of each stands at 0, the last at 1; some of the steps keep theirs."""
    found = states(network("gru"))
    assert found.through[found.step == 0].tolist() == [0, 0, 0, 0]
    assert found.through[[6, 11, 20, 24]].tolist() == [1, 1, 1, 1]
    assert found.take(np.array([6, 7])).step.tolist() == [6, 0]


def test_units_that_read_backwards_come_last(network):
    """From the split on."""
    found = states(network("gru", bidirectional=True))
    assert (found.values.shape[1], found.split) == (10, 5)
