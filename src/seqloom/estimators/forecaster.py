"""Forecasting, in scikit-learn's manner."""

from collections.abc import Mapping
from typing import Any

from seqloom.estimators.estimator import Data, SequenceEstimator
from seqloom.sequence import ForecastPrediction


class Forecaster(SequenceEstimator):
    """Forecasts the next steps of one or several series with a recurrent network.

    Args:
        horizon: steps ahead; None: a season of the data.
        lookback: steps back; None: several seasons.
        method: `network`, or one of the alternatives it is compared with, such as `naive` or `ridge`; None: a network.
        cell: `rnn`, `lstm` or `gru`.
        hidden_size: width of the hidden state; None: chosen from the length of the data.
        epochs: passes over the training windows; None: chosen from their number.
        seed: seed of weights, order and dropout; None: 0.
        settings: any other setting by name, as on the command line.

    Example:
        >>> import numpy as np
        >>> table = {"load": 10 + np.sin(np.arange(200) / 4)}
        >>> model = Forecaster(horizon=3, lookback=12, epochs=2, hidden_size=4).fit(table, target="load")
        >>> model.predict(table).values.shape
        (1, 3, 1)
    """

    task = "forecast"

    def __init__(
        self,
        horizon: int | None = None,
        *,
        lookback: int | None = None,
        method: str | None = None,
        cell: str | None = None,
        hidden_size: int | None = None,
        epochs: int | None = None,
        seed: int | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.horizon = horizon
        self.lookback = lookback
        self.method = method
        self.cell = cell
        self.hidden_size = hidden_size
        self.epochs = epochs
        self.seed = seed
        self.settings = settings

    def predict(self, data: Data) -> ForecastPrediction:
        """What follows the last known step of every sequence.

        Args:
            data: a table with the columns of training, at least `lookback` steps of each sequence.

        Returns:
            Values [B, P, C] and quantiles, with the time stamps they are for.
        """
        prediction = self.answer(data)
        if not isinstance(prediction, ForecastPrediction):
            raise TypeError(type(prediction))
        return prediction
