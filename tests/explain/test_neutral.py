"""What stands in for what is taken away."""

from dataclasses import replace

import torch

from seqloom.explain.neutral import neutral_of


def test_the_average_step_is_that_of_all_rows(planted):
    """Only asked rows and features become it."""
    neutral, batch = neutral_of(planted), planted.batch
    mean = batch.numbers.values.mean(dim=0)
    rows = torch.zeros(batch.rows, dtype=torch.bool)
    rows[3] = True
    changed = neutral.without_rows(batch, rows).numbers.values
    torch.testing.assert_close(changed[3], mean)
    assert torch.equal(changed[~rows], batch.numbers.values[~rows])
    other = neutral.without_feature(batch, 1).numbers.values
    assert torch.equal(other[:, 0], batch.numbers.values[:, 0])
    torch.testing.assert_close(other[:, 1], mean[1].expand(batch.rows))


def test_a_forecast_keeps_the_level_of_its_sequence(planted):
    """The neutral step is the mean of the sequence itself."""
    question = replace(planted, examples=replace(planted.examples, horizon=1, prepared=planted.examples.prepared))
    packing = planted.batch.numbers
    found = neutral_of(question).numbers
    for place in range(packing.batch_size):
        own = packing.values[packing.sequence_rows == place]
        torch.testing.assert_close(found[place], own.mean(dim=0))


def test_categories_and_tokens_become_unknown(planted):
    """Their code is 0; one column at a time where a feature is meant."""
    codes = torch.arange(2 * planted.batch.rows).view(-1, 2) + 1
    batch = replace(planted.batch, codes=codes)
    neutral = neutral_of(planted)
    neutral = replace(neutral, inputs=replace(neutral.inputs, names=("x0", "x1", "c0", "c1")))
    changed = neutral.without_feature(batch, 3).codes
    assert not changed[:, 1].any()
    assert torch.equal(changed[:, 0], codes[:, 0])
    assert not neutral.without_rows(batch, torch.ones(batch.rows, dtype=torch.bool)).codes.any()
