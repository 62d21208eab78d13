"""Anomalies in series, in scikit-learn's manner."""

from collections.abc import Mapping
from typing import Any

from seqloom.estimators.estimator import Data, SequenceEstimator
from seqloom.sequence import AnomalyPrediction


class AnomalyDetector(SequenceEstimator):
    """Tells at each step of one or several series how far it is from what is usual, and which column is strange.

    Args:
        detector: `forecast`, `reconstruction` or `density`: a value unlike its forecast, one that the state cannot give
            back, or a state where few have been; None: `forecast`.
        usual: `training`: what validation steps were like; `stream`: each stream's own past; None: `training`.
        false_alarms: share of usual steps that may be alarms, from which the threshold follows; None: 0.01.
        method: `network`, or one of the alternatives it is compared with, such as `chart`; None: a network.
        hidden_size: width of the hidden state; None: chosen from the length of the data.
        epochs: passes over the training steps; None: chosen from their number.
        seed: seed of weights, order and dropout; None: 0.
        settings: any other setting by name, as on the command line.

    Example:
        >>> import numpy as np
        >>> load = 10 + np.sin(np.arange(400) / 4)
        >>> model = AnomalyDetector(epochs=2, hidden_size=4).fit({"load": load}, target="load")
        >>> load[200] = 20
        >>> int(model.predict({"load": load}).scores.argmax()) in range(200, 210)
        True
    """

    task = "anomaly"

    def __init__(
        self,
        *,
        detector: str | None = None,
        usual: str | None = None,
        false_alarms: float | None = None,
        method: str | None = None,
        hidden_size: int | None = None,
        epochs: int | None = None,
        seed: int | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.detector = detector
        self.usual = usual
        self.false_alarms = false_alarms
        self.method = method
        self.hidden_size = hidden_size
        self.epochs = epochs
        self.seed = seed
        self.settings = settings

    def predict(self, data: Data) -> AnomalyPrediction:
        """How strange each step of every sequence is.

        Args:
            data: a table with the columns of training.

        Returns:
            Scores [N], 1 at the threshold, with alarms, reasons, and what was expected.
        """
        prediction = self.answer(data)
        if not isinstance(prediction, AnomalyPrediction):
            raise TypeError(type(prediction))
        return prediction
