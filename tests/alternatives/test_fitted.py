import numpy as np

from seqloom.alternatives import fit_alternatives
from seqloom.tasks import TASKS

FORECASTS = TASKS["forecast"].alternatives


def sine(count: int = 200):
    return np.sin(np.arange(count) * 2 * np.pi / 10) + 0.1 * np.random.default_rng(0).normal(size=count)


def names(alternatives):
    return [alternative.name for alternative in alternatives.fitted]


def test_every_forecast_is_fitted_where_there_is_a_season(make_windows):
    """The season found in the training part reaches the alternatives."""
    alternatives = fit_alternatives(FORECASTS, make_windows(sine(), lookback=12, horizon=3))
    assert names(alternatives) == ["naive", "seasonal_naive", "drift", "ridge", "ar"]
    assert alternatives.season == 10


def test_what_cannot_be_fitted_is_listed_with_its_reason(make_windows):
    """Without a season the seasonal naive is missing, and the others are fitted all the same."""
    walk = np.random.default_rng(0).normal(size=200).cumsum()
    alternatives = fit_alternatives(FORECASTS, make_windows(walk, lookback=12, horizon=3))
    assert names(alternatives) == ["naive", "drift", "ridge", "ar"]
    assert dict(alternatives.skipped) == {"seasonal_naive": "no season was found in the training part"}


def test_windows_of_single_columns_are_joined(make_windows):
    """Alternatives fitted on one column each answer for all columns of a window."""
    values = np.stack([sine(), sine()[::-1]], axis=1)
    alone = make_windows(values, lookback=12, horizon=3, independent=True)
    together = make_windows(values, lookback=12, horizon=3)
    answers = [fit_alternatives(FORECASTS, alone).fitted[-1].predict(together).shape]
    assert answers == [(len(together), 3, 2)]


def test_texts_have_alternatives_of_their_own(make_texts):
    """Counts of words, not statistics of numbers."""
    tokens = [np.array([1, 2 + place % 2, 3]) for place in range(20)]
    texts = make_texts(*tokens, targets=np.arange(20) % 2)
    assert names(fit_alternatives(TASKS["classify"].of_texts, texts, classes=2)) == ["majority", "tfidf", "nb_bigrams"]
