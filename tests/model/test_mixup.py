"""Mixtures of two sequences."""

import pytest
import torch

from seqloom.model.mixup import Mixture


def test_steps_are_mixed_with_those_of_the_partner(batch):
    """Step by step, in the shares of the mixture."""
    given = batch([4, 4])
    mixed = Mixture(0.75, torch.tensor([1, 0]))(given)
    first, second = given.numbers.values[::2], given.numbers.values[1::2]
    torch.testing.assert_close(mixed.numbers.values[::2], 0.75 * first + 0.25 * second)


def test_steps_beyond_the_partner_stay_as_they_are(batch):
    """A shorter partner has nothing to mix with there."""
    given = batch([4, 2])
    mixed = Mixture(0.5, torch.tensor([1, 0]))(given)
    assert torch.equal(mixed.numbers.values[-2:], given.numbers.values[-2:])
    assert not torch.isclose(mixed.numbers.values[:4], given.numbers.values[:4]).any()


def test_numbers_of_the_sequence_are_mixed_as_well(batch):
    """In the same shares."""
    given = batch([4, 2], static=1)
    mixed = Mixture(0.5, torch.tensor([1, 0]))(given)
    torch.testing.assert_close(mixed.static_numbers, given.static_numbers.mean().expand(2, 1))


def test_the_loss_is_shared_out_between_both_labels():
    """Each label counts with the share of its sequence."""
    target = torch.tensor([1.0, 5.0])
    loss = Mixture(0.75, torch.tensor([1, 0])).loss(lambda labels: labels[0], target)
    assert loss == pytest.approx(0.75 * 1 + 0.25 * 5)


def test_a_sequence_keeps_the_larger_share():
    """What cannot be mixed is its own."""
    torch.manual_seed(0)
    shares = torch.tensor([Mixture.draw(4, 0.2).share for _ in range(200)])
    assert float(shares.min()) == pytest.approx(0.5, abs=0.05)
    assert float(shares.max()) <= 1
    assert (shares >= 0.5).all()
