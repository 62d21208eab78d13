import numpy as np
import pytest

from seqloom.errors import SettingsError
from seqloom.evaluate.alternatives import ALTERNATIVES, fit_alternatives, untrained_alternatives
from seqloom.evaluate.alternatives.table import OF_TEXTS


def sine(count: int = 200):
    return np.sin(np.arange(count) * 2 * np.pi / 10) + 0.1 * np.random.default_rng(0).normal(size=count)


def names(alternatives):
    return [alternative.name for alternative in alternatives.fitted]


def test_every_forecast_is_fitted_where_there_is_a_season(make_windows):
    """The season found in the training part reaches the alternatives."""
    alternatives = fit_alternatives("forecast", make_windows(sine(), lookback=12, horizon=3))
    assert names(alternatives) == ["naive", "seasonal_naive", "drift", "ridge", "ar"]
    assert alternatives.season == 10


def test_what_cannot_be_fitted_is_listed_with_its_reason(make_windows):
    """Without a season the seasonal naive is missing, and the others are fitted all the same."""
    walk = np.random.default_rng(0).normal(size=200).cumsum()
    alternatives = fit_alternatives("forecast", make_windows(walk, lookback=12, horizon=3))
    assert names(alternatives) == ["naive", "drift", "ridge", "ar"]
    assert dict(alternatives.skipped) == {"seasonal_naive": "no season was found in the training part"}


def test_windows_of_single_columns_are_joined(make_windows):
    """Alternatives fitted on one column each answer for all columns of a window."""
    values = np.stack([sine(), sine()[::-1]], axis=1)
    alone = make_windows(values, lookback=12, horizon=3, independent=True)
    together = make_windows(values, lookback=12, horizon=3)
    answers = [fit_alternatives("forecast", alone).fitted[-1].predict(together).shape]
    assert answers == [(len(together), 3, 2)]


def test_texts_have_alternatives_of_their_own(make_texts):
    """Counts of words, not statistics of numbers."""
    tokens = [np.array([1, 2 + place % 2, 3]) for place in range(20)]
    texts = make_texts(*tokens, targets=np.arange(20) % 2)
    assert names(fit_alternatives("classify", texts, classes=2)) == ["majority", "tfidf", "nb_bigrams"]


def test_names_are_unique_within_a_task():
    """No alternative's metrics can overwrite another's."""
    for alternatives in (*ALTERNATIVES.values(), *OF_TEXTS.values()):
        found = [alternative.name for alternative in alternatives]
        assert len(set(found)) == len(found)


def test_an_unknown_task_is_refused(make_windows):
    """The message lists the tasks there are."""
    with pytest.raises(SettingsError, match=r"expected forecast or classify or .*, came 'guess'"):
        fit_alternatives("guess", make_windows(sine(), lookback=12, horizon=3))


def test_without_a_training_part_the_simplest_remain():
    """What must be learned is listed as skipped."""
    alternatives = untrained_alternatives(season=24)
    assert (names(alternatives), sorted(alternatives.skipped)) == (
        ["naive", "seasonal_naive", "drift"],
        ["ar", "ridge"],
    )
