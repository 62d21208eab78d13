"""Transcription of sequences, in scikit-learn's manner."""

from collections.abc import Mapping, Sequence
from typing import Any

from seqloom.estimators.estimator import Data, SequenceEstimator
from seqloom.score import transcript_metrics
from seqloom.sequence import Array, TranscriptPrediction


class Transcriber(SequenceEstimator):
    """Writes down what each sequence says, with a recurrent network and connectionist temporal classification.

    Args:
        cell: recurrent cell; None: an LSTM.
        hidden_size: width of the hidden state; None: chosen from the size of the data.
        layers: recurrent layers on top of each other.
        beam: beginnings of a text that are kept while the most probable one is looked for; 1: the best path.
        epochs: passes over the training sequences; None: chosen from their number.
        seed: seed of weights, order and dropout; None: 0.
        settings: any other setting by name, as on the command line.

    Example:
        >>> import numpy as np
        >>> rng = np.random.default_rng(0)
        >>> words = [rng.choice(["a", "b"], size=2) for _ in range(40)]
        >>> sounds = [np.repeat([[letter == "a", letter == "b"] for letter in word], 3, axis=0) for word in words]
        >>> model = Transcriber(hidden_size=8, epochs=2).fit(
        ...     [sound.astype(float) for sound in sounds], ["".join(word) for word in words]
        ... )
        >>> len(model.predict(sounds[:3]))
        3
    """

    task = "transcribe"

    def __init__(
        self,
        *,
        cell: str | None = None,
        hidden_size: int | None = None,
        layers: int | None = None,
        beam: int | None = None,
        epochs: int | None = None,
        seed: int | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.cell = cell
        self.hidden_size = hidden_size
        self.layers = layers
        self.beam = beam
        self.epochs = epochs
        self.seed = seed
        self.settings = settings

    def predict(self, data: Data, *, lengths: Sequence[int] | None = None, rate: int | None = None) -> Array:
        """The text of each sequence, [B]."""
        prediction = self.answer(data, lengths=lengths, rate=rate)
        if not isinstance(prediction, TranscriptPrediction):
            raise TypeError(type(prediction))
        return prediction.texts

    def score(self, data: Data, y: Sequence[str], *, rate: int | None = None) -> float:
        """The share of words that are right, less those put in: 1 - WER, at most 1.

        Args:
            data: sequences.
            y: the text of each.
            rate: samples per second of arrays of sound; None: as in training.
        """
        return 1 - transcript_metrics(self.predict(data, rate=rate).tolist(), list(y))["wer"]
