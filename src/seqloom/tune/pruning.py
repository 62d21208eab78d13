"""When a trial that does not look like a good one is given up."""

from typing import Any, Literal

from seqloom.tune.package import package

Pruning = Literal["halving", "hyperband", "median", "none"]
"""The ways; see `pruner`."""
FACTOR = 3
"""Of the trials that come to a rung, the best one in so many goes on."""
MEDIAN_AFTER = 4
"""Finished trials before a median is one."""


def pruner(name: Pruning, epochs: int) -> Any:  # noqa: ANN401 - one of Optuna's
    """The pruner of a name, told the validation criterion after every epoch.

    | name | gives up a trial |
    |---|---|
    | `halving` | that is not in the best third of those that came to the same rung; rungs are three times as far apart each time (asynchronous successive halving, Li et al. 2020, "A system for massively parallel hyperparameter tuning") |
    | `hyperband` | the same with several first rungs, dealt out among the trials (Li et al. 2018, "Hyperband"); for a hundred trials and more |
    | `median` | whose best so far is worse than the median of the others after as many epochs (Golovin et al. 2017, "Google Vizier") |
    | `none` | never |

    Args:
        name: of the way.
        epochs: most epochs of a trial that is not searched longer.

    Raises:
        SettingsError: Optuna is not installed.
    """  # noqa: E501 - a table's row is one line
    pruners = package().pruners
    first = max(1, epochs // FACTOR**2)
    if name == "halving":
        return pruners.SuccessiveHalvingPruner(min_resource=first, reduction_factor=FACTOR)
    if name == "hyperband":
        return pruners.HyperbandPruner(min_resource=first, max_resource=max(epochs, first), reduction_factor=FACTOR)
    if name == "median":
        return pruners.MedianPruner(n_startup_trials=MEDIAN_AFTER, n_warmup_steps=first)
    return pruners.NopPruner()
