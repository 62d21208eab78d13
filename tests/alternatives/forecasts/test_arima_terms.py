"""The recursion of ARIMA beside statsmodels' Kalman filter."""

import numpy as np
import pytest
from statsmodels.tsa.arima.model import ARIMA

from seqloom.alternatives.forecasts.arima_terms import Terms, ahead, differenced

CASES = {
    "ar": (Terms(0, 0, 0.4, (0.6, -0.2), (0.0, 0.0), 0.0), (2, 0, 0), (0, 0, 0, 0)),
    "ma": (Terms(0, 0, 0.0, (0.0, 0.0), (0.5, 0.3), 0.0), (0, 0, 2), (0, 0, 0, 0)),
    "once differenced": (Terms(1, 0, 0.0, (0.5, 0.0), (-0.3, 0.0), 0.0), (1, 1, 1), (0, 0, 0, 0)),
    "twice differenced": (Terms(2, 0, 0.0, (0.0, 0.0), (-0.9, 0.3), 0.0), (0, 2, 2), (0, 0, 0, 0)),
    "airline": (Terms(1, 1, 0.0, (0.0, 0.0), (-0.4, 0.0), -0.6), (0, 1, 1), (0, 1, 1, 12)),
    "season without a moving term": (Terms(0, 1, 0.0, (0.7, 0.0), (0.0, 0.0), 0.0), (1, 0, 0), (0, 1, 0, 12)),
}


@pytest.mark.parametrize("name", CASES)
def test_forecasts_are_those_of_statsmodels(seasonal, name):
    """For a series so long that its start is forgotten."""
    terms, order, seasonal_order = CASES[name]
    values = seasonal(400)
    trend = "c" if terms.mean else "n"
    model = ARIMA(values, order=order, seasonal_order=seasonal_order, trend=trend)
    parameters = [*([terms.mean] if terms.mean else []), *terms.ar[: order[0]], *terms.ma[: order[2]]]
    parameters += [terms.seasonal_ma] if seasonal_order[2] else []
    reference = model.filter([*parameters, 1.0])
    found = ahead(values[None], 12, terms, 18)[0]
    np.testing.assert_allclose(found, reference.forecast(18), atol=2e-4)


def test_differences_are_taken_by_season_first():
    """As many values fewer as both need."""
    values = np.arange(20.0)[None] ** 2
    terms = Terms(1, 1, 0.0, (0.0, 0.0), (0.0, 0.0), 0.0)
    found = differenced(values, 4, terms)
    assert found.shape == (1, 15)
    np.testing.assert_allclose(found, 8.0)  # the second difference of a square, over four steps


def test_terms_survive_as_an_array():
    """Each in its place."""
    terms = Terms(1, 1, 0.5, (0.1, 0.2), (0.3, 0.4), 0.6)
    assert Terms.of(terms.array) == terms
