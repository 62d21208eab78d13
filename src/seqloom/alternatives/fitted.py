"""The alternatives of one training part: those that could be fitted, and why the others could not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seqloom.alternatives.alternative import Alternative, Hints, Skipped
from seqloom.alternatives.season import seasonality
from seqloom.prepare import Examples, joint


@dataclass(frozen=True)
class Alternatives:
    """Alternatives, fitted on one training part.

    Args:
        fitted: those that could be fitted.
        skipped: why each of the others could not, by its name.
        season: steps of a season found in the training part; 1: none.
        choosing: examples that thresholds may be chosen by, and nothing else learned from; None: there are none.
    """

    fitted: tuple[Alternative, ...]
    skipped: Mapping[str, str]
    season: int = 1
    choosing: Examples | None = None


def fit_alternatives(
    rows: Sequence[type[Alternative]],
    training: Examples,
    *,
    classes: int = 0,
    seed: int = 0,
    choosing: Examples | None = None,
    false_alarms: float = 0.01,
    span: int = 10,
) -> Alternatives:
    """Fit alternatives; those that cannot be fitted are listed with the reason.

    Args:
        rows: their classes, in the order they are printed.
        training: the training examples, as the model sees them.
        classes: number of classes, or of types of events; 0 where there are none.
        seed: seed of everything drawn.
        choosing: examples that thresholds may be chosen by, and nothing else learned from; None: there are none.
        false_alarms: share of usual steps that may be beyond a threshold of anomalies.
        span: steps over which values are averaged, about, to tell anomalies.
    """
    windows = joint(training)
    season = seasonality(windows) if windows.horizon else 1
    hints = Hints(season, classes, seed, choosing, false_alarms, span)
    outcomes = {alternative.name: alternative.fit(windows, hints) for alternative in rows}
    return Alternatives(
        fitted=tuple(outcome for outcome in outcomes.values() if not isinstance(outcome, Skipped)),
        skipped={name: outcome.reason for name, outcome in outcomes.items() if isinstance(outcome, Skipped)},
        season=hints.season,
        choosing=choosing,
    )
