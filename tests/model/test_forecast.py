"""Forecast models."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from seqloom.model import ForecastModel, InputSizes, ModelSettings
from seqloom.model.forecast import side_by_side

NORMALISATIONS = ("last", "middle", "mean", "window")


def forecaster(**choices):
    """A model with random weights everywhere, the linear path included."""
    torch.manual_seed(0)
    settings = ModelSettings(hidden_size=8, **{"linear": 2, **choices})
    model = ForecastModel(settings, InputSizes(numbers=2, targets=1, horizon=3))
    if model.linear is not None:
        torch.nn.init.normal_(model.linear.weight, std=0.1)
    return model.eval()


def targets(rows, seed=1):
    """Random targets for every row, [N, 3, 1]."""
    return torch.randn(rows, 3, 1, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("normalize", NORMALISATIONS)
def test_a_shift_of_the_level_shifts_the_forecast_and_nothing_else(batch, normalize):
    """Adding a constant to the history adds it to every forecast."""
    model = forecaster(normalize=normalize)
    given = batch([6, 6], target=targets(12))
    values = given.numbers.values.clone()
    values[:, 0] += 10
    shifted = replace(given, numbers=given.numbers.with_values(values))
    difference = model.predict(shifted)["values"] - model.predict(given)["values"]
    # 1e-4: float32 keeps about six digits of values near 10
    torch.testing.assert_close(difference, torch.full_like(difference, 10.0), rtol=0, atol=1e-4)


@pytest.mark.parametrize("normalize", ["last", "middle", "mean"])
def test_a_row_taught_in_the_middle_knows_nothing_of_later_rows(batch, normalize):
    """The forecast at a row is the same whatever follows it."""
    model = forecaster(normalize=normalize)
    given = batch([6, 6], target=targets(12))
    values = given.numbers.values.clone()
    values[8:] += 5.0  # steps 4 and 5 of both sequences
    changed = replace(given, numbers=given.numbers.with_values(values))
    _, before, _, _ = model._forecast(given, None, slice(None))
    _, after, _, _ = model._forecast(changed, None, slice(None))
    torch.testing.assert_close(before[:4], after[:4], rtol=0, atol=0)


def test_the_mean_of_a_whole_window_teaches_only_the_last_row(batch):
    """Early rows would see the future through the window's mean, so they are left out."""
    model = forecaster(normalize="window")
    given = batch([6, 6], target=targets(12))
    poisoned = given.target.clone()
    poisoned[:-2] = 1e6
    loss, _ = model.loss(given)
    same, _ = model.loss(replace(given, target=poisoned))
    assert loss.item() == same.item()


@pytest.mark.parametrize(("normalize", "expected"), [("last", 8.0), ("middle", 6.25), ("mean", 4.5), ("window", 4.5)])
def test_where_only_the_last_row_is_taught_its_level_is_that_of_all(normalize, expected):
    """Every row of 1 to 8 is relative to the last value, the mean, or their middle."""
    model = forecaster(normalize=normalize, supervise="last")
    rows = torch.stack([torch.arange(1.0, 9.0), torch.zeros(8)], dim=1).reshape(8, 1, 1, 2)
    inputs, level = model._inputs(rows)
    assert level.flatten().tolist() == [expected] * 8
    assert inputs[:, 0, 0].tolist() == [value - expected for value in range(1, 9)]


@pytest.mark.parametrize(("linear", "first"), [(0, 0), (1, 0), (3, 2)])
def test_every_row_is_taught_that_has_all_the_linear_path_looks_at(batch, linear, first):
    """Rows with too short a past are left out, all others move the loss."""
    model = forecaster(linear=linear)
    given = batch([6, 6], target=targets(12))
    before = model.loss(given)[0].item()
    moves = []
    for step in range(6):
        moved = given.target.clone()
        moved[2 * step] += 1.0
        moves.append(model.loss(replace(given, target=moved))[0].item() != before)
    assert moves == [step >= first for step in range(6)]


def test_a_started_model_forecasts_what_its_linear_path_does(batch):
    """Before training the recurrence corrects nothing: the forecast is the last value plus weighted distances."""
    model = forecaster(linear=4)
    weights = np.random.default_rng(0).normal(size=(3, 4))
    model.start_from(weights)
    given = batch([6, 6], target=targets(12))
    series = given.numbers.values[:, 0].reshape(6, 2).T.double().numpy()  # [B, T]
    expected = series[:, -1:] + (series[:, -4:] - series[:, -1:]) @ weights.T
    answer = model.predict(given)["values"][:, :, 0].detach().numpy()
    # 1e-5: float32 sums of four products
    np.testing.assert_allclose(answer, expected, rtol=0, atol=1e-5)


def test_a_window_shorter_than_the_linear_path_is_continued_by_its_first_value(batch):
    """Early rows see their first value repeated before the window begins."""
    model = forecaster(linear=4)
    given = batch([6, 6], target=targets(12))
    values = given.numbers.values[:2].repeat(4, 1)  # the first step four times
    longer = replace(batch([4, 4], target=targets(8)), numbers=batch([4, 4]).numbers.with_values(values))
    base = model._base(longer.numbers.values.reshape(4, 2, 1, 2), torch.zeros(4, 2, 1), slice(-1, None))
    first = model._base(given.numbers.values.reshape(6, 2, 1, 2), torch.zeros(6, 2, 1), slice(0, 1))
    torch.testing.assert_close(first, base, rtol=0, atol=0)


@pytest.mark.parametrize("normalize", ["middle", "mean", "window", "none"])
def test_weights_relative_to_the_last_value_start_no_path_relative_to_another_level(normalize):
    """The linear path keeps its weights."""
    model = forecaster(normalize=normalize)
    before = model.linear.weight.clone()
    model.start_from(np.ones((3, 2)))
    assert torch.equal(model.linear.weight, before)


def test_quantiles_never_cross(batch):
    """The lower quantile lies below the point and the upper one above it."""
    answer = forecaster().predict(batch([6, 6], target=targets(12)))
    lower, upper = answer["quantiles"].unbind(-1)
    assert bool((lower < answer["values"]).all())
    assert bool((answer["values"] < upper).all())


def test_offsets_widen_the_interval(batch):
    """A conformal offset of 1 moves the bounds by 1 on both sides."""
    model = forecaster()
    given = batch([6, 6], target=targets(12))
    before = model.predict(given)["quantiles"]
    model.interval_offsets.fill_(1.0)
    after = model.predict(given)["quantiles"]
    torch.testing.assert_close(after - before, torch.tensor([-1.0, 1.0]).expand_as(after), rtol=0, atol=1e-6)


def test_intervals_cannot_disturb_the_point(batch):
    """No gradient of the pinball loss reaches the encoder."""
    model = forecaster()
    _, _, quantiles, _ = model._forecast(batch([6, 6], target=targets(12)), None, slice(None))
    gradients = torch.autograd.grad(quantiles.sum(), list(model.encoder.parameters()), allow_unused=True)
    assert all(gradient is None for gradient in gradients)


def test_a_column_known_ahead_acts_on_the_step_it_belongs_to(batch):
    """Changing the plan for the second step ahead changes the second forecast and no other."""
    torch.manual_seed(0)
    model = ForecastModel(ModelSettings(hidden_size=8), InputSizes(numbers=2, targets=1, horizon=3, known=(0,))).eval()
    future = torch.zeros(2, 3, 1)
    given = batch([6, 6], target=targets(12), future=future)
    changed_future = future.clone()
    changed_future[:, 1] = 2.0
    before = model.predict(given)["values"]
    after = model.predict(replace(given, future_numbers=changed_future))["values"]
    moved = (after - before).abs().sum(dim=(0, 2)) > 0
    assert moved.tolist() == [False, True, False]


def test_known_columns_of_taught_rows_are_those_of_their_own_horizon(batch):
    """The row two before the end sees the last two steps of the window and the first of the horizon."""
    torch.manual_seed(0)
    model = ForecastModel(ModelSettings(hidden_size=8), InputSizes(numbers=2, targets=1, horizon=3, known=(0,))).eval()
    given = batch([6, 6], target=targets(12), future=torch.zeros(2, 3, 1))
    ahead = torch.zeros(2, 3, 1)
    ahead[:, 0] = 1.0
    _, before, _, _ = model._forecast(given, None, slice(None))
    _, after, _, _ = model._forecast(replace(given, future_numbers=ahead), None, slice(None))
    moved = (after - before).abs().sum(dim=(1, 3)) > 0  # [T, P]
    assert moved.tolist() == [[False] * 3] * 3 + [[False, False, True], [False, True, False], [True, False, False]]


def test_channels_of_one_window_are_putside_by_side():
    """Examples ordered window by window, channel by channel, become one array per window."""
    values = np.arange(2 * 3 * 4).reshape(6, 4, 1)  # 2 windows x 3 channels, horizon 4
    joined = side_by_side(values, 3)
    assert joined.shape == (2, 4, 3)
    assert joined[1, :, 2].tolist() == values[5, :, 0].tolist()
