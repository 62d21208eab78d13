"""Which settings mattered."""

import optuna
import pytest

from seqloom.tune.importance import FEWEST, importances


def studied(value, count=30):
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    study.optimize(
        lambda trial: value(trial.suggest_float("rate", 0, 1), trial.suggest_int("layers", 1, 3)), n_trials=count
    )
    return study


@pytest.fixture(autouse=True)
def quiet():
    optuna.logging.set_verbosity(optuna.logging.ERROR)


def test_what_makes_the_difference_comes_first():
    """A value that follows the rate alone leaves hardly anything to the layers."""
    shares = importances(studied(lambda rate, layers: rate**2 + 0.001 * layers))
    assert next(iter(shares)) == "rate"
    assert shares["rate"] > 0.9
    assert sum(shares.values()) == pytest.approx(1)


def test_the_same_trials_give_the_same_shares():
    """The forest is drawn by a seed."""
    study = studied(lambda rate, layers: rate + layers)
    assert importances(study, 3) == importances(study, 3)


@pytest.mark.parametrize(
    "study", [lambda: studied(lambda rate, _: rate, FEWEST - 1), lambda: studied(lambda *_: 1.0)], ids=["few", "same"]
)
def test_where_nothing_can_be_said_nothing_is(study):
    """Few trials, or trials that all came to the same."""
    assert importances(study()) == {}
