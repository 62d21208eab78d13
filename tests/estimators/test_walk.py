"""The walk from a data set to a trained model."""

import torch

from seqloom.estimators.walk import walk
from seqloom.read import read


def weights(model):
    """All tensors of a model by name."""
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}


def test_one_seed_gives_one_model(make_series, make_settings):
    """Two walks with the same seed end with the same weights to the last bit."""
    first, second = (walk("forecast", read(make_series()), make_settings(seed=3)) for _ in range(2))
    pairs = zip(weights(first.model).values(), weights(second.model).values(), strict=True)
    assert all(bool((one == other).all()) for one, other in pairs)


def test_another_seed_gives_another_model(make_series, make_settings):
    """The seed decides the initial weights."""
    first, second = (walk("forecast", read(make_series()), make_settings(seed=seed)) for seed in (3, 4))
    pairs = zip(weights(first.model).values(), weights(second.model).values(), strict=True)
    assert not all(bool((one == other).all()) for one, other in pairs)


def test_the_random_state_of_the_caller_is_left_alone(make_series, make_settings):
    """A walk draws from a state of its own."""
    torch.manual_seed(11)
    expected = torch.rand(1)
    torch.manual_seed(11)
    walk("forecast", read(make_series()), make_settings())
    assert bool((torch.rand(1) == expected).all())


def test_settings_are_resolved(forecast):
    """What was left open is filled in, and each choice has its reason."""
    settings = forecast.walked.settings
    assert settings.model.linear is not None
    assert settings.train.batch_size is not None
    assert "linear" in forecast.walked.reasons


def test_a_weekly_season_is_found(forecast):
    """Daily steps with a weekly wave repeat after seven."""
    assert forecast.walked.season == 7


def test_training_counts_its_classes(classified):
    """The sizes hold how many training sequences each class has."""
    assert sum(classified.walked.model.sizes.class_counts) == len(classified.walked.examples["train"])
