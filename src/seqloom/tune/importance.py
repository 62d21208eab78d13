"""Which of the searched settings mattered."""

import warnings
from typing import Any

from seqloom.tune.package import package

FEWEST = 4
"""Completed trials below which nothing can be said."""
TREES = 64


def importances(study: Any, seed: int = 0) -> dict[str, float]:  # noqa: ANN401 - Optuna's
    """The share of what the values of completed trials vary by that goes with each setting, largest first.

    By functional analysis of variance over a random forest (Hutter, Hoos and Leyton-Brown 2014, "An efficient approach
    for assessing hyperparameter importance"). Settings that not every trial has are left out.

    Args:
        study: of Optuna.
        seed: of the forest.

    Returns:
        Shares by the name of the setting; empty where too few trials were completed, or all came to the same.
    """
    optuna = package()
    complete = study.get_trials(deepcopy=False, states=(optuna.trial.TrialState.COMPLETE,))
    values = {trial.value for trial in complete}
    if len(complete) < FEWEST or len(values) == 1:
        return {}
    evaluator = optuna.importance.FanovaImportanceEvaluator(n_trees=TREES, seed=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        try:
            found = optuna.importance.get_param_importances(study, evaluator=evaluator)
        except (ValueError, RuntimeError):  # no setting that all have, or no variance to share
            return {}
    return {name: float(share) for name, share in found.items()}
