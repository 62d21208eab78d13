"""Any number of labels for whole sequences, in scikit-learn's manner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import ClassifierMixin

from seqloom.artifact import Bundle
from seqloom.estimators.estimator import Data, SequenceEstimator
from seqloom.estimators.judged import Judged
from seqloom.estimators.label_columns import label_columns
from seqloom.estimators.labels import LABELS, as_given, kind_of
from seqloom.evaluate import Against
from seqloom.explain import ExplainSettings, Explanation
from seqloom.sequence import Array, LabelPrediction
from seqloom.train import Progress


class SequenceLabeler(ClassifierMixin, SequenceEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Gives each sequence any number of labels, none included, with a recurrent network.

    As in scikit-learn, `predict` answers with a matrix of 0 and 1, whatever form the labels were given in; its metrics
    take that matrix, and `score` is the share of sequences with all labels right. `predict_labels` names the labels.

    Args:
        method: `network`, or one of the alternatives it is compared with, such as `logistic`; None: a network.
        cell: `rnn`, `lstm` or `gru`.
        hidden_size: width of the hidden state; None: chosen from the size of the data.
        pooling: `last`, `mean`, `max` or `attention`; None: attention.
        convolution: add a convolution branch beside the recurrence.
        label_separator: what stands between the labels in a cell, for a table with one column of them.
        epochs: passes over the training sequences; None: chosen from their number.
        settings: any other setting by name, as on the command line; `seed` is one.

    Attributes:
        classes_: the labels, in the order of the columns of `predict` and `predict_proba`.

    Example:
        >>> import numpy as np
        >>> rng = np.random.default_rng(0)
        >>> truth = np.array([[i % 2, i // 2 % 2] for i in range(60)])
        >>> sequences = [np.stack([rng.normal(own, 0.2, 5 + i % 4) for own in truth[i]], 1) for i in range(60)]
        >>> model = SequenceLabeler(hidden_size=4, epochs=10).fit(sequences, truth)
        >>> model.predict([np.ones((6, 2)), np.zeros((9, 2))]).tolist()
        [[1, 1], [0, 0]]
    """

    task = "label"

    def __init__(
        self,
        *,
        method: str | None = None,
        cell: str | None = None,
        hidden_size: int | None = None,
        pooling: str | None = None,
        convolution: bool | None = None,
        label_separator: str | None = None,
        epochs: int | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.method = method
        self.cell = cell
        self.hidden_size = hidden_size
        self.pooling = pooling
        self.convolution = convolution
        self.label_separator = label_separator
        self.epochs = epochs
        self.settings = settings

    def fit(
        self,
        data: Data,
        y: Any = None,  # noqa: ANN401 - a matrix, or labels of each sequence
        *,
        test: Data | None = None,
        lengths: Sequence[int] | None = None,
        progress: Progress | None = None,
        **columns: Any,  # noqa: ANN401 - the fields of ReadSettings, checked there
    ) -> Self:
        """Train on data and judge the model beside simple alternatives.

        Args:
            data: as for `SequenceClassifier`.
            y: for arrays, a matrix of 0 and 1, [B, K], or a list of the labels of each sequence; see `label_columns`.
            test: data to judge on; by default a part of `data` is held out.
            lengths: steps of each sequence of a [B, T, F] array.
            progress: who is told how the training goes.
            columns: how to read a table: `target` is one column of labels, or several of 0 and 1.

        Returns:
            The estimator itself.

        Raises:
            InputError: something about the data or the settings cannot be used; the message says what and where.
        """
        y = None if y is None else label_columns(y)
        return super().fit(data, y, test=test, lengths=lengths, progress=progress, **columns)

    def _remember(self, bundle: Bundle, data: Data, y: Any) -> Bundle:  # noqa: ANN401, ARG002 - columns by label, or None
        """The kind of the labels, so that they are named as they were given."""
        kind = "text" if y is None else kind_of(list(y))
        return replace(bundle, profile={**bundle.profile, LABELS: kind})

    @property
    def classes_(self) -> Array:
        """The labels, in the order of the columns; a matrix has labels 0 to K - 1."""
        return self._as_given(self._bundle.pipeline.classes)

    def predict(
        self, data: Data, *, lengths: Sequence[int] | None = None, rate: int | None = None
    ) -> NDArray[np.int64]:
        """1 where a sequence is given a label, else 0, [B, K]; each label is given from its own threshold on."""
        return self._prediction(data, lengths, rate).chosen.astype(np.int64)

    def predict_labels(
        self, data: Data, *, lengths: Sequence[int] | None = None, rate: int | None = None
    ) -> list[tuple[Any, ...]]:
        """The labels of each sequence by name, in the order of `classes_`."""
        sets = self._prediction(data, lengths, rate).sets
        return [tuple(self._as_given(labels).tolist()) for labels in sets]

    def predict_proba(
        self, data: Data, *, lengths: Sequence[int] | None = None, rate: int | None = None
    ) -> NDArray[np.float64]:
        """The probability of each label, each by itself, [B, K]."""
        return self._prediction(data, lengths, rate).probabilities

    def judged(
        self,
        data: Data,
        y: Any = None,  # noqa: ANN401 - as for `fit`
        *,
        test: Data | None = None,
        lengths: Sequence[int] | None = None,
        against: Against = "quick",
    ) -> Judged:
        """Judge the model on other data with known labels; the arguments are those of `SequenceEstimator.judged`."""
        y = None if y is None else label_columns(y, self.classes_.tolist())
        return super().judged(data, y, test=test, lengths=lengths, against=against)

    def explain(
        self,
        data: Data,
        y: Any = None,  # noqa: ANN401 - as for `fit`
        *,
        lengths: Sequence[int] | None = None,
        settings: ExplainSettings | None = None,
    ) -> Explanation:
        """See inside the model; the arguments are those of `SequenceEstimator.explain`."""
        y = None if y is None else label_columns(y, self.classes_.tolist())
        return super().explain(data, y, lengths=lengths, settings=settings)

    def _as_given(self, labels: Iterable[str]) -> Array:
        return as_given(labels, str(self._bundle.profile.get(LABELS, "text")))

    def _prediction(self, data: Data, lengths: Sequence[int] | None, rate: int | None) -> LabelPrediction:
        prediction = self.answer(data, lengths=lengths, rate=rate)
        if not isinstance(prediction, LabelPrediction):
            raise TypeError(type(prediction))
        return prediction
