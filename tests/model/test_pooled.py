"""A whole sequence as one vector."""

import numpy as np
import torch

from seqloom.model import Facts, InputSizes, ModelSettings
from seqloom.model.pooled import PooledEncoder, choose_for_sequences


def pooled(**choices):
    """An encoder with random weights."""
    torch.manual_seed(0)
    return PooledEncoder(ModelSettings(hidden_size=4, **choices), InputSizes(numbers=2)).eval()


def test_the_convolution_branch_adds_its_mean(batch):
    """The summary is wider by the branch, and its recurrent part is unchanged."""
    with_branch = pooled(convolution=True)
    without = pooled()
    without.load_state_dict({name: t for name, t in with_branch.state_dict().items() if not name.startswith("branch")})
    given = batch([5, 3])
    summary, plain = with_branch(None, given)[1], without(None, given)[1]
    torch.testing.assert_close(summary[:, : without.output_size], plain, rtol=0, atol=0)
    assert summary.shape[1] == with_branch.output_size > without.output_size


def test_the_branch_is_as_wide_as_asked_for(batch):
    """Its mean makes the summary wider by as many features."""
    encoder = pooled(convolution=True, filters=5)
    assert encoder(None, batch([5, 3]))[1].shape[1] == encoder.encoder.output_size + 5


def test_a_sequence_of_one_step_is_its_own_mean(batch):
    """Pooling one step by its mean gives that step's hidden row."""
    encoder = pooled(pooling="mean")
    given = batch([1])
    _, rows = encoder.encoder(None, given, given.numbers.values)
    torch.testing.assert_close(encoder(None, given)[1], rows.values, rtol=0, atol=0)


def test_whole_sequences_are_read_in_both_directions():
    """The default for one answer per sequence."""
    chosen = choose_for_sequences(ModelSettings(), Facts(np.array([100])))
    assert (chosen.settings.bidirectional, chosen.settings.pooling) == (True, "attention")


def test_a_value_per_step_is_read_forwards_only():
    """At a step its future is not known, and there is nothing to pool."""
    chosen = choose_for_sequences(ModelSettings(), Facts(np.array([100]), per_step=True), per_step=True)
    assert (chosen.settings.bidirectional, chosen.settings.pooling) == (False, None)
