"""Trials that did not come to their end: their settings are tried again."""

import os
import socket
from typing import Any

from seqloom.tune.package import package
from seqloom.tune.record import DEFAULTS, HOST, PROCESS, TRIES

FIXED = "fixed_params"
"""Where Optuna keeps the values of a queued trial that were not picked yet."""
TRIES_AT_MOST = 3
"""Beginnings of a trial: one that has ended its process so often is not begun again."""


def again(study: Any, trial: Any, *, lost: bool = True) -> None:  # noqa: ANN401 - Optuna's
    """Queue the settings of a trial once more.

    Args:
        study: of Optuna.
        trial: one of it that ended before its time.
        lost: whether its process is gone, and the trial may be why.
    """
    optuna, tries = package(), int(trial.user_attrs.get(TRIES, 1)) - (not lost)
    noted = {DEFAULTS: True} if trial.user_attrs.get(DEFAULTS) else {}
    if tries >= TRIES_AT_MOST or not (trial.params or noted):
        return
    copy = optuna.create_trial(
        state=optuna.trial.TrialState.WAITING,
        params=trial.params,
        distributions=trial.distributions,
        user_attrs={**noted, TRIES: tries + 1},
        system_attrs={name: value for name, value in trial.system_attrs.items() if name == FIXED},
    )
    study.add_trial(copy)


def orphans(study: Any) -> int:  # noqa: ANN401 - Optuna's
    """End the trials whose process on this machine is gone, and queue their settings once more; returns how many.

    Trials of other machines end by themselves, when their signs of life stop.

    Args:
        study: of Optuna.
    """
    optuna, found = package(), 0
    states = optuna.trial.TrialState
    for trial in study.get_trials(deepcopy=False, states=(states.RUNNING,)):
        noted = trial.user_attrs
        if noted.get(HOST) != socket.gethostname() or _alive(int(noted.get(PROCESS, 0))):
            continue
        try:
            study.tell(trial.number, state=states.FAIL)
        except (ValueError, RuntimeError):  # another process was faster
            continue
        again(study, trial)
        found += 1
    return found


def _alive(process: int) -> bool:
    """Whether a process of this machine is there; one that has ended and was not fetched yet is not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - of the kernel
            return file.read().rpartition(")")[2].split()[:1] != ["Z"]
    except OSError:
        return True  # no such folder on this system
