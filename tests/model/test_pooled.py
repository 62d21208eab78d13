"""A whole sequence as vectors."""

import pytest
import torch

from seqloom.model import InputSizes, ModelSettings
from seqloom.model.pooled import BRANCHES, PooledEncoder


def pooled(**choices):
    """An encoder with random weights."""
    torch.manual_seed(0)
    return PooledEncoder(ModelSettings(hidden_size=4, **choices), InputSizes(numbers=2)).eval()


def test_convolution_branches_add_vectors(batch):
    """The recurrent one is unchanged."""
    with_branch = pooled(convolution=True)
    without = pooled()
    without.load_state_dict(
        {name: t for name, t in with_branch.state_dict().items() if not name.startswith("branches")}
    )
    given = batch([5, 3])
    vectors, (plain,) = with_branch(None, given)[1], without(None, given)[1]
    torch.testing.assert_close(vectors[0], plain, rtol=0, atol=0)
    assert tuple(vector.shape[1] for vector in vectors) == with_branch.output_sizes


@pytest.mark.parametrize("place", range(BRANCHES))
def test_a_branch_gives_the_mean_of_its_results_over_time(batch, place):
    """It is as wide as asked for, and reads the rows the recurrence reads."""
    encoder, given = pooled(convolution=True, filters=5), batch([5, 3])
    rows = encoder.branches[place](given.numbers)
    expected = torch.stack([rows.values[rows.sequence_rows == number].mean(dim=0) for number in range(2)])
    # 1e-6: sums of float32 in another order
    torch.testing.assert_close(encoder(None, given)[1][1 + place], expected, rtol=0, atol=1e-6)


def test_a_sequence_of_one_step_is_its_own_mean(batch):
    """Pooling one step by its mean gives that step's hidden row."""
    encoder = pooled(pooling="mean")
    given = batch([1])
    _, rows = encoder.encoder(None, given, given.numbers.values)
    torch.testing.assert_close(encoder(None, given)[1][0], rows.values, rtol=0, atol=0)
