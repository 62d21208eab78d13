"""Classification of whole sequences, in scikit-learn's manner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from numpy.typing import NDArray
from sklearn.base import ClassifierMixin

from seqloom.artifact import Bundle
from seqloom.estimators.estimator import Data, SequenceEstimator
from seqloom.estimators.labels import LABELS, as_given, given_kind
from seqloom.sequence import Array, ClassPrediction


class SequenceClassifier(ClassifierMixin, SequenceEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Gives each sequence one of two or more classes, with a recurrent network.

    Args:
        method: `network`, or one of the alternatives it is compared with, such as `logistic`; None: a network.
        cell: `rnn`, `lstm` or `gru`.
        hidden_size: width of the hidden state; None: chosen from the size of the data.
        pooling: `last`, `mean`, `max` or `attention`; None: attention.
        convolution: add a convolution branch beside the recurrence.
        epochs: passes over the training sequences; None: chosen from their number.
        seed: seed of weights, order and dropout; None: 0.
        settings: any other setting by name, as on the command line.

    Attributes:
        classes_: the labels, in the order of the columns of `predict_proba`.

    Example:
        >>> import numpy as np
        >>> rng = np.random.default_rng(0)
        >>> sequences = [rng.normal(i % 2, 0.3, size=5 + i % 7) for i in range(40)]
        >>> model = SequenceClassifier(hidden_size=4, epochs=10).fit(sequences, [i % 2 for i in range(40)])
        >>> model.predict([np.full(6, 1.0), np.zeros(9)]).tolist()
        [1, 0]
    """

    task = "classify"

    def __init__(
        self,
        *,
        method: str | None = None,
        cell: str | None = None,
        hidden_size: int | None = None,
        pooling: str | None = None,
        convolution: bool | None = None,
        epochs: int | None = None,
        seed: int | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.method = method
        self.cell = cell
        self.hidden_size = hidden_size
        self.pooling = pooling
        self.convolution = convolution
        self.epochs = epochs
        self.seed = seed
        self.settings = settings

    def _remember(self, bundle: Bundle, data: Data, y: Any) -> Bundle:  # noqa: ANN401 - labels of any kind
        """The kind of the labels, so that answers are of the same."""
        kind = given_kind(data, y, bundle.schema.targets[0])
        return replace(bundle, profile={**bundle.profile, LABELS: kind})

    @property
    def classes_(self) -> Array:
        """The labels, in the order of the columns of `predict_proba`."""
        return self._as_given(self._bundle.pipeline.classes)

    def predict(self, data: Data, *, lengths: Sequence[int] | None = None, rate: int | None = None) -> Array:
        """The class of each sequence, [B]: integers where integers were given, texts where texts were."""
        return self._as_given(self._prediction(data, lengths, rate).labels)

    def predict_proba(
        self, data: Data, *, lengths: Sequence[int] | None = None, rate: int | None = None
    ) -> NDArray[Any]:
        """The probability of each class, [B, K]."""
        return self._prediction(data, lengths, rate).probabilities

    def _as_given(self, labels: Iterable[str]) -> Array:
        return as_given(labels, str(self._bundle.profile.get(LABELS, "text")))

    def _prediction(self, data: Data, lengths: Sequence[int] | None, rate: int | None) -> ClassPrediction:
        prediction = self.answer(data, lengths=lengths, rate=rate)
        if not isinstance(prediction, ClassPrediction):
            raise TypeError(type(prediction))
        return prediction
