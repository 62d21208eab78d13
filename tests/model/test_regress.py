"""Value models."""

from dataclasses import replace

import pytest
import torch

from seqloom.model import InputSizes, ModelSettings, RegressModel


def regressor(*, per_step, **choices):
    """A model with random weights for one target."""
    torch.manual_seed(0)
    return RegressModel(ModelSettings(hidden_size=8, **choices), InputSizes(numbers=2, per_step=per_step)).eval()


def test_a_value_per_step_knows_nothing_of_later_steps(batch):
    """Rows read in one direction answer before the rest is known."""
    model = regressor(per_step=True)
    given = batch([5, 5])
    values = given.numbers.values.clone()
    values[6:] += 3.0
    before = model.predict(given)["values"]
    after = model.predict(replace(given, numbers=given.numbers.with_values(values)))["values"]
    torch.testing.assert_close(before[:6], after[:6], rtol=0, atol=0)


def test_steps_without_a_target_teach_nothing(batch):
    """NaN targets leave the loss to the others."""
    model = regressor(per_step=True)
    target = torch.full((8, 1), torch.nan)
    target[0] = 2.0
    given = batch([5, 3], target=target)
    expected = (model.predict(given)["values"][0] - 2.0).square().mean()
    torch.testing.assert_close(model.loss(given)[0], expected, rtol=1e-5, atol=1e-6)


def test_the_criterion_adds_up_over_batches(batch):
    """Sums and terms of two batches give the mean over both, whatever their sizes."""
    model = regressor(per_step=False)
    given = batch([5, 3], target=torch.tensor([[1.0], [2.0]]))
    total, terms = model.criterion(given)
    expected = (model.predict(given)["values"].detach() - given.target).square().sum()
    assert terms == 2
    assert total == pytest.approx(float(expected), rel=1e-5)


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_a_perfect_answer_costs_nothing(batch, loss):
    """Every loss is zero where value and target agree."""
    model = regressor(per_step=False, loss=loss)
    given = batch([5, 3])
    perfect = replace(given, target=model.predict(given)["values"].detach())
    assert model.loss(perfect)[0].item() == 0.0
