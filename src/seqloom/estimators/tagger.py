"""A class for each step of a sequence, in scikit-learn's manner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.artifact import Bundle
from seqloom.estimators.estimator import Data, SequenceEstimator, arrays
from seqloom.estimators.labels import LABELS, as_given, given_kind, kind_of
from seqloom.read import from_steps
from seqloom.sequence import Array, SequenceDataset, TagPrediction
from seqloom.train import Progress


class Tagger(SequenceEstimator):
    """Gives each step of a sequence one of two or more classes: a word its part of speech, a second its activity.

    Args:
        method: `network`, or one of the alternatives it is compared with, such as `word_tag`; None: a network.
        cell: `rnn`, `lstm` or `gru`.
        hidden_size: width of the hidden state; None: chosen from the size of the data.
        layers: recurrent layers on top of each other.
        crf: score whole sequences of classes, with a linear chain over them.
        epochs: passes over the training sequences; None: chosen from their number.
        seed: seed of weights, order and dropout; None: 0.
        settings: any other setting by name, as on the command line.

    Attributes:
        classes_: the labels, in the order of the columns of `predict_proba`.

    Example:
        >>> sentences = [["the", "dog", "barks"], ["the", "cat", "sleeps"]] * 10
        >>> model = Tagger(hidden_size=8, epochs=40).fit(sentences, [["DET", "NOUN", "VERB"]] * 20)
        >>> model.predict([["the", "cat", "barks"]])[0].tolist()
        ['DET', 'NOUN', 'VERB']
    """

    task = "tag"

    def __init__(
        self,
        *,
        method: str | None = None,
        cell: str | None = None,
        hidden_size: int | None = None,
        layers: int | None = None,
        crf: bool | None = None,
        epochs: int | None = None,
        seed: int | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.method = method
        self.cell = cell
        self.hidden_size = hidden_size
        self.layers = layers
        self.crf = crf
        self.epochs = epochs
        self.seed = seed
        self.settings = settings

    def fit(
        self,
        data: Data,
        y: Any = None,  # noqa: ANN401 - labels of any kind
        *,
        test: Data | None = None,
        lengths: Sequence[int] | None = None,
        progress: Progress | None = None,
        **columns: Any,  # noqa: ANN401 - the fields of ReadSettings, checked there
    ) -> Self:
        """Train on data and judge the model beside simple alternatives.

        Args:
            data: a path, a table, a list of lists of words, a list of arrays [T_i, F] or one array [B, T, F].
            y: for each sequence of a list or an array as many labels as it has steps.
            test: a path or a table to judge on; by default a part of `data` is held out.
            lengths: steps of each sequence of a [B, T, F] array.
            progress: who is told how the training goes.
            columns: how to read a table: `target`, `group` and the other fields of `ReadSettings`.

        Returns:
            The estimator itself.

        Raises:
            InputError: something about the data or the settings cannot be used; the message says what and where.
        """
        kind = None if y is None else kind_of(list(chain.from_iterable(y)))
        given = data if y is None else from_steps(arrays(data), y, lengths=lengths)
        super().fit(given, test=test, progress=progress, **columns)
        if kind is not None:
            self.bundle_ = replace(self.bundle_, profile={**self.bundle_.profile, LABELS: kind})
        return self

    def _remember(self, bundle: Bundle, data: Data, y: Any) -> Bundle:  # noqa: ANN401 - labels of any kind
        """The kind of the labels, so that answers are of the same."""
        kind = "text" if bundle.schema.ending else given_kind(data, y, bundle.schema.targets[0])
        return replace(bundle, profile={**bundle.profile, LABELS: kind})

    @property
    def classes_(self) -> Array:
        """The labels, in the order of the columns of `predict_proba`."""
        return self._as_given(self._bundle.pipeline.classes)

    def predict(self, data: Data, *, lengths: Sequence[int] | None = None) -> list[Array]:
        """The class of each step, one array [T] for each sequence, of the kind the labels were given in."""
        prediction = self._prediction(data, lengths)
        return prediction.by_sequence(self._as_given(prediction.labels))

    def predict_proba(self, data: Data, *, lengths: Sequence[int] | None = None) -> list[NDArray[Any]]:
        """The probability of each class at each step, one array [T, K] for each sequence."""
        prediction = self._prediction(data, lengths)
        return prediction.by_sequence(prediction.probabilities)

    def _as_given(self, labels: Iterable[str]) -> Array:
        return as_given(labels, str(self._bundle.profile.get(LABELS, "text")))

    def _prediction(self, data: Data, lengths: Sequence[int] | None) -> TagPrediction:
        prediction = self.answer(data, lengths=lengths)
        if not isinstance(prediction, TagPrediction):
            raise TypeError(type(prediction))
        return prediction

    def _load_like_training(
        self,
        data: Data,
        y: Any = None,  # noqa: ANN401 - labels of any kind
        lengths: Sequence[int] | None = None,
        rate: int | None = None,
    ) -> SequenceDataset:
        if y is None and not isinstance(data, (list, tuple, np.ndarray)):
            return super()._load_like_training(data, rate=rate)
        return from_steps(arrays(data), y, lengths=lengths, schema=self._bundle.schema)
