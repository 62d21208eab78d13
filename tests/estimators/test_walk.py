"""The walk from a data set to a trained model."""

import torch

from seqloom.estimators.plan import plan
from seqloom.estimators.walk import walk
from seqloom.read import read


def weights(model):
    """All tensors of a model by name."""
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}


def test_one_seed_gives_one_model(make_series, make_settings):
    """Two walks with the same seed end with the same weights to the last bit."""
    first, second = (walk(plan(read(make_series()), make_settings(seed=3))) for _ in range(2))
    pairs = zip(weights(first.model).values(), weights(second.model).values(), strict=True)
    assert all(bool((one == other).all()) for one, other in pairs)


def test_another_seed_gives_another_model(make_series, make_settings):
    """The seed decides the initial weights."""
    first, second = (walk(plan(read(make_series()), make_settings(seed=seed))) for seed in (3, 4))
    pairs = zip(weights(first.model).values(), weights(second.model).values(), strict=True)
    assert not all(bool((one == other).all()) for one, other in pairs)


def test_the_random_state_of_the_caller_is_left_alone(make_series, make_settings):
    """A walk draws from a state of its own."""
    torch.manual_seed(11)
    expected = torch.rand(1)
    torch.manual_seed(11)
    walk(plan(read(make_series()), make_settings()))
    assert bool((torch.rand(1) == expected).all())


def test_a_plan_can_be_walked_twice(make_series, make_settings):
    """A training leaves its plan as it was."""
    planned = plan(read(make_series()), make_settings())
    pairs = zip(weights(walk(planned).model).values(), weights(walk(planned).model).values(), strict=True)
    assert all(bool((one == other).all()) for one, other in pairs)


def test_a_walk_trains_as_planned(forecast):
    """The run has the settings that were told before it began."""
    assert forecast.walked.run.settings == forecast.walked.settings.train
