"""Regression of sequences, in scikit-learn's manner."""

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import NDArray
from sklearn.base import RegressorMixin

from seqloom.estimators.estimator import Data, SequenceEstimator
from seqloom.sequence import ValuePrediction


class SequenceRegressor(RegressorMixin, SequenceEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Gives each sequence a value, or each of its steps where targets change from step to step.

    Args:
        method: `network`, or one of the alternatives it is compared with, such as `ridge`; None: a network.
        cell: `rnn`, `lstm` or `gru`.
        hidden_size: width of the hidden state; None: chosen from the size of the data.
        pooling: `last`, `mean`, `max` or `attention`; None: attention.
        layers: recurrent layers on top of each other.
        epochs: passes over the training sequences; None: chosen from their number.
        seed: seed of weights, order and dropout; None: 0.
        settings: any other setting by name, as on the command line.

    Example:
        >>> import numpy as np
        >>> rng = np.random.default_rng(0)
        >>> sequences = [rng.normal(size=5 + i % 7) for i in range(40)]
        >>> model = SequenceRegressor(hidden_size=4, epochs=2).fit(sequences, [s.mean() for s in sequences])
        >>> model.predict(sequences[:3]).shape
        (3,)
    """

    task = "regress"

    def __init__(
        self,
        *,
        method: str | None = None,
        cell: str | None = None,
        hidden_size: int | None = None,
        pooling: str | None = None,
        layers: int | None = None,
        epochs: int | None = None,
        seed: int | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.method = method
        self.cell = cell
        self.hidden_size = hidden_size
        self.pooling = pooling
        self.layers = layers
        self.epochs = epochs
        self.seed = seed
        self.settings = settings

    def predict(self, data: Data, *, lengths: Sequence[int] | None = None) -> NDArray[Any]:
        """The value of each sequence, or of each step, [B]; [B, C] for several targets."""
        prediction = self.answer(data, lengths=lengths)
        if not isinstance(prediction, ValuePrediction):
            raise TypeError(type(prediction))
        values = prediction.values
        return values[:, 0] if values.shape[1] == 1 else values
