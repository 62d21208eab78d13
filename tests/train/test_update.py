from dataclasses import replace

import numpy as np
import pytest
import torch

from seqloom.errors import TrainingError
from seqloom.model import InputSizes, ModelSettings, build
from seqloom.sequence import Packed
from seqloom.train import Known, TrainSettings, choose
from seqloom.train.optimizer import build_optimizer
from seqloom.train.update import check_criterion, update


def updated(model, batch, **settings):
    """Make one update; return what it found."""
    chosen = choose(TrainSettings(**{"optimizer": "sgd", "momentum": 0.0} | settings), examples=9, steps=9)
    return update(model, build_optimizer(model.named_parameters(), chosen), batch, chosen, Known((), (), 1))


def gradient(model):
    """All gradients in one vector."""
    return torch.cat([weight.grad.flatten() for weight in model.parameters()])


@pytest.fixture
def batch(series):
    """Seven sequences of different length, packed."""
    return series(7, seed=3).batch(np.arange(7))


def test_the_gradient_norm_is_that_before_clipping(small_model, batch):
    """What is recorded is the length of the true gradient; what is used is no longer than asked."""
    free, clipped = small_model(), small_model()
    length = updated(free, batch, clip_norm=None).gradient_norm
    assert length == pytest.approx(float(gradient(free).norm()), rel=1e-6)  # float32 sums in another order
    assert updated(clipped, batch, clip_norm=length / 2).gradient_norm == length
    assert float(gradient(clipped).norm()) == pytest.approx(length / 2, rel=1e-5)  # torch divides by norm + 1e-6


def test_no_entry_is_larger_than_clip_value(small_model, batch):
    """Clipping by value cuts every entry and leaves small ones alone."""
    free, clipped = small_model(), small_model()
    updated(free, batch, clip_norm=None)
    updated(clipped, batch, clip_norm=None, clip_value=0.01)
    assert torch.equal(gradient(clipped), gradient(free).clamp(-0.01, 0.01))
    assert (gradient(free).abs() > 0.01).any()


def test_truncation_beyond_the_longest_sequence_is_full_back_propagation(small_model, batch):
    """With a stretch as long as the batch the weights are bit-equal to those without truncation."""
    full, truncated = small_model(), small_model()
    updated(full, batch)
    updated(truncated, batch, truncate=batch.numbers.steps)
    assert all(
        torch.equal(ours, theirs) for ours, theirs in zip(truncated.parameters(), full.parameters(), strict=True)
    )


def test_truncation_keeps_the_loss_and_what_needs_no_past(small_model, batch):
    """Cut gradients lose the past, but the loss, and the gradient of the head, which has none, are the whole's."""
    full, truncated = small_model(), small_model()
    unknown = torch.rand(batch.target.shape, generator=torch.Generator().manual_seed(0)) < 0.3
    batch = replace(batch, target=torch.where(unknown, torch.nan, batch.target))
    expected, found = updated(full, batch), updated(truncated, batch, truncate=3)
    assert found.loss == pytest.approx(expected.loss, rel=1e-5)  # float32 means over parts
    torch.testing.assert_close(truncated.head.weight.grad, full.head.weight.grad, rtol=1e-4, atol=1e-6)
    assert not torch.allclose(truncated.recurrent.weight_hh_l0.grad, full.recurrent.weight_hh_l0.grad, rtol=1e-2)


def test_the_target_of_a_sequence_is_asked_at_the_end_of_every_stretch(batch):
    """The loss is that of the answers to all beginnings of 3, 6, 9... steps and to the whole sequences."""
    sizes = InputSizes(numbers=2)
    model = build("regress", ModelSettings(hidden_size=4, bidirectional=False, pooling="last"), sizes)
    lengths, answers = batch.numbers.lengths, torch.arange(7.0)[:, None]
    rows = batch.numbers.starts[:, None] + torch.arange(7)  # [T, B]
    squares = []
    for place in range(7):
        ends = sorted({*range(3, int(lengths[place]), 3), int(lengths[place])})
        for steps in ends:
            own = batch.numbers.values[rows[:steps, place]]
            beginning = replace(
                batch, numbers=Packed(own, torch.ones(steps, dtype=torch.int64)), static_numbers=torch.zeros(1, 0)
            )
            squares.append((model.predict(beginning)["values"] - answers[place]).square().detach().item())
    found = updated(model, replace(batch, target=answers), truncate=3)
    assert found.terms == len(squares)
    assert found.loss == pytest.approx(np.mean(squares), rel=1e-5)  # float32 means over parts


def test_a_batch_without_targets_changes_nothing(small_model, batch):
    """Where nothing is to be learned the weights stay, and no NaN arises."""
    model, untouched = small_model(), small_model()
    found = updated(model, replace(batch, target=torch.full_like(batch.target, torch.nan)))
    assert (found.terms, found.loss) == (0, 0.0)
    assert torch.equal(model.head.weight, untouched.head.weight)


def test_a_loss_that_is_not_finite_stops_before_the_update(small_model, batch):
    """The message advises on rate, clipping and scaling, and the weights are still those before."""
    model, untouched = small_model(), small_model()
    huge = replace(batch, target=batch.target * 1e30)
    with pytest.raises(TrainingError, match=r"loss of inf .* smaller learning_rate than 0\.25, .*clip_norm.* scaling"):
        updated(model, huge, learning_rate=0.25)
    assert torch.equal(model.head.weight, untouched.head.weight)


def test_a_criterion_that_is_not_finite_is_refused():
    """A validation criterion of NaN ends the training."""
    with pytest.raises(TrainingError, match="a validation criterion of nan"):
        check_criterion(float("nan"), choose(TrainSettings(), examples=9, steps=9))
