"""When a trial is given up."""

import optuna
import pytest

from seqloom.tune.pruning import pruner

EPOCHS = 9


def pruned_after(name, value):
    """The epoch after which a trial with this value is given up, beside eight better ones; None: never."""
    study = optuna.create_study(pruner=pruner(name, EPOCHS), sampler=optuna.samplers.RandomSampler(seed=0))
    for other in range(8):
        trial = study.ask()
        for epoch in range(1, EPOCHS + 1):
            trial.report(1.0 + other / 100, epoch)
            trial.should_prune()  # it notes how far the trial came
        study.tell(trial, 1.0 + other / 100)
    trial = study.ask()
    for epoch in range(1, EPOCHS + 1):
        trial.report(value, epoch)
        if trial.should_prune():
            return epoch
    return None


@pytest.mark.parametrize(("name", "epoch"), [("halving", 1), ("median", 1), ("none", None)])
def test_a_bad_trial_is_given_up_at_the_first_rung(name, epoch):
    """The first rung is a ninth of the epochs, and so long the median waits."""
    assert pruned_after(name, 5.0) == epoch


@pytest.mark.parametrize("name", ["halving", "hyperband", "median"])
def test_the_best_trial_goes_on(name):
    """It is better than all others."""
    assert pruned_after(name, 0.5) is None
