"""Which alternatives a task has, in the order they are printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from seqloom.errors import SettingsError
from seqloom.evaluate.alternatives.alternative import Alternative, Hints, Skipped
from seqloom.evaluate.alternatives.autoregression import Autoregression
from seqloom.evaluate.alternatives.bayes import BayesBigrams
from seqloom.evaluate.alternatives.copy import Copy
from seqloom.evaluate.alternatives.dictionary import Dictionary
from seqloom.evaluate.alternatives.drift import Drift
from seqloom.evaluate.alternatives.ending_tag import EndingTag
from seqloom.evaluate.alternatives.feed_forward import FeedForwardClassifier, FeedForwardRegressor
from seqloom.evaluate.alternatives.frame_counts import EntryMarkov, Marginal
from seqloom.evaluate.alternatives.frequencies import Frequencies
from seqloom.evaluate.alternatives.kneser_ney import KneserNey
from seqloom.evaluate.alternatives.logistic import Logistic
from seqloom.evaluate.alternatives.logistic_tag import LogisticTag
from seqloom.evaluate.alternatives.lookback_ridge import LookbackRidge
from seqloom.evaluate.alternatives.majority import Majority
from seqloom.evaluate.alternatives.majority_tag import MajorityTag
from seqloom.evaluate.alternatives.markov import EventShares, MarkovChain, SecondOrderChain
from seqloom.evaluate.alternatives.mean import Mean
from seqloom.evaluate.alternatives.naive import Naive
from seqloom.evaluate.alternatives.nearest import CommonText, NearestClasses, NearestText
from seqloom.evaluate.alternatives.pooled_ridge import PooledRidge
from seqloom.evaluate.alternatives.seasonal_naive import SeasonalNaive
from seqloom.evaluate.alternatives.tfidf import Tfidf
from seqloom.evaluate.alternatives.tfidf_ridge import TfidfRidge
from seqloom.evaluate.alternatives.word_tag import WordTag
from seqloom.evaluate.season import seasonality
from seqloom.evaluate.views import joint
from seqloom.prepare import Examples

ALTERNATIVES: Mapping[str, tuple[type[Alternative], ...]] = MappingProxyType(
    {
        "forecast": (Naive, SeasonalNaive, Drift, LookbackRidge, Autoregression),
        "classify": (Majority, Logistic, FeedForwardClassifier),
        "events": (EventShares, MarkovChain, SecondOrderChain),
        "language": (Frequencies, KneserNey),
        "translate": (Copy, Dictionary),
        "regress": (Mean, PooledRidge, FeedForwardRegressor),
        "tag": (MajorityTag, WordTag, EndingTag, LogisticTag),
        "music": (Marginal, EntryMarkov),
        "images": (Marginal, EntryMarkov),
        "transcribe": (CommonText, NearestText),
    }
)
OF_TEXTS: Mapping[str, tuple[type[Alternative], ...]] = MappingProxyType(
    {"classify": (Majority, Tfidf, BayesBigrams), "regress": (Mean, TfidfRidge)}
)
"""The same where sequences are texts."""
OF_SOUNDS: Mapping[str, tuple[type[Alternative], ...]] = MappingProxyType(
    {"classify": (Majority, Logistic, NearestClasses)}
)
"""The same where sequences are recordings."""


@dataclass(frozen=True)
class Alternatives:
    """The alternatives of one task, fitted on one training part.

    Args:
        fitted: those that could be fitted.
        skipped: why each of the others could not, by its name.
        season: steps of a season found in the training part; 1: none.
    """

    fitted: tuple[Alternative, ...]
    skipped: Mapping[str, str]
    season: int = 1


def fit_alternatives(task: str, training: Examples, *, classes: int = 0, seed: int = 0) -> Alternatives:
    """Fit every alternative of a task; those that cannot be fitted are listed with the reason.

    Args:
        task: one of `ALTERNATIVES`.
        training: the training examples, as the model sees them.
        classes: number of classes, for `classify`, or of types, for `events`.
        seed: seed of everything drawn.

    Raises:
        SettingsError: there is no such task.
    """
    if task not in ALTERNATIVES:
        raise SettingsError("task", expected=" or ".join(ALTERNATIVES), came=repr(task), fix="choose one of them")
    windows = joint(training)
    hints = Hints(season=seasonality(windows) if windows.horizon else 1, classes=classes, seed=seed)
    own = OF_TEXTS if windows.prepared.text is not None else OF_SOUNDS if windows.prepared.sound else ALTERNATIVES
    rows = own.get(task, ALTERNATIVES[task])
    outcomes = {alternative.name: alternative.fit(windows, hints) for alternative in rows}
    return Alternatives(
        fitted=tuple(outcome for outcome in outcomes.values() if not isinstance(outcome, Skipped)),
        skipped={name: outcome.reason for name, outcome in outcomes.items() if isinstance(outcome, Skipped)},
        season=hints.season,
    )


def untrained_alternatives(season: int = 1) -> Alternatives:
    """The forecasts that need no training part, for data without one.

    Args:
        season: steps of a season, as it was found when the model was trained.
    """
    fitted: tuple[Alternative, ...] = (Naive(), *((SeasonalNaive(season),) if season > 1 else ()), Drift())
    reason = "the training part is not at hand"
    names = {alternative.name for alternative in fitted}
    skipped = {row.name: reason for row in ALTERNATIVES["forecast"] if row.name not in names}
    return Alternatives(fitted, skipped, season)
