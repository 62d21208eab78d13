"""The next event of a log, in scikit-learn's manner."""

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from seqloom.estimators.estimator import Data, SequenceEstimator
from seqloom.sequence import Array, EventPrediction


class EventPredictor(SequenceEstimator):
    """Tells which event follows the last one of each sequence, when, and with which attributes.

    Args:
        attributes: columns that are predicted of the next event beside its type; None: none.
        cell: `rnn`, `lstm` or `gru`.
        hidden_size: width of the hidden state; None: chosen from the number of events.
        lookback: events an example holds, over which gradients flow back; None: 64.
        epochs: passes over the training part; None: chosen from its size.
        seed: seed of weights, order and dropout; None: 0.
        settings: any other setting by name, as on the command line.

    Example:
        >>> import numpy as np
        >>> log = {"kind": ["open", "read", "close"] * 40, "second": np.arange(120.0)}
        >>> model = EventPredictor(hidden_size=8, epochs=60).fit(log, target="kind", time="second")
        >>> model.predict({"kind": ["open", "read"], "second": [0.0, 1.0]}).tolist()
        ['close']
    """

    task = "events"

    def __init__(
        self,
        *,
        attributes: Sequence[str] | None = None,
        cell: str | None = None,
        hidden_size: int | None = None,
        lookback: int | None = None,
        epochs: int | None = None,
        seed: int | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.attributes = attributes
        self.cell = cell
        self.hidden_size = hidden_size
        self.lookback = lookback
        self.epochs = epochs
        self.seed = seed
        self.settings = settings

    def _choices(self) -> dict[str, Any]:
        return super()._choices() | {"attributes": None if self.attributes is None else tuple(self.attributes)}

    @property
    def types_(self) -> tuple[str, ...]:
        """The types, in the order of the columns of `predict_proba`."""
        return self._bundle.pipeline.classes

    def predict(self, data: Data) -> Array:
        """The most probable type of the event that follows the last one of each sequence, [B]."""
        return self.next_event(data).labels

    def predict_proba(self, data: Data) -> NDArray[Any]:
        """The probability of each type, [B, K]."""
        return self.next_event(data).probabilities

    def next_event(self, data: Data) -> EventPrediction:
        """Type, gap and attributes of the event that follows the last one of each sequence, as distributions."""
        prediction = self.answer(data)
        if not isinstance(prediction, EventPrediction):
            raise TypeError(type(prediction))
        return prediction
