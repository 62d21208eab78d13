"""Trials as they are kept: what was tried, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from seqloom.tune.space import Value

Ending: TypeAlias = Literal["complete", "pruned", "failed"]
"""How a finished trial ended."""
DEFAULTS, DRAWN, SAME_AS, REASON, UNFINISHED, TRIES = "defaults", "drawn", "same_as", "reason", "unfinished", "tries"
"""Names of what is noted of a trial in the storage."""
HOST, PROCESS, EPOCHS, BEST_EPOCH, SECONDS, WEIGHTS = "host", "process", "epochs", "best_epoch", "seconds", "weights"
"""The same: where it runs, and what its training came to."""


@dataclass(frozen=True)
class Tried:
    """One finished trial.

    Args:
        number: in the study, from 0 on.
        ending: how it ended.
        value: what trials are compared by, the lower the better; of a pruned one its last; None: it failed.
        drawn: the settings that were tried.
        defaults: whether it is what is trained without a search.
        epochs: epochs that were trained.
        seconds: time taken.
        weights: of the model; 0: not known.
        reason: why it failed; empty: it did not.
    """

    number: int
    ending: Ending
    value: float | None
    drawn: dict[str, Value]
    defaults: bool = False
    epochs: int = 0
    seconds: float = 0.0
    weights: int = 0
    reason: str = ""


def tried(trial: Any) -> Tried | None:  # noqa: ANN401 - Optuna's frozen trial
    """A trial of the storage; None: it is not finished, or was ended for a reason that says nothing of its settings."""
    noted, ending = trial.user_attrs, trial.state.name
    if ending not in ("COMPLETE", "PRUNED") and REASON not in noted:
        return None
    if ending not in ("COMPLETE", "PRUNED", "FAIL"):
        return None
    return Tried(
        number=trial.number,
        ending="failed" if ending == "FAIL" else "complete" if ending == "COMPLETE" else "pruned",
        value=None if ending == "FAIL" else trial.value if trial.value is not None else _last(trial),
        drawn=dict(noted.get(DRAWN, {})),
        defaults=bool(noted.get(DEFAULTS, False)),
        epochs=int(noted.get(EPOCHS, 0)),
        seconds=float(noted.get(SECONDS, 0.0)),
        weights=int(noted.get(WEIGHTS, 0)),
        reason=str(noted.get(REASON, "")),
    )


def best_of(trials: Sequence[Tried]) -> Tried | None:
    """The completed trial with the lowest value, the earlier one of two; None: there is none."""
    complete = [trial for trial in trials if trial.ending == "complete" and trial.value is not None]
    return min(complete, key=lambda trial: (trial.value, trial.number), default=None)


def _last(trial: Any) -> float | None:  # noqa: ANN401 - Optuna's frozen trial
    values = trial.intermediate_values
    return float(values[max(values)]) if values else None
